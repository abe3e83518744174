//! Scenarios for operations on a channel that is not up yet.

use super::probe::{Probe, hang_up};
use super::scenario::{Scenario, scenario};

/// All operations on a channel in an application.
const OPERATIONS: &[(&str, &str)] = &[
    ("POST", "answer"),
    ("POST", "ring"),
    ("DELETE", "ring"),
    ("POST", "progress"),
    ("POST", "dtmf?dtmf=1"),
    ("POST", "mute?direction=both"),
    ("DELETE", "mute?direction=both"),
    ("POST", "hold"),
    ("DELETE", "hold"),
    ("POST", "moh"),
    ("DELETE", "moh"),
    ("POST", "silence"),
    ("DELETE", "silence"),
    ("POST", "play?media=sound:beep"),
    ("POST", "play/p?media=sound:beep"),
    ("POST", "redirect?endpoint=Local/1"),
    ("POST", "continue?context=testari&extension=1"),
    ("POST", "variable?variable=X&value=1"),
    ("GET", "variable?variable=X"),
    ("POST", "record?name=r&format=nope"),
    ("POST", "move?app=hello"),
];

async fn request_all(probe: &mut Probe, id: &str) {
    for (method, what) in OPERATIONS {
        probe
            .request(method, &format!("/ari/channels/{id}/{what}"))
            .await;
        // The response is sent before the operation is executed, which takes up to 200 ms.
        if what.starts_with("variable?variable=X&") || what.starts_with("move") {
            probe.pause(400).await;
        }
    }
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "operations on a channel that is down",
        scenario!(probe, {
            let target = "/ari/channels/create?endpoint=Local/1@testari&app=hello&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a").await;
            request_all(probe, "a").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "operations on a ringing channel",
        scenario!(probe, {
            let target = "/ari/channels/create?endpoint=PJSIP/ring@loop&app=hello&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a").await;
            probe
                .request("POST", "/ari/channels/a/dial?timeout=9")
                .await;
            probe.wait_for("ChannelStateChange", "a").await;
            probe.pause(100).await;
            request_all(probe, "a").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "playing to an unanswered call",
        scenario!(probe, {
            let target = "/ari/channels?endpoint=Local/unanswered@testari&extension=1&context=testari&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a;2").await;
            probe.request("GET", "/ari/channels/a;2").await;
            for what in ["ring", "play/p?media=sound:beep"] {
                probe
                    .request("POST", &format!("/ari/channels/a;2/{what}"))
                    .await;
            }
            probe.wait_for("PlaybackFinished", "p").await;
            probe.request("GET", "/ari/channels/a;2").await;
            hang_up(probe, "a;2").await;
        }),
    ),
    Scenario::new(
        "a recording answers the call",
        scenario!(probe, {
            let target = "/ari/channels?endpoint=Local/unanswered@testari&extension=1&context=testari&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a;2").await;
            probe
                .request("POST", "/ari/channels/a;2/record?name=u&format=wav")
                .await;
            probe.wait_for("RecordingStarted", "u").await;
            probe.pause(200).await;
            probe.request("GET", "/ari/channels/a;2").await;
            probe.request("POST", "/ari/recordings/live/u/stop").await;
            probe.wait_for("RecordingFinished", "u").await;
            probe.pause(100).await;
            probe.request("DELETE", "/ari/recordings/stored/u").await;
            hang_up(probe, "a;2").await;
        }),
    ),
];
