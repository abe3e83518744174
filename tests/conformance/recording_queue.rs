//! Scenarios for recordings that are queued, block other requests, or are impossible.

use super::allowed_differences;
use super::probe::{Probe, hang_up, originate};
use super::scenario::{Scenario, scenario};

async fn delete_stored(probe: &mut Probe, names: &[&str]) {
    for name in names {
        let target = format!("/ari/recordings/stored/{name}");
        probe.request("DELETE", &target).await;
    }
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "ending queued recordings",
        scenario!(probe, {
            originate(probe, "a", "Local/tone@testari").await;
            probe
                .request("POST", "/ari/channels/a/play/p?media=sound:hello-world")
                .await;
            probe.wait_for("PlaybackStarted", "p").await;
            for name in ["wr", "ws", "wt"] {
                let target = format!("/ari/channels/a/record?name={name}&format=wav");
                probe.request("POST", &target).await;
            }
            for (method, what) in [
                ("GET", "wr"),
                ("POST", "wr/pause"),
                ("POST", "wr/mute"),
                ("POST", "wr/stop"),
                ("POST", "wr/stop"),
                ("GET", "wr"),
                ("DELETE", "ws"),
                ("DELETE", "ws"),
                ("GET", "ws"),
            ] {
                probe
                    .request(method, &format!("/ari/recordings/live/{what}"))
                    .await;
            }
            // They begin nevertheless.
            for name in ["wr", "ws", "wt"] {
                probe.wait_for("RecordingStarted", name).await;
                probe.pause(300).await;
                probe
                    .request("POST", &format!("/ari/recordings/live/{name}/stop"))
                    .await;
                probe.wait_for("RecordingFinished", name).await;
            }
            probe.pause(200).await;
            for name in ["wr", "ws", "wt"] {
                probe
                    .request("GET", &format!("/ari/recordings/live/{name}"))
                    .await;
            }
            probe.request("GET", "/ari/recordings/stored").await;
            delete_stored(probe, &["wr", "ws", "wt"]).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "a channel that records cannot join a bridge",
        scenario!(probe, {
            originate(probe, "a", "Local/tone@testari").await;
            originate(probe, "b", "Local/tone@testari").await;
            probe.request("POST", "/ari/bridges/x?type=mixing").await;
            probe
                .request("POST", "/ari/channels/b/play/p?media=sound:beep")
                .await;
            probe
                .request("POST", "/ari/channels/b/record?name=jr&format=wav")
                .await;
            // The recording is queued, and already prevents joining.
            probe
                .request("POST", "/ari/bridges/x/addChannel?channel=a,b")
                .await;
            probe.wait_for("RecordingStarted", "jr").await;
            probe.pause(200).await;
            probe
                .request("POST", "/ari/bridges/x/addChannel?channel=b,a")
                .await;
            probe.pause(200).await;
            probe.request("GET", "/ari/bridges/x").await;
            probe.request("POST", "/ari/recordings/live/jr/stop").await;
            probe.wait_for("RecordingFinished", "jr").await;
            probe.pause(200).await;
            probe
                .request("POST", "/ari/bridges/x/addChannel?channel=b")
                .await;
            probe.wait_for("ChannelEnteredBridge", "b").await;
            probe
                .request("POST", "/ari/channels/b/record?name=js&format=wav")
                .await;
            probe.wait_for("RecordingFailed", "js").await;
            probe.pause(100).await;
            probe.request("GET", "/ari/recordings/live/js").await;
            probe.request("GET", "/ari/recordings/stored/js").await;
            probe.request("DELETE", "/ari/bridges/x").await;
            probe.wait_for("ChannelLeftBridge", "b").await;
            probe.pause(100).await;
            delete_stored(probe, &["jr", "js"]).await;
            hang_up(probe, "a").await;
            hang_up(probe, "b").await;
        }),
    ),
    Scenario::new(
        "playing and recording in a bridge at the same time",
        scenario!(probe, {
            originate(probe, "a", "Local/tone@testari").await;
            originate(probe, "b", "Local/echo@testari").await;
            probe.request("POST", "/ari/bridges/x?type=mixing").await;
            probe
                .request("POST", "/ari/bridges/x/addChannel?channel=a,b")
                .await;
            probe.wait_for("ChannelEnteredBridge", "b").await;
            probe.pause(300).await;
            probe
                .request("POST", "/ari/bridges/x/record?name=br&format=wav")
                .await;
            probe.wait_for("RecordingStarted", "br").await;
            probe.pause(200).await;
            probe
                .request("POST", "/ari/bridges/x/play/p?media=sound:beep")
                .await;
            probe
                .request("POST", "/ari/bridges/x/play/q?media=sound:beep")
                .await;
            probe.wait_for("PlaybackFinished", "q").await;
            probe.pause(300).await;
            probe
                .request("POST", "/ari/bridges/x/record?name=bs&format=wav")
                .await;
            probe.wait_for("RecordingStarted", "bs").await;
            probe.pause(200).await;
            for name in ["br", "bs"] {
                probe
                    .request("POST", &format!("/ari/recordings/live/{name}/stop"))
                    .await;
                probe.wait_for("RecordingFinished", name).await;
                probe.pause(300).await;
            }
            delete_stored(probe, &["br", "bs"]).await;
            probe.request("DELETE", "/ari/bridges/x").await;
            probe.wait_for("ChannelLeftBridge", "b").await;
            hang_up(probe, "a").await;
            hang_up(probe, "b").await;
        }),
    ),
    Scenario::new(
        "recordings that are ended by DTMF or appended",
        scenario!(probe, {
            probe.allow(&allowed_differences::SILENT_DURATION);
            // The far end sends 1, 2 and # half a second after it has answered.
            for (number, query) in [
                "terminateOn=%23",
                "terminateOn=any&ifExists=append",
                "terminateOn=%2A&maxDurationSeconds=2&ifExists=append",
                "ifExists=fail",
                "terminateOn=ANY&ifExists=Overwrite",
            ]
            .iter()
            .enumerate()
            {
                let id = format!("c{number}");
                let target =
                    format!("/ari/channels?endpoint=Local/dtmf@testari&app=hello&channelId={id}");
                probe.request("POST", &target).await;
                probe.wait_for("StasisStart", &id).await;
                let target = format!("/ari/channels/{id}/record?name=k&format=wav&{query}");
                if !probe.request("POST", &target).await["name"].is_null() {
                    probe.wait_for("RecordingFinished", "k").await;
                }
                probe.pause(2600).await;
                probe.request("GET", "/ari/recordings/stored/k").await;
                hang_up(probe, &id).await;
            }
            delete_stored(probe, &["k"]).await;
        }),
    ),
    Scenario::new(
        "a hangup ends recordings",
        scenario!(probe, {
            originate(probe, "a", "Local/tone@testari").await;
            for name in ["hr", "hs"] {
                let target = format!("/ari/channels/a/record?name={name}&format=wav");
                probe.request("POST", &target).await;
            }
            probe.wait_for("RecordingStarted", "hr").await;
            probe.pause(1200).await;
            hang_up(probe, "a").await;
            probe.pause(200).await;
            probe.request("GET", "/ari/recordings/stored").await;
            delete_stored(probe, &["hr", "hs"]).await;
        }),
    ),
];
