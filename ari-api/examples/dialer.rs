//! Dials a list, a few at a time, and prints the outcome of each call: answered, busy, not
//! answered, unreachable, … and the cause. Callees who answer hear a message.
//!
//! ```text
//! cargo run -p ari-api --example dialer -- PJSIP/100 PJSIP/+4989123@trunk Local/1@testari
//! ```
//!
//! It talks to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`). Without `ARI_URL` it starts a fake one and says so.
//! The fake one has some endpoints, which are dialed if none are given. The dialplan of a real one
//! needs nothing, except for the extensions that `Local` endpoints name:
//!
//! ```text
//! [testari]
//! exten => 1,1,Answer()
//!  same => n,Wait(60)
//! ```
//!
//! After Ctrl-C it makes no more calls, and completes those in progress.

mod server;

use std::env;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::client::unique_id;
use ari_api::outcome::CallOutcome;
use ari_api::{Client, Error};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Number of calls at the same time.
const MAX_CONCURRENT_CALLS: usize = 2;
/// The endpoints of a fake Asterisk: one that answers, one that is busy, one that does not answer,
/// and one that is offline.
const FAKE_ENDPOINTS: [&str; 4] = [
    "Local/1@testari",
    "Local/busy@testari",
    "Local/ring@testari",
    "PJSIP/phone",
];
/// Ringing time.
const RING_TIMEOUT: Duration = Duration::from_secs(10);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (client, fake) = server::open().await?;
    let mut endpoints: Vec<String> = env::args().skip(1).collect();
    if fake.is_some() && endpoints.is_empty() {
        endpoints = FAKE_ENDPOINTS.map(str::to_owned).into();
    }
    // Events report the outcomes, so the application must be connected. The session alone keeps it
    // connected: nobody reads the stream of all its events, and a stream that nobody reads fills
    // up.
    let session = client
        .application("dialer")
        .connect()
        .await?
        .session()
        .clone();

    let lines = Arc::new(Semaphore::new(MAX_CONCURRENT_CALLS));
    let mut calls = JoinSet::new();
    for endpoint in endpoints {
        let (client, lines) = (client.clone(), lines.clone());
        calls.spawn(async move {
            // Closed after Ctrl-C.
            let Ok(_line) = lines.acquire().await else {
                return println!("{endpoint}: not dialed");
            };
            println!("{endpoint}: dialing");
            match dial(&client, &endpoint).await {
                Ok(outcome) => println!("{endpoint}: {outcome}"),
                Err(error) => println!("{endpoint}: failed: {error}"),
            }
        });
    }
    // One future for the whole loop: a new one in each iteration could miss a signal between two.
    let mut interrupted = pin!(tokio::signal::ctrl_c());
    loop {
        tokio::select! {
            ended = calls.join_next() => if ended.is_none() { break },
            _ = &mut interrupted, if !lines.is_closed() => lines.close(),
        }
    }
    session.close(Duration::from_secs(5)).await;
    Ok(())
}

/// Makes one call, and returns its outcome as text.
async fn dial(client: &Client, endpoint: &str) -> Result<String, Error> {
    // With an id of its own the call can be ended, whatever the outcome of the request.
    let id = unique_id();
    let call = client.channels().originate(endpoint).app("dialer");
    let outcome = match call.timeout(RING_TIMEOUT).channel_id(&id).outcome().await {
        Ok(outcome) => outcome,
        Err(error) => {
            // A callee who answers now is not left in silence.
            let _ = client.channel(id).hangup().await;
            return Err(error);
        }
    };
    match outcome {
        CallOutcome::Answered { channel, .. } => {
            let played = channel
                .play(["sound:hello-world"])
                .wait_until_finished()
                .await;
            // Unknown if the connection was lost at that moment.
            let heard = played.is_ok_and(|playback| playback.state.as_str() == "done");
            match channel.hangup().await {
                // The callee hung up first.
                Err(error) if error.is_channel_gone() => {}
                result => result?,
            }
            let heard = if heard { "heard" } else { "did not hear" };
            Ok(format!("answered, and {heard} the message"))
        }
        // Busy, no answer, rejected, unreachable, … and the cause.
        other => Ok(other.to_string()),
    }
}
