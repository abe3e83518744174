//! Connects callers to a speech model over a WebSocket, like OpenAI's realtime interface: 24 kHz in
//! both directions, as Base64 in JSON. The remote end is a stub in this process, which repeats each
//! sentence (see `stub.rs`). A real model needs TLS, a key, and `session.update` first.
//!
//! ```text
//! cargo run -p ari-media --example realtime_bridge
//! ```
//!
//! It connects to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C. Without `ARI_URL` it starts
//! a fake Asterisk, prints its address and simulates a call of Alice. The dialplan of a real one
//! sends calls to it:
//!
//! ```text
//! exten => 504,1,Stasis(realtime)
//!  same => n,Hangup()
//! ```

#[path = "../server/mod.rs"]
mod server;
mod stub;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_media::{MediaClient as _, MediaEvent, SampleRate};
use ari_mock::Asterisk;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;

/// The rate of the model, in both directions. Asterisk converts it to that of the caller.
const RATE: SampleRate = SampleRate::Hz24000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let model = stub::start().await?;
    let (client, fake) = server::open().await?;
    let mut calls = server::Calls::of(&client, "realtime").await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(caller(pbx));
    }
    while let Some(call) = calls.next().await {
        let client = client.clone();
        calls.spawn(async move {
            if let Err(error) = bridge(&client, &call, model).await {
                eprintln!("{call}: {error}");
            }
            // Without a model the caller would hear nothing.
            let _ = client.channel(&call).hangup().await;
        });
    }
    calls.finish().await;
    Ok(())
}

async fn bridge(client: &Client, call: &str, model: SocketAddr) -> server::Result<()> {
    client.channel(call).answer().await?;
    let stream = TcpStream::connect(model).await?;
    let (mut model, _) = client_async(format!("ws://{model}/v1/realtime"), stream).await?;
    let media = client.media(call).rate(RATE);
    let media = media.max_buffered(Duration::from_secs(120)).await?;
    println!("{call}: talks to the model");
    let (sender, mut receiver) = media.split();
    // The answer that is being sent.
    let mut item = String::new();
    loop {
        tokio::select! {
            event = receiver.next() => match event {
                Some(MediaEvent::Audio(frame)) => {
                    let audio = stub::encode(frame.samples());
                    let append = json!({"type": "input_audio_buffer.append", "audio": audio});
                    model.send(Message::text(append.to_string())).await?;
                }
                Some(MediaEvent::Closed(reason)) => println!("{call}: {reason}"),
                Some(_) => {}
                None => return Ok(model.close(None).await?),
            },
            message = model.next() => {
                let message = message.ok_or("the model has closed the connection")??;
                let Ok(text) = message.to_text() else { continue };
                let event: Value = serde_json::from_str(text)?;
                match event["type"].as_str() {
                    Some("response.output_audio.delta") => {
                        let id = event["item_id"].as_str().unwrap_or_default();
                        if id != item {
                            id.clone_into(&mut item);
                            sender.start_utterance();
                        }
                        // The audio arrives faster than it is played. It is dropped if the answer
                        // was interrupted.
                        let delta = event["delta"].as_str().unwrap_or_default();
                        sender.try_send(&stub::decode(delta)?)?;
                    }
                    Some("input_audio_buffer.speech_started") => {
                        let cleared = sender.clear().await;
                        if cleared.dropped.is_zero() {
                            continue;
                        }
                        println!("{call}: interrupts after {:?}", cleared.played);
                        // Without this message the model assumes that the caller has heard
                        // everything.
                        let truncate = json!({
                            "type": "conversation.item.truncate",
                            "item_id": item,
                            "content_index": 0,
                            "audio_end_ms": cleared.played.as_millis() as u64,
                        });
                        model.send(Message::text(truncate.to_string())).await?;
                    }
                    Some("error") => eprintln!("{call}: {}", event["error"]["message"]),
                    _ => {}
                }
            }
        }
    }
}

/// Simulates a caller if the Asterisk is a fake one.
async fn caller(pbx: Arc<Asterisk>) {
    let second = Duration::from_secs(1);
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application("realtime");
    // Alice speaks, hears her words repeated, and interrupts them.
    server::speak(&pbx, &alice, 1, 3 * second).await;
    tokio::time::sleep(2 * second).await;
    println!("Alice has heard {:?}", server::heard(&alice));
    server::speak(&pbx, &alice, 1, second).await;
    tokio::time::sleep(2 * second).await;
    alice.hang_up();
}
