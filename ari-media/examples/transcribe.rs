//! Connects callers in pairs, prints when each of them speaks, and records both directions into a
//! stereo WAV file with the first caller on the left and the second on the right.
//!
//! ```text
//! cargo run -p ari-media --example transcribe -- FOLDER
//! ```
//!
//! It writes to FOLDER, which defaults to the current one. It connects to the Asterisk at
//! `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER` (`aritest`) with `ARI_PASSWORD`
//! (`testme`), until you press Ctrl-C. Without `ARI_URL` it starts a fake Asterisk, prints its
//! address and simulates calls of Alice and Bob. The dialplan of a real one sends calls to it:
//!
//! ```text
//! exten => 502,1,Stasis(transcribe)
//!  same => n,Hangup()
//! ```

mod server;

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_api::bridges::BridgeHandle;
use ari_media::{Level, MediaClient as _, WavRecorder};
use ari_mock::Asterisk;

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let folder: Arc<Path> = env::args_os()
        .nth(1)
        .map_or(".".into(), PathBuf::from)
        .into();
    let (client, fake) = server::open().await?;
    let mut calls = server::Calls::of(&client, "transcribe").await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(callers(pbx));
    }
    let mut waiting = None;
    while let Some(second) = calls.next().await {
        if let Err(error) = client.channel(&second).answer().await {
            eprintln!("{second}: {error}");
            let _ = client.channel(&second).hangup().await;
            continue;
        }
        let Some(first) = waiting.take() else {
            println!("{second}: waits for another caller");
            waiting = Some(second);
            continue;
        };
        let (client, folder) = (client.clone(), folder.clone());
        calls.spawn(async move {
            let calls = [first, second];
            if let Err(error) = conversation(&client, &calls, &folder).await {
                eprintln!("{error}");
            }
            for call in &calls {
                // One of the two calls has usually ended.
                let _ = client.channel(call).hangup().await;
            }
        });
    }
    calls.finish().await;
    Ok(())
}

/// Connects two calls and listens to both until one of them ends.
async fn conversation(client: &Client, calls: &[String; 2], folder: &Path) -> server::Result<()> {
    let bridge = client.bridges().create().kind("mixing").await?;
    let bridge = client.bridge(bridge.id);
    let recorded = record(client, &bridge, calls, folder).await;
    bridge.destroy().await?;
    recorded
}

async fn record(
    client: &Client,
    bridge: &BridgeHandle,
    calls: &[String; 2],
    folder: &Path,
) -> server::Result<()> {
    let [first, second] = calls;
    let mut end = client.channel(second).events();
    let path = folder.join(format!("{first}.wav"));
    let mut tap = client.tap(first).await?;
    let mut recorder = WavRecorder::create(&path, tap.rate(), 2).await?;
    bridge.add_channel([first, second]).await?;
    println!("{first} and {second} are connected");
    let mut recognizers = calls.each_ref().map(|call| Recognizer::new(call));
    loop {
        let frame = tokio::select! {
            frame = tap.next_stereo() => frame,
            event = end.next() => match event {
                Some(_) => continue,
                None => break,
            },
        };
        // The tap ends with the first call, the stream of events with the second.
        let Some(frame) = frame else { break };
        recorder.write_frame(&frame).await?;
        for (side, recognizer) in recognizers.iter_mut().enumerate() {
            let samples = frame.samples().iter().skip(side).step_by(2).copied();
            recognizer.push(frame.at(), &samples.collect::<Vec<_>>());
        }
    }
    let length = recorder.finish().await?;
    println!("{length:?} in {}", path.display());
    tap.close().await;
    Ok(())
}

/// A stand-in for a speech recognizer, which has a connection for each speaker. It only detects
/// when the speaker speaks.
struct Recognizer {
    speaker: String,
    start: Option<Duration>,
    last_speech: Duration,
}

impl Recognizer {
    fn new(speaker: &str) -> Recognizer {
        Recognizer {
            speaker: speaker.to_owned(),
            start: None,
            last_speech: Duration::ZERO,
        }
    }

    fn push(&mut self, at: Duration, samples: &[i16]) {
        if Level::from_samples(samples).rms > -45.0 {
            self.start.get_or_insert(at);
            self.last_speech = at;
        } else if at > self.last_speech + Duration::from_millis(500)
            && let Some(start) = self.start.take()
        {
            println!(
                "{}: speech from {start:?} to {:?}",
                self.speaker, self.last_speech
            );
        }
    }
}

/// Simulates callers if the Asterisk is a fake one.
async fn callers(pbx: Arc<Asterisk>) {
    let call = |endpoint| pbx.incoming_call(endpoint).into_application("transcribe");
    let alice = call("PJSIP/alice");
    pbx.wait_for_response("channels.answer", 1).await;
    let bob = call("PJSIP/bob");
    // The two directions of the tap have bridges of their own.
    for caller in [&alice, &bob] {
        server::speak(&pbx, caller, 3, Duration::from_secs(1)).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    bob.hang_up();
}
