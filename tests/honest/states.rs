//! Scenarios for operations on a channel that is not up yet.

use super::probe::{Probe, hang_up};
use super::scenario::{Scenario, scenario};

/// All operations on a channel in an application.
const ALL: &[(&str, &str)] = &[
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

async fn all(probe: &mut Probe, id: &str) {
    for (method, what) in ALL {
        probe
            .call(method, &format!("/ari/channels/{id}/{what}"))
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
            probe.call("POST", target).await;
            probe.wait("StasisStart", "a").await;
            all(probe, "a").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "operations on a ringing channel",
        scenario!(probe, {
            let target = "/ari/channels/create?endpoint=PJSIP/ring@loop&app=hello&channelId=a";
            probe.call("POST", target).await;
            probe.wait("StasisStart", "a").await;
            probe.call("POST", "/ari/channels/a/dial?timeout=9").await;
            probe.wait("ChannelStateChange", "a").await;
            probe.pause(100).await;
            all(probe, "a").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "playing to an unanswered call",
        scenario!(probe, {
            let target = "/ari/channels?endpoint=Local/unanswered@testari&extension=1&context=testari&channelId=a";
            probe.call("POST", target).await;
            probe.wait("StasisStart", "a;2").await;
            probe.call("GET", "/ari/channels/a;2").await;
            for what in ["ring", "play/p?media=sound:beep"] {
                probe
                    .call("POST", &format!("/ari/channels/a;2/{what}"))
                    .await;
            }
            probe.wait("PlaybackFinished", "p").await;
            probe.call("GET", "/ari/channels/a;2").await;
            hang_up(probe, "a;2").await;
        }),
    ),
    Scenario::new(
        "a recording answers the call",
        scenario!(probe, {
            let target = "/ari/channels?endpoint=Local/unanswered@testari&extension=1&context=testari&channelId=a";
            probe.call("POST", target).await;
            probe.wait("StasisStart", "a;2").await;
            probe
                .call("POST", "/ari/channels/a;2/record?name=u&format=wav")
                .await;
            probe.wait("RecordingStarted", "u").await;
            probe.pause(200).await;
            probe.call("GET", "/ari/channels/a;2").await;
            probe.call("POST", "/ari/recordings/live/u/stop").await;
            probe.wait("RecordingFinished", "u").await;
            probe.pause(100).await;
            probe.call("DELETE", "/ari/recordings/stored/u").await;
            hang_up(probe, "a;2").await;
        }),
    ),
];
