//! An application that is recorded, played again, and traced.

use std::path::Path;

use ari_api::client::unique_id;
use ari_api::traffic::{Recorder, TrafficLog};
use ari_api::{Client, Error, Event};
use ari_mock::Replay;
use ari_test_support::within_limit;
use serde_json::Value;

use super::support::{Server, on_every_server, run_successfully};

/// The channels of a run of the application.
struct Channels {
    answered: String,
    busy: String,
}

impl Channels {
    /// Chooses new ids.
    fn new() -> Self {
        Channels {
            answered: unique_id(),
            busy: unique_id(),
        }
    }
}

/// Calls somebody, plays to the callee in a bridge, hangs up, and calls somebody who is busy.
async fn run(client: Client, channels: &Channels) -> Result<(), Error> {
    let mut app = client.application("hello").connect().await?;
    let bridge = unique_id();
    let other = format!("{}-2", channels.answered);
    let call = client.channels().originate("Local/1@testari").app("hello");
    let call = call.channel_id(&channels.answered);
    call.other_channel_id(&other).await?;
    while let Some(event) = app.next().await {
        match event?.as_ref() {
            Event::StasisStart(start) if start.channel.id == channels.answered => {
                client.bridges().create().bridge_id(&bridge).await?;
                let bridge = client.bridge(&bridge);
                bridge.add_channel([&channels.answered]).await?;
                bridge.play(["sound:beep"]).await?;
            }
            Event::PlaybackFinished(_) => client.channel(&channels.answered).hangup().await?,
            Event::ChannelDestroyed(end) if end.channel.id == channels.answered => {
                client.bridge(&bridge).destroy().await?;
                let call = client.channels().originate("Local/busy@testari");
                let call = call.app("hello").channel_id(&channels.busy);
                call.other_channel_id(format!("{}-2", channels.busy))
                    .await?;
            }
            Event::ChannelDestroyed(end) if end.channel.id == channels.busy => break,
            _ => {}
        }
    }
    app.close(std::time::Duration::from_secs(5)).await;
    Ok(())
}

/// Records a run of the application.
async fn record(server: &Server, file: &Path, channels: &Channels) {
    let log = TrafficLog::create(file).unwrap();
    let builder = Client::builder(&server.url).credentials("aritest", "testme");
    let transport = Recorder::new(builder.http_transport().unwrap(), &server.url, &log);
    let client = builder.build_with_transport(transport);
    within_limit(run(client, channels)).await.unwrap();
    log.flush();
}

#[test]
fn recorded_applications_are_played_and_traced() {
    on_every_server(|server| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("calls.jsonl");
        let channels = Channels::new();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            record(server, &file, &channels).await;
            // The ids of another run differ.
            let replay = Replay::open(&file).unwrap().start().await.unwrap();
            let client = replay.client();
            let program = tokio::spawn(async move { run(client, &Channels::new()).await });
            let report = within_limit(replay.finish()).await;
            assert!(report.is_match(), "{}: {report}", server.name);
            assert!(report.matched >= 6, "{}: {report}", server.name);
            program.abort();
        });
        let file = file.to_str().unwrap();
        let trace = run_successfully(server, &["trace", &channels.answered, file]);
        for part in [
            ": 2 legs, 1 bridge,",
            "originated by the application (",
            "hung up by the application after",
            "The first hangup was that of A by the application",
            "> POST /bridges/<1>/addChannel",
            "PlaybackFinished",
            "16 Normal Clearing",
        ] {
            assert!(trace.contains(part), "{}: {part}: {trace}", server.name);
        }
        assert!(!trace.contains(&channels.busy), "{}: {trace}", server.name);
        let trace = run_successfully(server, &["trace", &channels.busy, file]);
        for part in ["0 bridges", "not answered", "Problems:"] {
            assert!(trace.contains(part), "{}: {part}: {trace}", server.name);
        }
        let trace = run_successfully(server, &["trace", &channels.answered, file, "--json"]);
        let head: Value = serde_json::from_str(trace.lines().next().unwrap()).unwrap();
        let leg = &head["legs"][0];
        let found = [&leg["origin"], &leg["hung_up_by"], &leg["cause"]];
        assert_eq!(
            found,
            ["application", "application", "16 Normal Clearing"],
            "{}: {head}",
            server.name
        );
        assert!(leg["answered_after"].is_number(), "{}: {head}", server.name);
    });
}
