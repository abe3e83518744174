//! Outcomes and streams that a gap or a missing subscription would lose, on real servers behind a
//! proxy that can be cut.

use std::sync::Arc;
use std::time::Duration;

use ari_api::client::ReconnectPolicy;
use ari_api::outcome::CallOutcome;
use ari_api::stream::{ConnectionEvent, ResyncReport};
use ari_api::{Client, Error, Event};
use ari_test_support::LIMIT;
use tokio::time::{sleep, timeout};

use super::proxy::{Cut, Proxy};
use super::recorder;
use super::session::on_every_release;

/// Waits for a change of the connection.
pub(super) async fn next_connection_event<T>(
    app: &mut ari_api::stream::EventStream<Event>,
    find: impl Fn(&ConnectionEvent) -> Option<T>,
) -> T {
    let found = async {
        loop {
            let event = app.next().await.unwrap().unwrap();
            if let Event::Connection(event) = &*event
                && let Some(found) = find(event)
            {
                return found;
            }
        }
    };
    timeout(LIMIT, found).await.unwrap()
}

/// A call that is answered, or ends, during a gap.
#[test]
fn call_outcome_during_gap_is_found() {
    on_every_release(async |session| {
        let proxy = Proxy::start(&session.server);
        let quick = ReconnectPolicy::new()
            .initial_delay(Duration::from_millis(20))
            .max_delay(Duration::from_millis(100));
        let builder = Client::builder(proxy.url())
            .credentials(session.server.user(), session.server.password())
            .reconnect(quick);
        let client = recorder::build(builder, session.server.release());
        let mut app = client.application("gap").connect().await.unwrap();
        for is_answered in [true, false] {
            let id = format!("answered {is_answered}");
            let call = client.channels().originate("Local/live@testari").app("gap");
            let outcome = tokio::spawn(call.channel_id(&id).outcome());
            // Its other half, in another application, unanswered.
            let far = session
                .wait("the other half", |event| match event {
                    Event::StasisStart(start) => Some(start.channel.id.clone()),
                    _ => None,
                })
                .await;
            // Its event can overtake the response to the request, which must not be lost here.
            sleep(Duration::from_millis(300)).await;
            proxy.cut(Cut::All);
            next_connection_event(&mut app, |event| {
                matches!(event, ConnectionEvent::Disconnected { .. }).then_some(())
            })
            .await;
            let far = session.client.channel(far);
            if is_answered {
                far.answer().await.unwrap();
                let inside = async || {
                    let channel = session.client.channel(&id).get().await.unwrap();
                    channel.dialplan.app_name.as_deref() == Some("Stasis")
                };
                while !inside().await {
                    sleep(Duration::from_millis(10)).await;
                }
            } else {
                far.hangup().await.unwrap();
                while session.client.channel(&id).get().await.is_ok() {
                    sleep(Duration::from_millis(10)).await;
                }
            }
            proxy.mend();
            let found: Arc<ResyncReport> = next_connection_event(&mut app, |event| match event {
                ConnectionEvent::Resynced(found) => Some(found.clone()),
                _ => None,
            })
            .await;
            let outcome = timeout(LIMIT, outcome).await.unwrap().unwrap();
            if is_answered {
                assert!(
                    matches!(outcome, Ok(CallOutcome::Answered { .. })),
                    "{outcome:?}"
                );
                assert_eq!(found.entered_channels, [&*id]);
                client.channel(&id).hangup().await.unwrap();
            } else {
                assert!(
                    matches!(outcome, Err(Error::ObjectGone { .. })),
                    "{outcome:?}"
                );
                assert!(found.removed_channels.contains(&id), "{found:?}");
            }
            assert_eq!(found.failures, Vec::<String>::new());
        }
    });
}

/// The stream of a bridge that was created with it continues to the bridge's end. A playback in a
/// bridge without a subscription ends in an error, and does not wait forever.
#[test]
fn bridge_streams_need_subscription() {
    on_every_release(async |session| {
        let channel = session.call("1").await;
        let client = session.client.clone();
        let _app = client.application("bridges").connect().await.unwrap();
        let create = client.bridges().create().kind("mixing").name("watched");
        let (bridge, mut events) = create.send_with_events().await.unwrap();
        bridge.add_channel([channel.channel_id()]).await.unwrap();
        bridge.remove_channel([channel.channel_id()]).await.unwrap();
        let played = bridge.play(["sound:beep"]).wait_until_finished();
        let played = timeout(LIMIT, played).await.unwrap().unwrap();
        assert_eq!(played.state.as_str(), "done");
        bridge.destroy().await.unwrap();
        let mut kinds = Vec::new();
        while let Some(event) = timeout(LIMIT, events.next()).await.unwrap() {
            kinds.push(event.unwrap().kind().to_owned());
        }
        assert!(
            kinds.contains(&"ChannelEnteredBridge".to_owned()),
            "{kinds:?}"
        );
        assert!(kinds.contains(&"ChannelLeftBridge".to_owned()), "{kinds:?}");
        assert_eq!(kinds.last().map(String::as_str), Some("BridgeDestroyed"));

        let made = client.bridges().create().kind("mixing").await.unwrap();
        let bridge = client.bridge(made.id);
        let mut events = bridge.events();
        let played = bridge.play(["sound:tt-monkeys"]).wait_until_finished();
        let played = timeout(LIMIT, played).await.unwrap();
        assert!(
            matches!(played, Err(Error::ObjectGone { .. })),
            "{played:?}"
        );
        bridge.destroy().await.unwrap();
        let last = timeout(LIMIT, events.next()).await.unwrap();
        assert!(
            matches!(last, Some(Err(Error::ObjectGone { .. }))),
            "{last:?}"
        );
    });
}
