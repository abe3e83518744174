//! Scenarios for calls: originated, answered or not, and ended.

use super::allowed_differences;
use super::probe::hang_up;
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "tutorial",
        scenario!(probe, {
            let target =
                "/ari/channels?endpoint=Local/1@testari&app=hello&appArgs=world&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a").await;
            probe.request("POST", "/ari/channels/a/answer").await;
            probe
                .request(
                    "POST",
                    "/ari/channels/a/play/p?media=sound:hello-world&lang=en",
                )
                .await;
            probe.wait_for("PlaybackFinished", "p").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "originate, answered by SIP",
        scenario!(probe, {
            let target = "/ari/channels?endpoint=PJSIP/1@loop&app=hello&channelId=a&callerId=Bob%20%3C200%3E";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a").await;
            probe.request("DELETE", "/ari/channels/a?reason=busy").await;
            probe.wait_for("ChannelDestroyed", "a").await;
        }),
    ),
    Scenario::new(
        "originate, busy by SIP",
        scenario!(probe, {
            let target = "/ari/channels?endpoint=PJSIP/busy@loop&app=hello&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("ChannelDestroyed", "a").await;
        }),
    ),
    Scenario::new(
        "originate, busy",
        scenario!(probe, {
            probe.allow(&allowed_differences::BUSY_HALF);
            let target = "/ari/channels?endpoint=Local/busy@testari&app=hello&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("ChannelDestroyed", "a").await;
            // The other half plays its tone to the end.
            probe.pause(1200).await;
        }),
    ),
    Scenario::new(
        "originate, no answer",
        scenario!(probe, {
            for (id, endpoint) in [("a", "Local/ring@testari"), ("b", "PJSIP/ring@loop")] {
                let target =
                    format!("/ari/channels?endpoint={endpoint}&app=hello&channelId={id}&timeout=1");
                probe.request("POST", &target).await;
                probe.wait_for("ChannelDestroyed", id).await;
            }
        }),
    ),
    Scenario::new(
        "originate, no such extension",
        scenario!(probe, {
            for (id, endpoint) in [("a", "Local/no-such@testari"), ("b", "PJSIP/no-such@loop")] {
                let target =
                    format!("/ari/channels?endpoint={endpoint}&app=hello&channelId={id}&timeout=5");
                probe.request("POST", &target).await;
                probe.pause(700).await;
            }
        }),
    ),
    Scenario::new(
        "the far end hangs up",
        scenario!(probe, {
            // The cause of Local channels is 0 or 16, depending on which half is faster.
            probe.allow(&allowed_differences::HANGUP_CAUSES);
            for (id, endpoint) in [("a", "Local/brief@testari"), ("b", "PJSIP/brief@loop")] {
                let target = format!("/ari/channels?endpoint={endpoint}&app=hello&channelId={id}");
                probe.request("POST", &target).await;
                probe.wait_for("ChannelDestroyed", id).await;
            }
        }),
    ),
    Scenario::new(
        "create and dial",
        scenario!(probe, {
            for (id, extension) in [("a", "1"), ("b", "busy"), ("c", "ring")] {
                let target = format!(
                    "/ari/channels/create?endpoint=Local/{extension}@testari&app=hello&appArgs=x,y&channelId={id}"
                );
                probe.request("POST", &target).await;
                probe.wait_for("StasisStart", id).await;
                let limit = if extension == "ring" { 1 } else { 9 };
                probe
                    .request("POST", &format!("/ari/channels/{id}/dial?timeout={limit}"))
                    .await;
                match extension {
                    "1" => {
                        probe.pause(650).await;
                        hang_up(probe, id).await;
                    }
                    _ => {
                        probe.wait_for("ChannelDestroyed", id).await;
                    }
                }
            }
        }),
    ),
    Scenario::new(
        "a created channel is not up",
        scenario!(probe, {
            probe
                .request(
                    "POST",
                    "/ari/channels/create?endpoint=Local/1@testari&app=hello&channelId=a",
                )
                .await;
            probe.wait_for("StasisStart", "a").await;
            probe.request("POST", "/ari/channels/a/answer").await;
            probe
                .request("POST", "/ari/channels/a/play?media=sound:beep")
                .await;
            probe.request("GET", "/ari/applications/hello").await;
            probe.request("DELETE", "/ari/channels/a?reason=busy").await;
            probe.wait_for("ChannelDestroyed", "a").await;
        }),
    ),
    Scenario::new(
        "from the dialplan and back",
        scenario!(probe, {
            let target = "/ari/channels?endpoint=Local/stasis@testari&extension=1&context=testari&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a;2").await;
            probe
                .request(
                    "POST",
                    "/ari/channels/a;2/continue?context=testari&extension=brief&priority=1",
                )
                .await;
            probe.wait_for("StasisEnd", "a;2").await;
            probe.pause(1500).await;
            probe.request("GET", "/ari/channels/a").await;
        }),
    ),
];
