//! The tutorial: one call, from originating it to its end.
//!
//! ```text
//! cargo run -p ari-api --example hello_stasis
//! ```
//!
//! talks to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`). Its dialplan needs an extension 1 in the context
//! `testari` that answers and stays, so that there is somebody to call. Without `ARI_URL`, it
//! starts a fake Asterisk and says so.

mod server;

use ari_api::Event;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    // The fake one serves for as long as it is kept.
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
    client
        .channels()
        .originate("Local/1@testari")
        .app("hello")
        .app_args(["world"])
        .await?;

    while let Some(event) = app.next().await {
        let event = event?;
        println!("{}", line(&event));
        match event.as_ref() {
            Event::StasisStart(start) => {
                let channel = client.channel(&start.channel.id);
                channel.answer().await?;
                channel.play(["sound:hello-world"]).lang("en").await?;
            }
            Event::PlaybackFinished(finished) => {
                let channel = finished.playback.target_uri.trim_start_matches("channel:");
                client.channel(channel).hangup().await?;
            }
            Event::StasisEnd(_) => break,
            _ => {}
        }
    }
    Ok(())
}

/// One event in one line: when, what, which channel, and what matters about it.
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
