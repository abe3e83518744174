//! Scenarios for operations on a channel in an application.

use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "DTMF keys",
        scenario!(probe, {
            originate(probe, "a", "Local/echo@testari").await;
            probe.request("POST", "/ari/channels/a/dtmf?dtmf=12").await;
            probe.pause(900).await;
            probe.request("POST", "/ari/channels/a/dtmf").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "simple operations on a channel",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            for (method, what) in [
                ("POST", "ring"),
                ("DELETE", "ring"),
                ("POST", "mute?direction=both"),
                ("DELETE", "mute?direction=both"),
                ("POST", "mute"),
                ("POST", "mute?direction=x"),
                ("POST", "hold"),
                ("DELETE", "hold"),
                ("POST", "moh"),
                ("DELETE", "moh"),
                ("POST", "silence"),
                ("DELETE", "silence"),
                ("POST", "answer"),
                ("GET", "rtp_statistics"),
                ("POST", "progress"),
                ("POST", "dial"),
                ("POST", "redirect"),
                ("POST", "redirect?endpoint=x"),
                ("POST", "redirect?endpoint=No/x"),
                ("POST", "continue?label=x"),
            ] {
                probe
                    .request(method, &format!("/ari/channels/a/{what}"))
                    .await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "snooping",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request(
                    "POST",
                    "/ari/channels/a/snoop/s?app=hello&spy=both&appArgs=x",
                )
                .await;
            probe.wait_for("StasisStart", "s").await;
            hang_up(probe, "s").await;
            for query in ["", "app=hello", "app=hello&spy=none", "spy=both"] {
                probe
                    .request("POST", &format!("/ari/channels/a/snoop?{query}"))
                    .await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "external media",
        scenario!(probe, {
            let target = "/ari/channels/externalMedia?app=hello&external_host=127.0.0.1:19999&format=ulaw&channelId=m";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "m").await;
            hang_up(probe, "m").await;
            for query in ["app=hello", "app=hello&external_host=x"] {
                probe
                    .request("POST", &format!("/ari/channels/externalMedia?{query}"))
                    .await;
            }
        }),
    ),
];
