//! Ids and names may contain any character.

use ari_api::{Error, Event};

use super::session::{APP, on_every_release, retry_until_controllable};

/// Characters that URLs, forms, headers and Asterisk's own files treat specially.
const AWKWARD_IDS: &[&str] = &[
    "a/b",
    "a;b",
    "a@b",
    "a+b",
    "a%b",
    "a%2Fb",
    "a?b",
    "a#b",
    "é",
    "a b",
    "a\nb",
    "a,b",
    "a&b=c",
    "a:b",
    "a\\b",
    "a\"b",
    "日本語",
    "..",
    "a(b",
    "{id}",
];

#[test]
fn ids_of_channels_bridges_and_playbacks_round_trip() {
    on_every_release(async |session| {
        let client = session.client.clone();
        for id in AWKWARD_IDS {
            let request = client.channel(*id).originate_with_id("Local/1@testari");
            let channel = request.app(APP).await.unwrap();
            assert_eq!(channel.id, *id);
            session.wait_for_stasis_start(id).await;
            assert_eq!(client.channel(*id).get().await.unwrap().id, *id);

            // Asterisk repeats it in a header, which a line break would end.
            let playback = client.playback(id.replace('\n', " "));
            let play = client
                .channel(*id)
                .play_with_id(playback.playback_id(), ["sound:tt-monkeys"]);
            assert_eq!(play.await.unwrap().id, playback.playback_id());
            session
                .wait("PlaybackStarted", |event| match event {
                    Event::PlaybackStarted(started) => {
                        (started.playback.id == playback.playback_id()).then_some(())
                    }
                    _ => None,
                })
                .await;
            let got = playback.get().await.unwrap();
            assert_eq!(got.id, playback.playback_id());
            retry_until_controllable(async || playback.stop().await).await;

            // Slightly different, see below.
            let bridge = format!("bridge {id}");
            let bridge = client.bridge(bridge);
            let created = bridge.create_with_id().await.unwrap();
            assert_eq!(created.id, bridge.bridge_id());
            bridge.add_channel([*id]).await.unwrap();
            session
                .wait(&format!("ChannelEnteredBridge of {id:?}"), |event| {
                    (event.kind() == "ChannelEnteredBridge").then_some(())
                })
                .await;
            assert_eq!(bridge.get().await.unwrap().channels, [*id]);
            bridge.destroy().await.unwrap();
            client.channel(*id).hangup().await.unwrap();
        }
    });
}

/// An application that is subscribed to a channel misses the events of a bridge of the same id.
#[test]
fn bridge_with_id_of_channel_sends_no_events() {
    on_every_release(async |session| {
        let client = session.client.clone();
        for (bridge, expected) in [("other", &["ChannelEnteredBridge"][..]), ("same", &[])] {
            let request = client.channel("same").originate_with_id("Local/1@testari");
            request.app(APP).await.unwrap();
            session.wait_for_stasis_start("same").await;
            let bridge = client.bridge(bridge);
            bridge.create_with_id().await.unwrap();
            bridge.add_channel(["same"]).await.unwrap();
            // The hangup follows all of these events.
            client.channel("same").hangup().await.unwrap();
            let mut seen = Vec::new();
            session
                .wait("ChannelDestroyed", |event| {
                    seen.push(event.kind().to_owned());
                    (event.kind() == "ChannelDestroyed").then_some(())
                })
                .await;
            seen.retain(|kind| kind == "ChannelEnteredBridge");
            assert_eq!(seen, expected);
        }
    });
}

#[test]
fn names_of_variables_devices_and_recordings_round_trip() {
    on_every_release(async |session| {
        let client = session.client.clone();
        let channel = session.call("1").await;
        for name in AWKWARD_IDS {
            let value = format!("value of {name}");
            let asterisk = client.asterisk();
            asterisk.set_global_var(*name).value(&value).await.unwrap();
            assert_eq!(asterisk.get_global_var(*name).await.unwrap().value, value);

            // Asterisk 16 responds before it has set the variable.
            channel.set_channel_var(*name).value(&value).await.unwrap();
            session
                .wait("ChannelVarset", |event| match event {
                    Event::ChannelVarset(set) => (set.variable == *name).then_some(()),
                    _ => None,
                })
                .await;
            assert_eq!(channel.get_channel_var(*name).await.unwrap().value, value);

            let device = client.device_state(format!("Stasis:{name}"));
            device.update("BUSY").await.unwrap();
            assert_eq!(device.get().await.unwrap().state.as_str(), "BUSY");
            device.delete().await.unwrap();
        }
        for name in ["a/b", "a+b", "é ü", "a%2Fb", "a?b#c"] {
            channel.record(name, "wav").await.unwrap();
            session.wait_for_kind("RecordingStarted").await;
            client.live_recording(name).stop().await.unwrap();
            session.wait_for_kind("RecordingFinished").await;
            let stored = client.stored_recording(name);
            assert_eq!(stored.get_stored().await.unwrap().name, name);
            stored.delete_stored().await.unwrap();
        }
    });
}

/// A channel can have the name of an operation, but under that name the server finds the operation:
/// such requests are refused before they are sent.
#[test]
fn ids_that_are_operation_names_are_refused() {
    on_every_release(async |session| {
        let client = session.client.clone();
        for (id, answer) in [("create", "Invalid method"), ("creates", "\"creates\"")] {
            let call = client.channels().originate("Local/1@testari").app(APP);
            call.channel_id(id).await.unwrap();
            session.wait_for_stasis_start(id).await;
            let list = client.channels().list().await.unwrap();
            assert!(list.iter().any(|channel| channel.id == id));
            let body = session.server.get(&format!("/ari/channels/{id}"));
            assert!(body.contains(answer), "{body}");
            let ringing = client.channel(id).ring().await;
            let refused = matches!(
                ringing,
                Err(Error::InvalidArgument {
                    parameter: "channelId",
                    ..
                })
            );
            assert_eq!(refused, id == "create", "{ringing:?}");
        }
    });
}
