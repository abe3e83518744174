//! A voice agent that answers callers. A caller who speaks during an answer stops it at once
//! (barge-in). The model is a small stand-in without speech. A real one implements the trait in
//! `model.rs`.
//!
//! ```text
//! cargo run -p ari-media --example voice_agent
//! ```
//!
//! It connects to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C. Without `ARI_URL` it starts
//! a fake Asterisk, prints its address and simulates a call of Alice. The dialplan of a real one
//! sends calls to it:
//!
//! ```text
//! exten => 503,1,Stasis(agent)
//!  same => n,Hangup()
//! ```

mod model;
#[path = "../server/mod.rs"]
mod server;

use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_media::{MediaClient as _, MediaEvent, SampleRate};
use ari_mock::Asterisk;
use model::{Model, ModelEvent, ToneModel};

/// The rate of the model, in both directions.
const RATE: SampleRate = SampleRate::Hz16000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let (client, fake) = server::open().await?;
    let mut calls = server::Calls::of(&client, "agent").await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(caller(pbx));
    }
    while let Some(call) = calls.next().await {
        let client = client.clone();
        calls.spawn(async move {
            if let Err(error) = converse(&client, &call, ToneModel::new()).await {
                eprintln!("{call}: {error}");
            }
            // Without an agent the caller would hear nothing.
            let _ = client.channel(&call).hangup().await;
        });
    }
    calls.finish().await;
    Ok(())
}

async fn converse(client: &Client, call: &str, mut model: impl Model) -> server::Result<()> {
    client.channel(call).answer().await?;
    let media = client.media(call).rate(RATE);
    // A model may produce a whole answer at once.
    let media = media.max_buffered(Duration::from_secs(60)).await?;
    println!("{call}: talks to the agent");
    let (sender, mut receiver) = media.split();
    loop {
        tokio::select! {
            event = receiver.next() => match event {
                // The model gets silence as well, so that it notices the end of a sentence.
                Some(MediaEvent::Audio(frame)) => model.hear(frame.samples(), sender.played()),
                Some(MediaEvent::MarkPlayed(mark)) => println!("{call}: has heard {mark}"),
                Some(MediaEvent::Closed(reason)) => println!("{call}: {reason}"),
                Some(_) => {}
                None => return Ok(()),
            },
            event = model.next() => match event {
                ModelEvent::AnswerBegins => sender.start_utterance(),
                // The audio arrives faster than it is played. Late audio of an interrupted answer
                // is not played.
                ModelEvent::Audio(samples) => {
                    if let Err(error) = sender.try_send(&samples) {
                        eprintln!("{call}: {error}");
                    }
                }
                ModelEvent::AnswerEnds(name) => {
                    sender.mark(name)?;
                }
                ModelEvent::CallerSpeaks => {
                    let cleared = sender.clear().await;
                    if !cleared.dropped.is_zero() {
                        println!("{call}: interrupts after {:?}", cleared.played);
                    }
                    model.truncate(cleared.played);
                }
            },
        }
    }
}

/// Simulates a caller if the Asterisk is a fake one.
async fn caller(pbx: Arc<Asterisk>) {
    let second = Duration::from_secs(1);
    let alice = pbx.incoming_call("PJSIP/alice").into_application("agent");
    // Alice asks, listens, interrupts the answer, and listens to the next one.
    server::speak(&pbx, &alice, 1, second).await;
    tokio::time::sleep(2 * second).await;
    println!("Alice has heard {:?}", server::heard(&alice));
    server::speak(&pbx, &alice, 1, second).await;
    tokio::time::sleep(6 * second).await;
    println!("Alice has heard {:?}", server::heard(&alice));
    alice.hang_up();
}
