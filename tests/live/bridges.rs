//! Bridges: their operations and events, their ids, and the source of their video.

use ari_api::Error;
use ari_api::client::unique_id;

use super::session::{APP, on_every_release, refusal};

/// Newer releases refuse an existing bridge. 16 takes the request for an update, whose response has
/// no body.
#[test]
fn duplicate_bridge_is_refused() {
    on_every_release(async |session| {
        let bridge = session.client.bridge(unique_id());
        bridge.create_with_id().await.unwrap();
        let again = bridge.create_with_id().await;
        if session.is_at_least(22) {
            assert_eq!(refusal(again).0, 409);
        } else {
            assert!(matches!(again, Err(Error::Decode(_))), "{again:?}");
        }
        let bridges = session.client.bridges().list().await.unwrap();
        assert_eq!(bridges.len(), 1);
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

#[test]
fn bridge_operations_send_their_events() {
    on_every_release(async |session| {
        session.subscribe_to_everything().await;
        let client = session.client.clone();
        let near = session.call("1").await;
        let far = session.call("echo").await;
        let (one, two) = (near.channel_id(), far.channel_id());
        let create = client.bridges().create().kind("mixing,video_single");
        let bridge = create.name("both").await.unwrap();
        session.wait_for_kinds(&["BridgeCreated"], &bridge.id).await;
        let bridge = client.bridge(bridge.id);
        let id = bridge.bridge_id();
        bridge.get().await.unwrap();
        client.bridges().list().await.unwrap();
        let source = [format!("bridge:{id}"), format!("channel:{one}")];
        let event = client.events().user_event("sources", APP).source(source);
        event.await.unwrap();

        bridge.add_channel([one, two]).mute(false).await.unwrap();
        session.wait_for_kinds(&["ChannelEnteredBridge"], one).await;
        bridge.set_video_source(one).await.unwrap();
        session
            .wait_for_kinds(&["BridgeVideoSourceChanged"], id)
            .await;
        bridge.clear_video_source().await.unwrap();
        bridge.start_moh().await.unwrap();
        bridge.stop_moh().await.unwrap();
        let playback = bridge.play(["sound:beep"]).await.unwrap().id;
        session
            .wait_for_kinds(&["PlaybackFinished"], &playback)
            .await;
        let playback = bridge.play_with_id("announcement", ["sound:beep"]);
        playback.await.unwrap();
        session
            .wait_for_kinds(&["PlaybackFinished"], "announcement")
            .await;
        bridge.record("of-both", "wav").await.unwrap();
        session
            .wait_for_kinds(&["RecordingStarted"], "of-both")
            .await;
        client.live_recording("of-both").stop().await.unwrap();
        session
            .wait_for_kinds(&["RecordingFinished"], "of-both")
            .await;

        let request = bridge.set_bridge_var("NAME").value("value");
        session.send_if_known(request.report_events(true)).await;
        let request = bridge.set_bridge_vars([("OTHER", "2")]);
        session.send_if_known(request).await;
        session.send_if_known(bridge.get_bridge_var("NAME")).await;
        let request = bridge.get_bridge_vars(["NAME", "OTHER"]);
        session.send_if_known(request).await;

        bridge.remove_channel([one]).await.unwrap();
        session.wait_for_kinds(&["ChannelLeftBridge"], one).await;
        bridge.destroy().await.unwrap();
        session.wait_for_kinds(&["BridgeDestroyed"], id).await;
        let chosen = client.bridge("chosen");
        chosen.create_with_id().await.unwrap();
        chosen.destroy().await.unwrap();
        far.hangup().await.unwrap();
        near.hangup().await.unwrap();
    });
}
