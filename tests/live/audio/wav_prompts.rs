//! WAV files of the program as prompts of `ari-calls`, between sounds of the server.

use ari_calls::collect::Collected;
use ari_calls::{Call as PromptedCall, Key, Media as PromptMedia, Prompt};
use ari_media::WavRecorder;

use super::*;

/// The rate of the receiver, and that of the file.
const RATES: [SampleRate; 2] = [SampleRate::Hz16000, SampleRate::Hz24000];

const FREQUENCY: f64 = 700.0;

/// Receives until the tone of the file is heard.
async fn hear_tone(media: &mut Media) {
    let rate = RATES[0];
    loop {
        let samples = receive(media, Duration::from_millis(200)).await;
        if amplitude(&samples, FREQUENCY, rate) > 0.5 * AMPLITUDE {
            return;
        }
    }
}

#[test]
fn files_of_the_program_are_prompts() {
    on_each_carrier(async |client, service, calls, (release, carrier)| {
        // Once on each release: the service chooses the carrier of the prompts.
        if carrier != Carrier::Rtp {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tone.wav");
        let mut file = WavRecorder::create(&path, RATES[1], 1).await.unwrap();
        let samples = tone(FREQUENCY, RATES[1], Duration::from_secs(30));
        file.write(&samples).await.unwrap();
        file.finish().await.unwrap();
        let pair = calls.create().await;
        let opened = service.open(&pair.far).rate(RATES[0]).carrier(carrier);
        let mut far = opened.await.unwrap();
        let channel = client.channel(&pair.near);
        let mut call = PromptedCall::new(channel.clone(), channel.events());
        call.set_media_service(service);
        let prompt = Prompt::from("sound:beep").then(PromptMedia::wav(path.to_str().unwrap()));
        // Twice: the call is out of the session's bridge after the first.
        for key in [Key::Digit4, Key::Digit2] {
            let collecting = call
                .collect(1)
                .prompt(prompt.clone())
                .max_prompt_duration(LIMIT);
            let (collected, ()) = within_limit(async {
                tokio::join!(collecting, async {
                    hear_tone(&mut far).await;
                    let digit = key.to_string();
                    client.channel(&pair.far).send_dtmf(digit).await.unwrap();
                })
            })
            .await;
            let Collected::Digits { digits, .. } = collected.unwrap() else {
                panic!("{release}: nothing was collected");
            };
            assert_eq!(digits, key.to_string(), "{release}");
        }
        far.close().await;
        client.channel(&pair.near).hangup().await.unwrap();
        wait_until_removed(client, 0).await;
    });
}
