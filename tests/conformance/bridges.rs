//! Scenarios for bridges.

use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "a bridge of two",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            originate(probe, "b", "Local/echo@testari").await;
            probe
                .request("POST", "/ari/bridges/x?type=mixing&name=both")
                .await;
            probe
                .request("POST", "/ari/bridges/x/addChannel?channel=a,b")
                .await;
            probe.wait_for("ChannelEnteredBridge", "b").await;
            probe.pause(300).await;
            probe.request("GET", "/ari/bridges/x").await;
            probe.request("GET", "/ari/applications/hello").await;
            probe
                .request("POST", "/ari/bridges/x/removeChannel?channel=a")
                .await;
            probe.wait_for("ChannelLeftBridge", "a").await;
            probe
                .request("POST", "/ari/bridges/x/removeChannel?channel=a")
                .await;
            probe.request("DELETE", "/ari/bridges/x").await;
            probe.wait_for("ChannelLeftBridge", "b").await;
            hang_up(probe, "a").await;
            hang_up(probe, "b").await;
        }),
    ),
    Scenario::new(
        "media in a bridge",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            originate(probe, "b", "Local/echo@testari").await;
            probe.request("POST", "/ari/bridges/y?type=mixing").await;
            probe
                .request(
                    "POST",
                    "/ari/applications/hello/subscription?eventSource=bridge:y",
                )
                .await;
            probe
                .request("POST", "/ari/bridges/y/addChannel?channel=a,b")
                .await;
            probe.pause(300).await;
            probe.request("DELETE", "/ari/bridges/y/moh").await;
            probe.request("POST", "/ari/bridges/y/moh").await;
            probe.pause(200).await;
            probe.request("DELETE", "/ari/bridges/y/moh").await;
            probe.pause(200).await;
            probe
                .request("POST", "/ari/bridges/y/play/p?media=sound:beep")
                .await;
            probe.wait_for("PlaybackFinished", "p").await;
            probe.pause(200).await;
            probe.request("DELETE", "/ari/bridges/y").await;
            probe.pause(300).await;
            hang_up(probe, "a").await;
            hang_up(probe, "b").await;
        }),
    ),
    Scenario::new(
        "a hangup in a holding bridge",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe.request("POST", "/ari/bridges/h?type=holding").await;
            probe
                .request("POST", "/ari/bridges/h/addChannel?channel=a&role=announcer")
                .await;
            probe.wait_for("ChannelEnteredBridge", "a").await;
            hang_up(probe, "a").await;
            probe.request("DELETE", "/ari/bridges/h").await;
        }),
    ),
    Scenario::new(
        "a bridge of four",
        scenario!(probe, {
            for id in ["b", "a", "c", "d"] {
                originate(probe, id, "Local/1@testari").await;
            }
            probe.request("POST", "/ari/bridges/x?type=mixing").await;
            for id in ["b", "a", "c", "d"] {
                let target = format!("/ari/bridges/x/addChannel?channel={id}");
                probe.request("POST", &target).await;
                probe.pause(250).await;
                probe.request("GET", "/ari/bridges/x").await;
            }
            for id in ["b", "a", "d"] {
                let target = format!("/ari/bridges/x/removeChannel?channel={id}");
                probe.request("POST", &target).await;
                probe.pause(250).await;
                probe.request("GET", "/ari/bridges/x").await;
            }
            probe.request("DELETE", "/ari/bridges/x").await;
            probe.pause(250).await;
            for id in ["a", "b", "c", "d"] {
                hang_up(probe, id).await;
            }
        }),
    ),
    Scenario::new(
        "formats of announcers and recorders in bridges",
        scenario!(probe, {
            probe.request("POST", "/ari/bridges/f?type=mixing").await;
            for what in [
                "play/p?media=sound:beep&announcer_format=nope",
                "record?name=f&format=wav&recorder_format=nope&ifExists=overwrite",
            ] {
                // 16 does not have these parameters, and would begin.
                if probe.is_newer() {
                    probe
                        .request("POST", &format!("/ari/bridges/f/{what}"))
                        .await;
                }
            }
            probe.request("DELETE", "/ari/bridges/f").await;
        }),
    ),
    Scenario::new(
        "a tone is detected as talking",
        scenario!(probe, {
            originate(probe, "a", "Local/tone@testari").await;
            for value in ["set", "remove"] {
                let target =
                    format!("/ari/channels/a/variable?variable=TALK_DETECT({value})&value=");
                probe.request("POST", &target).await;
                probe.pause(600).await;
            }
            hang_up(probe, "a").await;
        }),
    ),
];
