//! Scenarios for recordings.

use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[Scenario::new(
    "a recording and its file",
    scenario!(probe, {
        originate(probe, "a", "Local/tone@testari").await;
        probe
            .request(
                "POST",
                "/ari/channels/a/record?name=dir/r&format=wav&maxDurationSeconds=30",
            )
            .await;
        probe.wait_for("RecordingStarted", "dir/r").await;
        probe
            .request("POST", "/ari/recordings/live/dir%2Fr/pause")
            .await;
        probe.request("GET", "/ari/recordings/live/dir%2Fr").await;
        probe
            .request("DELETE", "/ari/recordings/live/dir%2Fr/pause")
            .await;
        probe
            .request("POST", "/ari/channels/a/record?name=dir/r&format=wav")
            .await;
        probe.pause(300).await;
        probe
            .request("POST", "/ari/recordings/live/dir%2Fr/stop")
            .await;
        probe.wait_for("RecordingFinished", "dir/r").await;
        probe.request("GET", "/ari/recordings/stored").await;
        probe.request("GET", "/ari/recordings/stored/dir%2Fr").await;
        probe
            .request("GET", "/ari/recordings/stored/dir%2Fr/file")
            .await;
        for _ in 0..2 {
            probe
                .request(
                    "POST",
                    "/ari/recordings/stored/dir%2Fr/copy?destinationRecordingName=c",
                )
                .await;
        }
        for name in ["c", "c", "dir%2Fr"] {
            probe
                .request("DELETE", &format!("/ari/recordings/stored/{name}"))
                .await;
        }
        probe
            .request(
                "POST",
                "/ari/channels/a/record?name=s&format=wav&maxSilenceSeconds=20",
            )
            .await;
        probe.wait_for("RecordingStarted", "s").await;
        probe.pause(200).await;
        probe.request("DELETE", "/ari/recordings/live/s").await;
        probe.wait_for("RecordingFinished", "s").await;
        probe.pause(100).await;
        probe.request("GET", "/ari/recordings/stored").await;
        hang_up(probe, "a").await;
    }),
)];
