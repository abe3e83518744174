//! Bridges that the application creates, and their media.

use super::witness::CoverageRecorder;
use crate::live::session::APP;

pub(super) async fn prove(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let near = witness.session.call("1").await;
    let far = witness.session.call("echo").await;
    let (one, two) = (near.channel_id(), far.channel_id());
    let create = client.bridges().create().kind("mixing,video_single");
    let bridge = witness.prove(create.name("both")).await;
    witness.events(&["BridgeCreated"], &bridge.id).await;
    let bridge = client.bridge(bridge.id);
    let id = bridge.bridge_id();
    witness.prove(bridge.get()).await;
    witness.prove(client.bridges().list()).await;
    let source = [format!("bridge:{id}"), format!("channel:{one}")];
    let event = client.events().user_event("sources", APP).source(source);
    witness.prove(event).await;

    witness
        .prove(bridge.add_channel([one, two]).mute(false))
        .await;
    witness.events(&["ChannelEnteredBridge"], one).await;
    witness.prove(bridge.set_video_source(one)).await;
    witness.events(&["BridgeVideoSourceChanged"], id).await;
    witness.prove(bridge.clear_video_source()).await;
    witness.prove(bridge.start_moh()).await;
    witness.prove(bridge.stop_moh()).await;
    let playback = witness.prove(bridge.play(["sound:beep"])).await.id;
    witness.events(&["PlaybackFinished"], &playback).await;
    let playback = bridge.play_with_id("announcement", ["sound:beep"]);
    witness.prove(playback).await;
    witness.events(&["PlaybackFinished"], "announcement").await;
    witness.prove(bridge.record("of-both", "wav")).await;
    witness.events(&["RecordingStarted"], "of-both").await;
    witness.prove(client.live_recording("of-both").stop()).await;
    witness.events(&["RecordingFinished"], "of-both").await;

    let request = bridge.set_bridge_var("NAME").value("value");
    witness.prove_if_known(request.report_events(true)).await;
    let request = bridge.set_bridge_vars([("OTHER", "2")]);
    witness.prove_if_known(request).await;
    witness.prove_if_known(bridge.get_bridge_var("NAME")).await;
    let request = bridge.get_bridge_vars(["NAME", "OTHER"]);
    witness.prove_if_known(request).await;

    witness.prove(bridge.remove_channel([one])).await;
    witness.events(&["ChannelLeftBridge"], one).await;
    witness.prove(bridge.destroy()).await;
    witness.events(&["BridgeDestroyed"], id).await;
    let chosen = client.bridge("chosen");
    witness.prove(chosen.create_with_id()).await;
    witness.prove(chosen.destroy()).await;
    witness.prove(far.hangup()).await;
    witness.prove(near.hangup()).await;
}
