//! Applications: their subscriptions, and events of other programs.

mod ours {
    use std::time::Duration;

    use ari_api::Event;

    use crate::live::session::{APP, on_every_release, wait};

    /// A socket that takes an application over keeps the subscriptions of its predecessor: Asterisk
    /// ignores its `subscribeAll`, so the client subscribes itself.
    #[test]
    fn subscribe_all_works_after_takeover() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let first = client.application("everything").connect().await.unwrap();
            let request = client.events().event_websocket(["everything"]);
            let mut second = request.subscribe_all(true).await.unwrap();
            let subscribed = async || {
                let state = client.application("everything").get().await.unwrap();
                [
                    state.channel_ids,
                    state.bridge_ids,
                    state.endpoint_ids,
                    state.device_names,
                ]
            };
            while subscribed().await.iter().any(Vec::is_empty) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            let bridge = client.bridges().create().await.unwrap().id;
            wait(&mut second, &session.server, "BridgeCreated", |event| {
                event.bridge_ids().contains(&bridge.as_str()).then_some(())
            })
            .await;
            drop(first);
        });
    }

    /// The request succeeds, and the channel ends when it is answered.
    #[test]
    fn call_into_unregistered_application_ends() {
        on_every_release(async |session| {
            let app = session.client.application(APP);
            app.subscribe(["channel:"]).await.unwrap();
            let channels = session.client.channels();
            let channel = channels.originate("Local/1@testari").app("nobody").await;
            let channel = channel.unwrap().id;
            session
                .wait("ChannelDestroyed", |event| match event {
                    Event::ChannelDestroyed(event) => (event.channel.id == channel).then_some(()),
                    Event::StasisStart(_) => panic!("it started"),
                    _ => None,
                })
                .await;
        });
    }
}

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use ari_api::{Event, EventSource};
    use serde_json::json;

    use crate::live::session::{APP, on_every_release, refusal, wait};

    /// Receives the events of calls in no application, and of bridges and devices.
    #[test]
    fn subscribe_all() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let request = client.events().event_websocket(["all"]);
            let mut all = request.subscribe_all(true).await.unwrap();
            let request = client.channels().originate("Local/1@testari");
            let channel = request.extension("1").context("testari").await.unwrap().id;
            let bridge = client.bridges().create().await.unwrap().id;
            client.bridge(&bridge).destroy().await.unwrap();
            let lamp = client.device_state("Stasis:lamp");
            lamp.update("BUSY").await.unwrap();
            client.channel(&channel).hangup().await.unwrap();

            let mut left = vec!["created", "bridge", "device", "destroyed"];
            wait(&mut all, &session.server, "all of them", |event| {
                let what = match event {
                    Event::ChannelCreated(event) if event.channel.id == channel => "created",
                    Event::BridgeDestroyed(event) if event.bridge.id == bridge => "bridge",
                    Event::DeviceStateChanged(event)
                        if event.device_state.name == "Stasis:lamp" =>
                    {
                        "device"
                    }
                    Event::ChannelDestroyed(event) if event.channel.id == channel => "destroyed",
                    _ => return None,
                };
                left.retain(|expected| *expected != what);
                left.is_empty().then_some(())
            })
            .await;
            // An application without that subscription has received nothing.
            client.events().user_event("end", APP).await.unwrap();
            session.wait_for_kind("ChannelUserevent").await;
            session.event_counts.remove("Connected");
            assert_eq!(session.event_counts.len(), 1, "{:?}", session.event_counts);

            // These subscriptions appear once as empty names.
            let application = client.application("all").get().await.unwrap();
            assert!(!application.bridge_ids.contains(&bridge));
        });
    }

    /// Unknown sources, unknown schemes, unknown applications, and cancelling subscriptions that do not
    /// exist.
    #[test]
    fn application_subscription_errors() {
        on_every_release(async |session| {
            let bridge = session.client.bridges().create().await.unwrap().id;
            let app = session.client.application(APP);
            let sources = [
                EventSource::bridge(&bridge),
                EventSource::endpoint("PJSIP", "loop"),
                EventSource::device_state("Stasis:lamp"),
            ];
            let expected = (422, "Event source was not subscribed to".to_owned());
            for source in &sources {
                assert_eq!(refusal(app.unsubscribe([source.clone()]).await), expected);
            }
            let state = app.subscribe(sources.clone()).await.unwrap();
            assert_eq!(state.bridge_ids, [bridge]);
            assert_eq!(state.endpoint_ids, ["PJSIP/loop"]);
            assert_eq!(state.device_names, ["Stasis:lamp"]);
            let state = app.unsubscribe(sources.clone()).await.unwrap();
            assert!(state.bridge_ids.is_empty() && state.endpoint_ids.is_empty());
            assert_eq!(refusal(app.unsubscribe(sources.clone()).await), expected);

            for (source, status) in [
                ("bridge:no-such", 422),
                ("channel:no-such", 422),
                ("endpoint:PJSIP/no-such", 422),
                ("nonsense:x", 400),
                ("nonsense", 400),
            ] {
                assert_eq!(refusal(app.subscribe([source]).await).0, status, "{source}");
                assert_eq!(refusal(app.unsubscribe([source]).await).0, status);
            }
            // An invalid source stops those after it, not those before.
            let [_, endpoint, lamp] = sources;
            let mixed = [endpoint.as_str(), "bridge:no-such", lamp.as_str()];
            assert_eq!(refusal(app.subscribe(mixed).await).0, 422);
            let state = app.get().await.unwrap();
            assert_eq!(state.endpoint_ids, ["PJSIP/loop"]);
            assert!(state.device_names.is_empty(), "{state:?}");
            // Likewise for subscriptions that are cancelled together.
            app.subscribe([lamp.clone()]).await.unwrap();
            let mixed = [endpoint.as_str(), "channel:ended", lamp.as_str()];
            assert_eq!(refusal(app.unsubscribe(mixed).await), expected);
            let state = app.get().await.unwrap();
            assert!(state.endpoint_ids.is_empty(), "{state:?}");
            assert_eq!(state.device_names, ["Stasis:lamp"]);
            app.unsubscribe([lamp]).await.unwrap();
            let nobody = session.client.application("nobody");
            for refused in [
                nobody.subscribe(["bridge:"]).await,
                nobody.unsubscribe(["bridge:"]).await,
                nobody.get().await,
            ] {
                assert_eq!(refusal(refused).0, 404);
            }
        });
    }

    /// One event about a channel, a bridge and an endpoint at once: it contains all three, and arrives
    /// once.
    #[test]
    fn user_events_to_several_sources() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let channel = session.call("1").await.channel_id().to_owned();
            let bridge = client.bridges().create().name("named").await.unwrap().id;
            let sources = [
                EventSource::channel(&channel),
                EventSource::bridge(&bridge),
                EventSource::endpoint("PJSIP", "loop"),
            ];
            let app = client.application(APP);
            app.subscribe(sources.clone()).await.unwrap();
            let value = json!({"list": [1, 2.5, null, {"deep": "é"}]});
            let event = client.events().user_event("several", APP);
            let event = event.source(sources.clone());
            event.variables([("value", value.clone())]).await.unwrap();
            let event = session
                .wait("ChannelUserevent", |event| match event {
                    Event::ChannelUserevent(event) => Some(event.clone()),
                    _ => None,
                })
                .await;
            assert_eq!(event.eventname, "several");
            assert_eq!(event.channel.as_ref().unwrap().id, channel);
            assert_eq!(event.bridge.as_ref().unwrap().name, "named");
            assert_eq!(event.endpoint.as_ref().unwrap().resource, "loop");
            assert_eq!(event.userevent["value"], value);

            // If one source does not exist, no application receives the event.
            for (last, status) in [("bridge:no-such", 422), ("nonsense:x", 400)] {
                let event = client.events().user_event("lost", APP);
                let event = event.source([sources[0].as_str(), last]).await;
                assert_eq!(refusal(event).0, status, "{last}");
            }
            let nobody = client.events().user_event("lost", "nobody").await;
            assert_eq!(refusal(nobody).0, 404);
            client.events().user_event("last", APP).await.unwrap();
            let next = session
                .wait("ChannelUserevent", |event| match event {
                    Event::ChannelUserevent(event) => Some(event.eventname.clone()),
                    _ => None,
                })
                .await;
            assert_eq!(next, "last");
        });
    }
}
