//! Repeats the speech of callers, until they press `#` or hang up. The delay that you hear is that
//! of the whole path in both directions.
//!
//! ```text
//! cargo run -p ari-media --example echo
//! ```
//!
//! It connects to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C. Without `ARI_URL` it starts
//! a fake Asterisk, prints its address and simulates a call of Alice. The dialplan of a real one
//! sends calls to it:
//!
//! ```text
//! exten => 500,1,Stasis(echo)
//!  same => n,Hangup()
//! ```

mod server;

use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_media::{Error, MediaClient as _, MediaEvent};
use ari_mock::Asterisk;

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let (client, fake) = server::open().await?;
    let mut calls = server::Calls::of(&client, "echo").await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(caller(pbx));
    }
    while let Some(call) = calls.next().await {
        let client = client.clone();
        calls.spawn(async move {
            if let Err(error) = echo(&client, &call).await {
                eprintln!("{call}: {error}");
            }
            // The channel still exists, unless the caller has hung up.
            match client.channel(&call).hangup().await {
                Err(error) if !error.is_channel_gone() => eprintln!("{call}: {error}"),
                _ => {}
            }
        });
    }
    calls.finish().await;
    Ok(())
}

async fn echo(client: &Client, call: &str) -> server::Result<()> {
    client.channel(call).answer().await?;
    let mut media = client.media(call).await?;
    println!("{call}: audio over {}", media.carrier().reason);
    while let Some(event) = media.next().await {
        match event {
            // Frames that only fill a gap are not sent back. They would delay the audio after them.
            MediaEvent::Audio(frame) if frame.missing().is_zero() => {
                match media.sender().send(frame.samples()).await {
                    Ok(_) => {}
                    // The session has ended. The next event contains the reason.
                    Err(error) => println!("{call}: {}", Error::from(error)),
                }
            }
            MediaEvent::Dtmf('#') => {
                println!("{call}: presses #");
                break;
            }
            MediaEvent::Closed(reason) => println!("{call}: {reason}"),
            _ => {}
        }
    }
    println!("{call}: {:?} were repeated", media.stats().played);
    media.close().await;
    Ok(())
}

/// Simulates a caller if the Asterisk is a fake one.
async fn caller(pbx: Arc<Asterisk>) {
    let second = Duration::from_secs(1);
    let alice = pbx.incoming_call("PJSIP/alice").into_application("echo");
    server::speak(&pbx, &alice, 1, second).await;
    tokio::time::sleep(second).await;
    println!("Alice has heard {:?}", server::heard(&alice));
    alice.press("#");
}
