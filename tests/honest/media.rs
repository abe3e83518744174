//! Scenarios for playbacks.

use super::probe::{call, hang_up};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "a list of media, stopped midway",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .call(
                    "POST",
                    "/ari/channels/a/play/p?media=sound:beep,sound:tt-monkeys,sound:beep",
                )
                .await;
            probe.wait("PlaybackContinuing", "p").await;
            probe.pause(500).await;
            probe.call("GET", "/ari/playbacks/p").await;
            probe
                .call("POST", "/ari/playbacks/p/control?operation=pause")
                .await;
            probe
                .call("POST", "/ari/playbacks/p/control?operation=unpause")
                .await;
            probe.call("DELETE", "/ari/playbacks/p").await;
            probe.wait("PlaybackFinished", "p").await;
            // The event is sent shortly before the playback is removed.
            probe.pause(200).await;
            probe.call("GET", "/ari/playbacks/p").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "playbacks are queued",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .call("POST", "/ari/channels/a/play/p?media=sound:tt-monkeys")
                .await;
            probe.wait("PlaybackStarted", "p").await;
            probe.pause(300).await;
            probe
                .call("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe
                .call("POST", "/ari/playbacks/q/control?operation=pause")
                .await;
            probe.call("DELETE", "/ari/playbacks/q").await;
            probe.call("DELETE", "/ari/playbacks/p").await;
            probe.wait("PlaybackFinished", "q").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "missing and invalid media",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .call("POST", "/ari/channels/a/play/p?media=sound:missing")
                .await;
            probe.wait("PlaybackFinished", "p").await;
            probe
                .call(
                    "POST",
                    "/ari/channels/a/play/q?media=sound:missing,sound:beep",
                )
                .await;
            probe.wait("PlaybackFinished", "q").await;
            for (id, media) in [
                ("r", "nonsense:x"),
                ("s", "recording:missing"),
                ("t", "number:x"),
                ("u", "x"),
            ] {
                probe
                    .call("POST", &format!("/ari/channels/a/play/{id}?media={media}"))
                    .await;
                probe.wait("PlaybackStarted", id).await;
            }
            probe.call("POST", "/ari/channels/a/play").await;
            hang_up(probe, "a").await;
        }),
    )
    .racing("a real server may or may not have skipped missing media before it responds"),
    Scenario::new(
        "a hangup ends current and queued playbacks",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .call("POST", "/ari/channels/a/play/p?media=sound:tt-monkeys")
                .await;
            probe.wait("PlaybackStarted", "p").await;
            probe
                .call("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.pause(200).await;
            hang_up(probe, "a").await;
        }),
    ),
];
