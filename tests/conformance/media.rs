//! Scenarios for playbacks.

use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "a list of media, stopped midway",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request(
                    "POST",
                    "/ari/channels/a/play/p?media=sound:beep,sound:tt-monkeys,sound:beep",
                )
                .await;
            probe.wait_for("PlaybackContinuing", "p").await;
            probe.pause(500).await;
            probe.request("GET", "/ari/playbacks/p").await;
            probe
                .request("POST", "/ari/playbacks/p/control?operation=pause")
                .await;
            probe
                .request("POST", "/ari/playbacks/p/control?operation=unpause")
                .await;
            probe.request("DELETE", "/ari/playbacks/p").await;
            probe.wait_for("PlaybackFinished", "p").await;
            // The event is sent shortly before the playback is removed.
            probe.pause(200).await;
            probe.request("GET", "/ari/playbacks/p").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "playbacks are queued",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request("POST", "/ari/channels/a/play/p?media=sound:tt-monkeys")
                .await;
            probe.wait_for("PlaybackStarted", "p").await;
            probe.pause(300).await;
            probe
                .request("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe
                .request("POST", "/ari/playbacks/q/control?operation=pause")
                .await;
            probe.request("DELETE", "/ari/playbacks/q").await;
            probe.request("DELETE", "/ari/playbacks/p").await;
            probe.wait_for("PlaybackFinished", "q").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "playbacks with the same id",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request("POST", "/ari/channels/a/play/p?media=sound:tt-monkeys")
                .await;
            probe.wait_for("PlaybackStarted", "p").await;
            probe.pause(300).await;
            probe
                .request("POST", "/ari/channels/a/play/p?media=sound:demo-congrats")
                .await;
            probe.request("DELETE", "/ari/playbacks/p").await;
            probe.wait_for("PlaybackStarted", "p").await;
            probe.pause(300).await;
            probe.request("GET", "/ari/playbacks/p").await;
            probe.request("DELETE", "/ari/playbacks/p").await;
            probe.wait_for("PlaybackFinished", "p").await;
            // The event is sent shortly before the playback is removed.
            probe.pause(200).await;
            probe.request("DELETE", "/ari/playbacks/p").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "missing and invalid media",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request("POST", "/ari/channels/a/play/p?media=sound:missing")
                .await;
            probe.wait_for("PlaybackFinished", "p").await;
            probe
                .request(
                    "POST",
                    "/ari/channels/a/play/q?media=sound:missing,sound:beep",
                )
                .await;
            probe.wait_for("PlaybackFinished", "q").await;
            for (id, media) in [
                ("r", "nonsense:x"),
                ("s", "recording:missing"),
                ("t", "number:x"),
                ("u", "x"),
            ] {
                probe
                    .request("POST", &format!("/ari/channels/a/play/{id}?media={media}"))
                    .await;
                probe.wait_for("PlaybackStarted", id).await;
            }
            probe.request("POST", "/ari/channels/a/play").await;
            hang_up(probe, "a").await;
        }),
    )
    .varying("a real server may or may not have skipped missing media before it responds"),
    Scenario::new(
        "a hangup ends current and queued playbacks",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request("POST", "/ari/channels/a/play/p?media=sound:tt-monkeys")
                .await;
            probe.wait_for("PlaybackStarted", "p").await;
            probe
                .request("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.pause(200).await;
            hang_up(probe, "a").await;
        }),
    ),
];
