//! Audio that is added to that of a party, by a snoop channel.

use std::fs;

use super::*;

const RATE: SampleRate = SampleRate::Hz16000;

/// Calls an extension. Returns its channel, and the one in the application, which hears what
/// Asterisk sends to the extension's channel.
async fn call(client: &Client, calls: &mut Calls, extension: &str) -> (String, String) {
    let endpoint = format!("Local/{extension}@testari");
    let call = client.channels().originate(endpoint).app("live");
    call.formats("slin16").await.unwrap();
    let (_, near) = within_limit(calls.started.recv()).await.unwrap();
    let name = near.name.replace(";1", ";2");
    let channels = client.channels().list().await.unwrap();
    let far = channels.into_iter().find(|channel| channel.name == name);
    (far.unwrap().id, near.id)
}

/// Returns the highest amplitude of a frequency in the audio of two seconds.
async fn loudest(media: &mut Media, frequency: f64) -> f64 {
    let samples = receive(media, Duration::from_secs(2)).await;
    let parts = samples.chunks_exact(RATE.hz() as usize / 5);
    let levels = parts.map(|part| amplitude(part, frequency, RATE) / AMPLITUDE);
    levels.fold(0.0, f64::max)
}

/// The party hears the audio if Asterisk sends it other audio, which the session receives. In
/// `Wait()` it hears nothing, unless `asterisk.conf` makes Asterisk send silence.
#[test]
fn audio_is_added_to_what_asterisk_sends() {
    for (option, extension, is_heard) in
        [("no", "echo", true), ("no", "1", false), ("yes", "1", true)]
    {
        let Some(mut server) = Asterisk::start(Release::V22) else {
            return;
        };
        let path = server.dir().join("etc/asterisk.conf");
        let conf = fs::read_to_string(&path).unwrap();
        let conf = conf.replace(
            "[options]",
            &format!("[options]\ntransmit_silence = {option}"),
        );
        assert!(conf.contains("transmit_silence"));
        fs::write(&path, conf).unwrap();
        server.restart();
        run_on(
            &server,
            |server| builder(server).build().unwrap(),
            async |_, client, calls| {
                let (far, near) = call(client, calls, extension).await;
                let service = service(client).await;
                for &carrier in CARRIERS[0].1 {
                    let mut party = service.open(&near).carrier(carrier).await.unwrap();
                    let whisper = service.open(&far).whisper().application("live");
                    let mut whisper = whisper.rate(RATE).carrier(carrier).await.unwrap();
                    let long = Duration::from_secs(4);
                    whisper.sender().try_send(&tone(440.0, RATE, long)).unwrap();
                    if extension == "echo" {
                        party.sender().try_send(&tone(1000.0, RATE, long)).unwrap();
                    }
                    let (heard, sent) = tokio::join!(
                        loudest(&mut party, 440.0),
                        receive(&mut whisper, Duration::from_secs(2))
                    );
                    println!("{carrier}, {extension}, {option}: {heard:.2}");
                    assert_eq!(heard > 0.8, is_heard, "{carrier}, {extension}: {heard}");
                    assert!(is_heard || heard < 0.01, "{carrier}, {extension}: {heard}");
                    let has_audio = sent.iter().any(|sample| *sample != 0);
                    assert_eq!(has_audio, extension == "echo", "{carrier}, {extension}");
                    let added = amplitude(&sent, 440.0, RATE);
                    assert!(added < 0.02 * AMPLITUDE, "{carrier}, {extension}: {added}");
                    tokio::join!(party.close(), whisper.close());
                }
                client.channel(&near).hangup().await.unwrap();
                wait_until_removed(client, 0).await;
            },
        );
    }
}
