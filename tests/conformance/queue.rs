//! Scenarios for commands that wait for a playback or recording, and for those that do not.

use serde_json::json;

use super::allowed_differences;
use super::probe::{Probe, hang_up, originate};
use super::scenario::{Scenario, scenario};

/// Starts a call with a sound of 1.4 seconds in progress.
async fn start_playing(probe: &mut Probe, endpoint: &str) {
    originate(probe, "a", endpoint).await;
    let target = "/ari/channels/a/play/p?media=sound:hello-world";
    probe.request("POST", target).await;
    probe.wait_for("PlaybackStarted", "p").await;
    probe.pause(200).await;
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "continuing in the dialplan waits for a playback",
        scenario!(probe, {
            start_playing(probe, "Local/1@testari").await;
            let target = "/ari/channels/a/continue?context=testari&extension=ring&priority=1";
            probe.request("POST", target).await;
            probe.request("GET", "/ari/channels/a").await;
            probe
                .request("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.wait_for("StasisEnd", "a").await;
            probe.pause(300).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "moving waits for a playback",
        scenario!(probe, {
            probe.connect("other", "app=other").await;
            start_playing(probe, "Local/1@testari").await;
            probe
                .request("POST", "/ari/channels/a/move?app=other&appArgs=x")
                .await;
            probe
                .request("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.wait_for("StasisStart", "a").await;
            probe.pause(1000).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "DTMF keys wait for a playback",
        scenario!(probe, {
            start_playing(probe, "Local/echo@testari").await;
            probe.request("POST", "/ari/channels/a/dtmf?dtmf=1").await;
            probe
                .request("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.wait_for("PlaybackFinished", "q").await;
            probe.pause(300).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "variables wait for a playback",
        scenario!(probe, {
            start_playing(probe, "Local/1@testari").await;
            let target = "/ari/channels/a/variable?variable=X&value=1";
            probe.request("POST", target).await;
            probe
                .request("GET", "/ari/channels/a/variable?variable=X")
                .await;
            probe.wait_for("ChannelVarset", "a").await;
            probe
                .request("GET", "/ari/channels/a/variable?variable=X")
                .await;
            probe
                .request("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.wait_for("PlaybackStarted", "q").await;
            let body = json!({"variables": {"Y": "2"}});
            probe
                .request_json("POST", "/ari/channels/a/variables", body)
                .await;
            probe
                .request("GET", "/ari/channels/a/variable?variable=Y")
                .await;
            probe.pause(700).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "operations during a playback are executed in order",
        scenario!(probe, {
            start_playing(probe, "Local/1@testari").await;
            for (method, what) in [
                ("POST", "ring"),
                ("POST", "mute?direction=both"),
                ("POST", "hold"),
                ("POST", "moh"),
                ("POST", "silence"),
                ("POST", "answer"),
                ("DELETE", "silence"),
            ] {
                probe
                    .request(method, &format!("/ari/channels/a/{what}"))
                    .await;
            }
            probe.wait_for("PlaybackFinished", "p").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "a hangup does not wait",
        scenario!(probe, {
            probe.allow(&allowed_differences::LEAVE_DURING_HANGUP);
            start_playing(probe, "Local/1@testari").await;
            let target = "/ari/channels/a/continue?context=testari&extension=ring&priority=1";
            probe.request("POST", target).await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "entering a bridge waits for a playback",
        scenario!(probe, {
            start_playing(probe, "Local/1@testari").await;
            probe.request("POST", "/ari/bridges/x?type=mixing").await;
            probe
                .request("POST", "/ari/bridges/x/addChannel?channel=a")
                .await;
            probe.wait_for("ChannelEnteredBridge", "a").await;
            // Channels in a bridge can play media, too.
            probe
                .request("POST", "/ari/channels/a/play/q?media=sound:hello-world")
                .await;
            probe.wait_for("PlaybackStarted", "q").await;
            probe.pause(200).await;
            probe
                .request("POST", "/ari/bridges/x/removeChannel?channel=a")
                .await;
            probe.wait_for("ChannelLeftBridge", "a").await;
            probe.request("DELETE", "/ari/bridges/x").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "a channel leaves its bridge for the dialplan",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe.request("POST", "/ari/bridges/x?type=mixing").await;
            probe
                .request("POST", "/ari/bridges/x/addChannel?channel=a")
                .await;
            probe.wait_for("ChannelEnteredBridge", "a").await;
            let target = "/ari/channels/a/continue?context=testari&extension=ring&priority=1";
            probe.request("POST", target).await;
            probe.wait_for("StasisEnd", "a").await;
            probe.pause(300).await;
            probe.request("DELETE", "/ari/bridges/x").await;
            hang_up(probe, "a").await;
        }),
    ),
];
