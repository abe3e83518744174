//! Scenarios for recordings.

use super::probe::{call, hang_up};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[Scenario::new(
    "a recording and its file",
    scenario!(probe, {
        call(probe, "a", "Local/tone@testari").await;
        probe
            .call(
                "POST",
                "/ari/channels/a/record?name=dir/r&format=wav&maxDurationSeconds=30",
            )
            .await;
        probe.wait("RecordingStarted", "dir/r").await;
        probe
            .call("POST", "/ari/recordings/live/dir%2Fr/pause")
            .await;
        probe.call("GET", "/ari/recordings/live/dir%2Fr").await;
        probe
            .call("DELETE", "/ari/recordings/live/dir%2Fr/pause")
            .await;
        probe
            .call("POST", "/ari/channels/a/record?name=dir/r&format=wav")
            .await;
        probe.pause(300).await;
        probe
            .call("POST", "/ari/recordings/live/dir%2Fr/stop")
            .await;
        probe.wait("RecordingFinished", "dir/r").await;
        probe.call("GET", "/ari/recordings/stored").await;
        probe.call("GET", "/ari/recordings/stored/dir%2Fr").await;
        probe
            .call("GET", "/ari/recordings/stored/dir%2Fr/file")
            .await;
        for _ in 0..2 {
            probe
                .call(
                    "POST",
                    "/ari/recordings/stored/dir%2Fr/copy?destinationRecordingName=c",
                )
                .await;
        }
        for name in ["c", "c", "dir%2Fr"] {
            probe
                .call("DELETE", &format!("/ari/recordings/stored/{name}"))
                .await;
        }
        probe
            .call(
                "POST",
                "/ari/channels/a/record?name=s&format=wav&maxSilenceSeconds=20",
            )
            .await;
        probe.wait("RecordingStarted", "s").await;
        probe.pause(200).await;
        probe.call("DELETE", "/ari/recordings/live/s").await;
        probe.wait("RecordingFinished", "s").await;
        probe.pause(100).await;
        probe.call("GET", "/ari/recordings/stored").await;
        hang_up(probe, "a").await;
    }),
)];
