//! A calling campaign: calls a list of endpoints, a few at a time, and tries busy ones again. A person
//! who answers can press 1 to talk to an agent, who presses 1 to accept. A machine gets a message
//! after its beep.
//!
//! ```text
//! cargo run -p ari-calls --features media --example campaign -- PJSIP/100 PJSIP/+4989123@trunk
//! ```
//!
//! It talks to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), and the agent is `PJSIP/agent`. Without `ARI_URL` it
//! starts a fake Asterisk and says so. That one has some endpoints, which are called if none are
//! given. The dialplan of a real one needs nothing.
//!
//! To hear the beep it opens a WebSocket for the audio, which needs Asterisk 20.16.0, 21.11.0, 22.6.0
//! or later. A `MediaService` offers RTP as well, for older releases.
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
use ari_calls::detect::Beep;
use ari_calls::dial::{Dialed, Screening, ScreeningFuture};
use ari_calls::menu::{Chosen, Menu};
use ari_calls::{Call, CallError};
use ari_mock::{Asterisk, Builder, Step};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Number of calls at the same time.
const MAX_CONCURRENT_CALLS: usize = 2;
/// Number of attempts to reach an endpoint that is busy, and the pause between them.
const MAX_ATTEMPTS: usize = 3;
const RETRY_DELAY: Duration = Duration::from_secs(2);
/// Ringing time.
const RING_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest greeting of a machine.
const GREETING_LIMIT: Duration = Duration::from_secs(60);
/// The endpoints of the fake Asterisk.
const FAKE_ENDPOINTS: [&str; 4] = ["PJSIP/anna", "PJSIP/mailbox", "PJSIP/busy", "PJSIP/never"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let (client, fake) = server::open(fake()).await?;
    let mut endpoints: Vec<String> = env::args().skip(1).collect();
    if fake.is_some() && endpoints.is_empty() {
        endpoints = FAKE_ENDPOINTS.map(str::to_owned).into();
    }
    // The session alone keeps the application connected. A stream of all its events that nobody
    // reads would fill up.
    let app = client.application("campaign").connect().await?;
    let session = app.into_session();

    let lines = Arc::new(Semaphore::new(MAX_CONCURRENT_CALLS));
    let mut calls = JoinSet::new();
    for endpoint in endpoints {
        calls.spawn(reach(client.clone(), endpoint, Arc::clone(&lines)));
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

/// Calls an endpoint, again if it is busy.
async fn reach(client: Client, endpoint: String, lines: Arc<Semaphore>) {
    for attempt in 1..=MAX_ATTEMPTS {
        // Closed after Ctrl-C.
        let Ok(line) = lines.acquire().await else {
            return println!("{endpoint}: not called");
        };
        println!("{endpoint}: calling");
        match originate(&client, &endpoint).await {
            Ok(CallOutcome::Answered {
                channel, events, ..
            }) => {
                let mut call = Call::new(channel, events);
                match talk(&endpoint, &mut call).await {
                    Ok(()) => {}
                    Err(CallError::Ended(end)) => println!("{endpoint}: {end}"),
                    Err(error) => {
                        eprintln!("{endpoint}: {error}");
                        // Nobody is left in silence.
                        let _ = call.hang_up().await;
                    }
                }
                return;
            }
            Ok(CallOutcome::Busy(_)) if attempt < MAX_ATTEMPTS => {
                println!("{endpoint}: busy, is called again later");
            }
            // Busy, no answer, rejected, unreachable, … and the cause.
            Ok(outcome) => return println!("{endpoint}: {outcome}"),
            Err(error) => return println!("{endpoint}: failed: {error}"),
        }
        drop(line);
        tokio::time::sleep(RETRY_DELAY).await;
    }
}

async fn originate(client: &Client, endpoint: &str) -> Result<CallOutcome, Error> {
    // With an id of its own the call can be ended, whatever the outcome of the request.
    let id = unique_id();
    let call = client.channels().originate(endpoint).app("campaign");
    let outcome = call.timeout(RING_TIMEOUT).channel_id(&id).outcome().await;
    if outcome.is_err() {
        // A callee who answers now is not left in silence.
        let _ = client.channel(id).hangup().await;
    }
    outcome
}

async fn talk(endpoint: &str, call: &mut Call) -> Result<(), CallError> {
    // It is better to talk to a machine than to hang up on a person.
    if !call.detect_answering_machine().await?.is_machine() {
        println!("{endpoint}: a person");
        offer_agent(endpoint, call).await?;
        return call.hang_up().await;
    }
    println!("{endpoint}: a machine");
    match call.wait_for_beep().max_duration(GREETING_LIMIT).await? {
        // A machine without a beep records after its greeting.
        Beep::Heard { .. } | Beep::Silence => {
            call.play(["sound:vm-intro", "digits:12345"]).await?;
            println!("{endpoint}: the message is left");
        }
        other => println!("{endpoint}: no message: {other:?}"),
    }
    call.hang_up().await
}

async fn offer_agent(endpoint: &str, call: &mut Call) -> Result<(), CallError> {
    let menu = Menu::new(["sound:vm-press", "digits:1"])
        .on("1", ())
        .attempts(2);
    if !matches!(call.choose(&menu).await?, Chosen::Choice { .. }) {
        println!("{endpoint}: does not want to talk");
        return Ok(());
    }
    let dial = call.dial("PJSIP/agent").timeout(RING_TIMEOUT);
    match dial.on_answer(accept).await? {
        Dialed::Talked { duration, .. } => {
            println!("{endpoint}: talked to the agent for {duration:.0?}");
        }
        not_answered => {
            println!("{endpoint}: no agent: {not_answered}");
            call.play("sound:vm-nobodyavail").await?;
        }
    }
    Ok(())
}

/// Connects an agent who presses 1, and no mailbox of the agent.
fn accept(agent: &mut Call) -> ScreeningFuture<'_> {
    Box::pin(async move {
        let prompt = ["sound:vm-press", "digits:1"];
        let collected = agent.collect(1).prompt(prompt).await?;
        Ok(match collected.digits() {
            Some("1") => Screening::Connect,
            _ => Screening::Decline("has not pressed 1".to_owned()),
        })
    })
}

/// Returns a fake Asterisk with endpoints of all kinds.
fn fake() -> Builder {
    let ms = Duration::from_millis;
    let hour = || Step::Wait(Duration::from_secs(3600));
    Asterisk::builder()
        // A person, who says hello, listens, and presses 1.
        .endpoint(
            "PJSIP/anna",
            [
                Step::Ringing,
                Step::Wait(ms(500)),
                Step::Answer,
                Step::Talk(ms(400)),
                Step::Wait(ms(2500)),
                Step::SendDtmf("1".to_owned()),
                hour(),
            ],
        )
        // A machine with a greeting and a beep.
        .endpoint(
            "PJSIP/mailbox",
            [
                Step::Answer,
                Step::Talk(ms(2000)),
                Step::Wait(ms(1000)),
                Step::Tone(1000, ms(300)),
                hour(),
            ],
        )
        .endpoint("PJSIP/busy", [Step::Busy])
        .endpoint("PJSIP/never", [Step::Ringing, hour()])
        .endpoint(
            "PJSIP/agent",
            [
                Step::Ringing,
                Step::Answer,
                Step::Wait(ms(500)),
                Step::SendDtmf("1".to_owned()),
                Step::Wait(ms(2000)),
                Step::Hangup,
            ],
        )
}
