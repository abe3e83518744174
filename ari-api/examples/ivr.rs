//! A voice menu. It plays a prompt, waits for a digit, asks again if there is none or a wrong one,
//! and gives up after three attempts. A digit stops the prompt. Every call runs in a task of its
//! own, which ends when the caller hangs up, even in the middle of a prompt.
//!
//! ```text
//! cargo run -p ari-api --example ivr
//! ```
//!
//! It talks to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C. Without `ARI_URL` it starts
//! a fake one and says so; Alice and Bob call there. The dialplan of a real one sends calls to it:
//!
//! ```text
//! exten => 100,1,Stasis(ivr)
//!  same => n,Hangup()
//! ```

#[path = "server/entered.rs"]
mod entered;
mod server;

use std::collections::HashSet;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::stream::{ConnectionEvent, ObjectStream};
use ari_api::{Error, Event};
use ari_mock::Asterisk;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

/// Number of times that the caller is asked.
const MAX_ATTEMPTS: usize = 3;
/// Time that the caller has for a digit after a prompt.
const INPUT_TIMEOUT: Duration = Duration::from_secs(3);
/// Limit for a prompt, because some media that cannot be played never produces a final event.
/// (Playbacks with `wait_until_finished()` end by themselves.)
const MAX_PROMPT_DURATION: Duration = Duration::from_secs(30);

/// Input from the caller.
enum Input {
    Digit(String),
    Nothing,
    HangsUp,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (client, fake) = server::open().await?;
    let mut app = client.application("ivr").connect().await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(callers(pbx));
    }
    // Channel ids of the callers in the menu.
    let mut inside = HashSet::new();
    let mut calls = JoinSet::new();
    // One future for the whole loop: a new one in each iteration could miss a signal between two.
    let mut interrupted = pin!(tokio::signal::ctrl_c());
    loop {
        let event = tokio::select! {
            _ = &mut interrupted => break,
            Some(ended) = calls.join_next() => {
                if let Ok(id) = ended {
                    inside.remove(&id);
                }
                continue;
            }
            event = app.next() => event,
        };
        let Some(event) = event else { break };
        for id in entered::channels(event) {
            if inside.insert(id.clone()) {
                // Opened before the first request: if that request finds the channel, the end of
                // the call is still to come and will be received.
                let call = client.channel(&id);
                let events = call.events();
                calls.spawn(async move {
                    serve(call, events).await;
                    id
                });
            }
        }
    }
    // Callers in the menu continue in the dialplan after this program has ended.
    client.close(Duration::from_secs(5)).await;
    Ok(())
}

/// Serves one call from its beginning to its end.
async fn serve(call: ChannelHandle, mut events: ObjectStream<Event>) {
    match menu(&call, &mut events).await {
        Ok(()) => {}
        // The caller has hung up, between any two lines of this program, or has left this
        // application. If another object no longer exists, such as a playback, the caller is still
        // there.
        Err(error) if error.is_channel_gone() || matches!(error, Error::ObjectGone { .. }) => {
            println!("{}: is gone", call.channel_id());
        }
        Err(error) => {
            eprintln!("{}: {error}", call.channel_id());
            // No caller is left in silence.
            if let Err(error) = call.hangup().await
                && !error.is_channel_gone()
            {
                eprintln!("{}: {error}", call.channel_id());
            }
        }
    }
}

/// Leads a caller through the menu.
async fn menu(call: &ChannelHandle, events: &mut ObjectStream<Event>) -> Result<(), Error> {
    let channel = call.get().await?;
    println!("{}: calls", channel.name);
    call.answer().await?;
    let mut misses = 0;
    while misses < MAX_ATTEMPTS {
        match ask(call, events, &["sound:vm-press", "digits:12"]).await? {
            Input::Digit(digit) => {
                println!("{}: presses {digit}", channel.name);
                let media = match digit.as_str() {
                    "1" => "sound:hello-world".to_owned(),
                    "2" => spoken(&channel.caller.number),
                    "#" => {
                        println!("{}: leaves the menu", channel.name);
                        return end(call).await;
                    }
                    _ => {
                        misses += 1;
                        "sound:vm-pls-try-again".to_owned()
                    }
                };
                call.play([media]).wait_until_finished().await?;
            }
            Input::Nothing => {
                println!("{}: says nothing", channel.name);
                misses += 1;
            }
            Input::HangsUp => {
                println!("{}: hangs up", channel.name);
                return Ok(());
            }
        }
    }
    println!("{}: does not find the way", channel.name);
    end(call).await
}

/// Plays a prompt, and waits for a digit until some time after its end.
async fn ask(
    call: &ChannelHandle,
    events: &mut ObjectStream<Event>,
    prompt: &[&str],
) -> Result<Input, Error> {
    let (prompt, _) = call.play(prompt.iter().copied()).send_with_events().await?;
    let mut deadline = Instant::now() + MAX_PROMPT_DURATION;
    loop {
        let Ok(event) = timeout_at(deadline, events.next()).await else {
            return Ok(Input::Nothing);
        };
        let event = match event.transpose() {
            // One event is missing or cannot be decoded: the caller is still there.
            Err(error @ (Error::Lagged { .. } | Error::Decode(_))) => {
                eprintln!("{error}");
                continue;
            }
            event => event?,
        };
        match event.as_deref() {
            Some(Event::ChannelDtmfReceived(dtmf)) => {
                match prompt.stop().await {
                    Err(error) if error.is_channel_gone() => return Err(error),
                    // It has ended by itself, or has just begun and cannot be stopped yet: then the
                    // next prompt waits for its end.
                    Err(error) if matches!(error.status(), Some(404 | 500)) => {}
                    result => result?,
                }
                return Ok(Input::Digit(dtmf.digit.clone()));
            }
            Some(Event::PlaybackFinished(finished))
                if finished.playback.id == prompt.playback_id() =>
            {
                deadline = Instant::now() + INPUT_TIMEOUT;
            }
            // The WebSocket was lost, and perhaps the end of the prompt with it.
            Some(Event::Connection(ConnectionEvent::Resynced(_))) => {
                if let Err(error) = prompt.get().await
                    && error.gone_object().is_some()
                {
                    deadline = Instant::now() + INPUT_TIMEOUT;
                }
            }
            Some(Event::StasisEnd(_)) | None => return Ok(Input::HangsUp),
            Some(_) => {}
        }
    }
}

/// Returns media that speaks a number digit by digit. Media without digits would never end.
fn spoken(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        "sound:vm-unknown-caller".to_owned()
    } else {
        format!("digits:{digits}")
    }
}

async fn end(call: &ChannelHandle) -> Result<(), Error> {
    call.play(["sound:vm-goodbye"])
        .wait_until_finished()
        .await?;
    call.hangup().await
}

/// Simulates callers if the Asterisk is a fake one.
async fn callers(pbx: Arc<Asterisk>) {
    let play = "channels.play";
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .caller("Alice <100>")
        .into_application("ivr");
    for (prompt, key) in [(1, "1"), (3, "2"), (5, "9"), (7, "#")] {
        // Each key leads to a response, and then to the next prompt.
        pbx.wait_for_request(play, prompt).await;
        alice.press(key);
    }
    pbx.wait_for_request("channels.hangup", 1).await;
    let bob = pbx
        .incoming_call("PJSIP/bob")
        .caller("Bob <101>")
        .into_application("ivr");
    pbx.wait_for_request(play, 9).await;
    bob.hang_up();
}
