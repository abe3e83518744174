//! Recordings, live and stored.

use std::time::Duration;

use super::witness::CoverageRecorder;
use crate::live::session::retry_until_controllable;

pub(super) async fn prove(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let channel = witness.session.call("tone").await;
    let record = channel
        .record("recording-one", "wav")
        .max_duration(Duration::from_secs(60));
    witness
        .prove(record.max_silence(Duration::from_secs(50)))
        .await;
    witness.events(&["RecordingStarted"], "recording-one").await;
    let live = client.live_recording("recording-one");
    witness.prove(live.get_live()).await;
    retry_until_controllable(async || live.pause().await).await;
    witness.prove(live.pause()).await;
    witness.prove(live.unpause()).await;
    witness.prove(live.mute()).await;
    witness.prove(live.unmute()).await;
    witness.prove(live.stop()).await;
    witness
        .events(&["RecordingFinished"], "recording-one")
        .await;

    let stored = client.stored_recording("recording-one");
    witness.prove(stored.get_stored()).await;
    witness.prove_download(stored.get_stored_file()).await;
    witness.prove(stored.copy_stored("copy")).await;
    witness.prove(client.recordings().list_stored()).await;
    witness.prove(stored.delete_stored()).await;

    witness.prove(channel.record("recording-two", "wav")).await;
    witness.events(&["RecordingStarted"], "recording-two").await;
    let live = client.live_recording("recording-two");
    retry_until_controllable(async || live.pause().await).await;
    witness.prove(live.cancel()).await;
    witness
        .events(&["RecordingFinished"], "recording-two")
        .await;

    // Accepted, but a channel in a bridge cannot be recorded.
    let bridge = witness.prove(client.bridges().create()).await.id;
    let bridge = client.bridge(bridge);
    witness
        .prove(bridge.add_channel([channel.channel_id()]))
        .await;
    let entered = ["ChannelEnteredBridge"];
    witness.events(&entered, channel.channel_id()).await;
    witness
        .prove(channel.record("recording-three", "wav"))
        .await;
    witness
        .events(&["RecordingFailed"], "recording-three")
        .await;
    witness.prove(bridge.destroy()).await;
    witness.prove(channel.hangup()).await;
}
