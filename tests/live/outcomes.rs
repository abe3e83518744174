//! Requests that cannot succeed: the claims of the descriptions about them.

use ari_api::Event;

use super::session::{APP, on_every_release, refusal};

/// `PlaybackFinished` reports a missing file. Invalid media never ends.
#[test]
fn playbacks_of_missing_media_fail_or_never_finish() {
    on_every_release(async |session| {
        let channel = session.call("1").await;
        for media in ["nonsense:x", "recording:missing", "number:x"] {
            channel.play([media]).await.unwrap();
        }
        channel.play(["sound:missing"]).await.unwrap();
        channel.play(["sound:missing", "sound:beep"]).await.unwrap();
        let mut finished = Vec::new();
        session
            .wait("the end of all playbacks", |event| match event {
                Event::PlaybackFinished(event) => {
                    let playback = &event.playback;
                    let state = playback.state.as_str().to_owned();
                    finished.push((playback.media_uri.clone(), state));
                    (playback.media_uri == "sound:beep").then_some(())
                }
                _ => None,
            })
            .await;
        let finished: Vec<_> = finished
            .iter()
            .map(|(uri, state)| (&**uri, &**state))
            .collect();
        assert_eq!(
            finished,
            [("sound:missing", "failed"), ("sound:beep", "done")]
        );
    });
}

#[test]
fn sounds_that_match_nothing_are_refused() {
    on_every_release(async |session| {
        let sounds = session.client.sounds();
        let english = sounds.list().lang("en").format("gsm").await.unwrap();
        assert!(english.iter().any(|sound| sound.id == "hello-world"));
        assert_eq!(sounds.list().await.unwrap().len(), english.len());
        for refused in [
            sounds.list().lang("xx").await,
            sounds.list().format("nonsense").await,
        ] {
            let expected = (404, "No sounds found that matched the query".to_owned());
            assert_eq!(refusal(refused), expected);
        }
        assert_eq!(refusal(sounds.get("no-such").await).0, 404);
        assert_eq!(sounds.get("digits/1").await.unwrap().id, "digits/1");
    });
}

#[test]
fn messages_to_unknown_destinations_are_refused() {
    on_every_release(async |session| {
        let endpoints = session.client.endpoints();
        // The last is an endpoint that has not registered.
        for to in ["pjsip:no-such", "nonsense:x", "x", "pjsip:phone"] {
            let sent = endpoints.send_message(to, "loop").body("hi").await;
            let expected = (404, "Endpoint not found".to_owned());
            assert_eq!(refusal(sent), expected, "{to}");
        }
        endpoints
            .send_message("pjsip:loop", "loop")
            .body("hi")
            .await
            .unwrap();
        for (tech, name, found) in [
            ("PJSIP", "loop", true),
            ("pjsip", "loop", true),
            ("PJSIP", "no-such", false),
            ("Nonsense", "x", false),
        ] {
            let endpoint = session.client.endpoint(tech, name);
            assert_eq!(endpoint.get().await.is_ok(), found);
            let sent = endpoint.send_message_to_endpoint("loop").await;
            if found {
                sent.unwrap();
            } else {
                assert_eq!(refusal(endpoint.get().await).0, 404);
                assert_eq!(refusal(sent).0, 404);
            }
        }
        assert_eq!(endpoints.list_by_tech("PJSIP").await.unwrap().len(), 2);
        assert_eq!(refusal(endpoints.list_by_tech("pjsip").await).0, 404);
    });
}

#[test]
fn video_source_must_be_in_bridge() {
    on_every_release(async |session| {
        let channel = session.call("1").await.channel_id().to_owned();
        let bridge = session.client.bridges().create().await.unwrap().id;
        let bridge = session.client.bridge(bridge);
        assert_eq!(refusal(bridge.set_video_source("no-such").await).0, 400);
        assert_eq!(refusal(bridge.set_video_source(&channel).await).0, 422);
        // There is nothing to clear, which is not an error.
        bridge.clear_video_source().await.unwrap();
        bridge.add_channel([&channel]).await.unwrap();
        session.wait_for_kind("ChannelEnteredBridge").await;
        bridge.set_video_source(&channel).await.unwrap();
        let state = bridge.get().await.unwrap();
        assert_eq!(state.video_source_id.as_deref(), Some(&*channel));
        bridge.clear_video_source().await.unwrap();
        // Not visible until something else changes in the bridge.
        let state = bridge.get().await.unwrap();
        assert_eq!(state.video_mode.as_deref(), Some("single"));
        bridge.remove_channel([&channel]).await.unwrap();
        session.wait_for_kind("ChannelLeftBridge").await;
        let state = bridge.get().await.unwrap();
        assert_eq!(state.video_mode.as_deref(), Some("talker"));
        let nothing = session.client.bridge("no-such");
        assert_eq!(refusal(nothing.clear_video_source().await).0, 404);
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
