//! A server that restarts during calls: the reports to the application, and its recovery.

use std::time::Duration;

use ari_api::EventFilter;
use ari_api::client::ReconnectPolicy;
use ari_api::stream::{ConnectionEvent, EventStream};
use ari_api::{Error, Event};
use ari_test_support::LIMIT;
use tokio::runtime;
use tokio::time::timeout;

use super::recorder;
use super::session::{builder, wait};
use crate::asterisk::{Asterisk, Release};

const APP: &str = "restart";
const CALLS: usize = 100;
#[test]
fn server_restart_is_reported_and_recovered() {
    for release in Release::ALL {
        let Some(mut server) = Asterisk::start(release) else {
            continue;
        };
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(restart(&mut server));
    }
}

async fn restart(server: &mut Asterisk) {
    let quick = ReconnectPolicy::new()
        .initial_delay(Duration::from_millis(100))
        .max_delay(Duration::from_millis(500));
    let client = recorder::build(builder(server).reconnect(quick), server.release());
    let application = client.application(APP);
    let mut events = application.connect().await.unwrap();
    let sources = ["endpoint:PJSIP/loop", "deviceState:Stasis:lamp", "bridge:"];
    application.subscribe(sources).await.unwrap();
    let filter = EventFilter::new().disallow(["ChannelDialplan"]);
    let filtered = application.filter().filter(filter).await.unwrap();
    assert!(
        filtered
            .events_disallowed
            .is_some_and(|kinds| kinds.len() == 1)
    );

    let mut channels = Vec::new();
    let mut streams = Vec::new();
    for _ in 0..CALLS {
        let request = client.channels().originate("Local/1@testari").app(APP);
        let (channel, stream) = request.send_with_events().await.unwrap();
        started(&mut events, server, channel.channel_id()).await;
        channels.push(channel.channel_id().to_owned());
        streams.push(stream);
    }
    channels.sort();

    server.stop();
    let disconnected = next_connection_event(&mut events).await;
    assert!(matches!(disconnected, ConnectionEvent::Disconnected { .. }));
    let down = Duration::from_secs(1);
    tokio::time::sleep(down).await;
    server.restart();
    match next_connection_event(&mut events).await {
        ConnectionEvent::Reconnected { gap, attempts, .. } => {
            assert!(gap >= down && gap < LIMIT, "{gap:?}");
            assert!(attempts > 1);
        }
        other => panic!("{other}"),
    }
    let ConnectionEvent::Resynced(found) = next_connection_event(&mut events).await else {
        panic!("not compared");
    };
    let missing: Vec<_> = channels
        .iter()
        .filter(|id| !found.removed_channels.contains(id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(found.discovered_channels, Vec::<String>::new());
    assert_eq!(
        found.restored_subscriptions.len(),
        sources.len(),
        "{found:?}"
    );
    assert_eq!(found.failures, Vec::<String>::new());
    for stream in &mut streams {
        let mut last = None;
        while let Some(item) = timeout(LIMIT, stream.next()).await.unwrap() {
            last = Some(item);
        }
        assert!(
            matches!(last, Some(Err(Error::ObjectGone { .. }))),
            "{last:?}"
        );
    }

    // Everything that was requested is restored, and stays restored when only the connection is
    // lost.
    let state = application.get().await.unwrap();
    assert_eq!(state.endpoint_ids, ["PJSIP/loop"]);
    assert_eq!(state.device_names, ["Stasis:lamp"]);
    assert_eq!(state.bridge_ids, ["__AST_BRIDGE_ALL_TOPIC"]);
    let disallowed = state.events_disallowed.unwrap();
    assert_eq!(disallowed[0]["type"], "ChannelDialplan");
    let request = client.channels().originate("Local/1@testari").app(APP);
    let (channel, mut stream) = request.send_with_events().await.unwrap();
    started(&mut events, server, channel.channel_id()).await;
    channel.hangup().await.unwrap();
    let mut last = None;
    while let Some(item) = timeout(LIMIT, stream.next()).await.unwrap() {
        last = Some(item.unwrap().kind().to_owned());
    }
    assert_eq!(last.as_deref(), Some("ChannelDestroyed"));
}

async fn started(events: &mut EventStream<Event>, server: &Asterisk, id: &str) {
    wait(events, server, "StasisStart", |event| match event {
        Event::StasisStart(start) if start.channel.id == id => Some(()),
        _ => None,
    })
    .await;
}

/// Returns the next change of the connection.
async fn next_connection_event(events: &mut EventStream<Event>) -> ConnectionEvent {
    loop {
        let event = timeout(LIMIT, events.next()).await.unwrap();
        if let Event::Connection(event) = &*event.unwrap().unwrap()
            && !matches!(event, ConnectionEvent::Connected)
        {
            return event.clone();
        }
    }
}
