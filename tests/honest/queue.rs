//! Scenarios for commands that wait for a playback or recording, and for those that do not.

use serde_json::json;

use super::known;
use super::probe::{Probe, call, hang_up};
use super::scenario::{Scenario, scenario};

/// Starts a call with a sound of 1.4 seconds in progress.
async fn playing(probe: &mut Probe, endpoint: &str) {
    call(probe, "a", endpoint).await;
    let target = "/ari/channels/a/play/p?media=sound:hello-world";
    probe.call("POST", target).await;
    probe.wait("PlaybackStarted", "p").await;
    probe.pause(200).await;
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "continuing in the dialplan waits for a playback",
        scenario!(probe, {
            playing(probe, "Local/1@testari").await;
            let target = "/ari/channels/a/continue?context=testari&extension=ring&priority=1";
            probe.call("POST", target).await;
            probe.call("GET", "/ari/channels/a").await;
            probe
                .call("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.wait("StasisEnd", "a").await;
            probe.pause(300).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "moving waits for a playback",
        scenario!(probe, {
            probe.connect("other", "app=other").await;
            playing(probe, "Local/1@testari").await;
            probe
                .call("POST", "/ari/channels/a/move?app=other&appArgs=x")
                .await;
            probe
                .call("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.wait("StasisStart", "a").await;
            probe.pause(1000).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "DTMF keys wait for a playback",
        scenario!(probe, {
            playing(probe, "Local/echo@testari").await;
            probe.call("POST", "/ari/channels/a/dtmf?dtmf=1").await;
            probe
                .call("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.wait("PlaybackFinished", "q").await;
            probe.pause(300).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "variables wait for a playback",
        scenario!(probe, {
            playing(probe, "Local/1@testari").await;
            let target = "/ari/channels/a/variable?variable=X&value=1";
            probe.call("POST", target).await;
            probe
                .call("GET", "/ari/channels/a/variable?variable=X")
                .await;
            probe.wait("ChannelVarset", "a").await;
            probe
                .call("GET", "/ari/channels/a/variable?variable=X")
                .await;
            probe
                .call("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.wait("PlaybackStarted", "q").await;
            let body = json!({"variables": {"Y": "2"}});
            probe.json("POST", "/ari/channels/a/variables", body).await;
            probe
                .call("GET", "/ari/channels/a/variable?variable=Y")
                .await;
            probe.pause(700).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "operations during a playback are executed in order",
        scenario!(probe, {
            playing(probe, "Local/1@testari").await;
            for (method, what) in [
                ("POST", "ring"),
                ("POST", "mute?direction=both"),
                ("POST", "hold"),
                ("POST", "moh"),
                ("POST", "silence"),
                ("POST", "answer"),
                ("DELETE", "silence"),
            ] {
                probe.call(method, &format!("/ari/channels/a/{what}")).await;
            }
            probe.wait("PlaybackFinished", "p").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "a hangup does not wait",
        scenario!(probe, {
            probe.allow(&known::GOTO);
            playing(probe, "Local/1@testari").await;
            let target = "/ari/channels/a/continue?context=testari&extension=ring&priority=1";
            probe.call("POST", target).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "entering a bridge waits for a playback",
        scenario!(probe, {
            playing(probe, "Local/1@testari").await;
            probe.call("POST", "/ari/bridges/x?type=mixing").await;
            probe
                .call("POST", "/ari/bridges/x/addChannel?channel=a")
                .await;
            probe.wait("ChannelEnteredBridge", "a").await;
            // Channels in a bridge can play media, too.
            probe
                .call("POST", "/ari/channels/a/play/q?media=sound:hello-world")
                .await;
            probe.wait("PlaybackStarted", "q").await;
            probe.pause(200).await;
            probe
                .call("POST", "/ari/bridges/x/removeChannel?channel=a")
                .await;
            probe.wait("ChannelLeftBridge", "a").await;
            probe.call("DELETE", "/ari/bridges/x").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "a channel leaves its bridge for the dialplan",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe.call("POST", "/ari/bridges/x?type=mixing").await;
            probe
                .call("POST", "/ari/bridges/x/addChannel?channel=a")
                .await;
            probe.wait("ChannelEnteredBridge", "a").await;
            let target = "/ari/channels/a/continue?context=testari&extension=ring&priority=1";
            probe.call("POST", target).await;
            probe.wait("StasisEnd", "a").await;
            probe.pause(300).await;
            probe.call("DELETE", "/ari/bridges/x").await;
            hang_up(probe, "a").await;
        }),
    ),
];
