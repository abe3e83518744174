//! The tutorial: one call, from originating it to its end. Run it with
//!
//! ```text
//! cargo run -p ari-api --example hello_stasis
//! ```
//!
//! It talks to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`). The dialplan of that Asterisk needs an extension 1
//! in the context `testari` that answers and stays, so that there is an endpoint to call. Without
//! `ARI_URL`, it starts a fake Asterisk and says so.

mod server;

use ari_api::Event;
use ari_api::channels::ChannelHandle;
use ari_api::stream::ConnectionEvent;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    // The fake server runs until this is dropped.
    let (client, _fake) = server::open().await?;

    let info = client.asterisk().get_info().await?;
    if let (Some(system), Some(status)) = (info.system, info.status) {
        println!(
            "Asterisk {} ({}), up since {}",
            system.version, system.entity_id, status.startup_time
        );
    }

    // Connecting registers the application: calls can arrive from here on.
    let mut app = client.application("hello").connect().await?;
    let call = client
        .channels()
        .originate("Local/1@testari")
        .app("hello")
        .app_args(["world"])
        .await?;
    let channel = client.channel(&call.id);

    let mut is_greeted = false;
    while let Some(event) = app.next().await {
        let event = match event {
            Ok(event) => event,
            // One event is missing or cannot be decoded, or the WebSocket is lost for good: then
            // the stream ends.
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        println!("{}", line(&event));
        let has_entered = match event.as_ref() {
            Event::StasisStart(start) => start.channel.id == call.id,
            // The WebSocket was lost and is open again. Events in between are lost; their effects
            // are reported instead.
            Event::Connection(ConnectionEvent::Resynced(found)) => {
                if let Err(error) = channel.get().await
                    && error.is_channel_gone()
                {
                    break;
                }
                found.entered_channels.contains(&call.id)
            }
            Event::StasisEnd(end) if end.channel.id == call.id => break,
            _ => false,
        };
        if has_entered && !is_greeted {
            is_greeted = true;
            // In a task of its own, so that events are printed in the meantime.
            tokio::spawn(greet(channel.clone()));
        }
    }
    Ok(())
}

/// Answers, plays, and hangs up, even if one of the first two fails: no caller is left in silence.
async fn greet(channel: ChannelHandle) {
    let greeting = async {
        channel.answer().await?;
        channel
            .play(["sound:hello-world"])
            .lang("en")
            .wait_until_finished()
            .await
    };
    for result in [greeting.await.map(drop), channel.hangup().await] {
        match result {
            // The far end has hung up.
            Err(error) if error.is_channel_gone() => {}
            Err(error) => eprintln!("{error}"),
            Ok(()) => {}
        }
    }
}

/// Formats one event as one line: time, type, channel, and its most important detail.
fn line(event: &Event) -> String {
    let time = event
        .timestamp()
        .map(|time| time.to_string())
        .unwrap_or_default();
    let detail = match event {
        Event::StasisStart(start) => format!("args {:?}", start.args),
        Event::PlaybackStarted(started) => started.playback.media_uri.clone(),
        Event::PlaybackFinished(finished) => {
            format!(
                "{} {}",
                finished.playback.media_uri, finished.playback.state
            )
        }
        Event::ChannelStateChange(change) => change.channel.state.to_string(),
        Event::ChannelVarset(set) => format!("{}={}", set.variable, set.value),
        Event::ChannelHangupRequest(request) => format!("cause {:?}", request.cause),
        Event::ChannelDestroyed(destroyed) => destroyed.cause_txt.clone(),
        _ => String::new(),
    };
    let channels: Vec<_> = event
        .channels()
        .iter()
        .map(|channel| channel.name.as_str())
        .collect();
    format!(
        "{time} {:<20} {} {detail}",
        event.kind(),
        channels.join(", ")
    )
}
