//! Scenarios for snoop channels.

use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "snoop channels end with the call",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            for id in ["s", "t"] {
                let target = format!("/ari/channels/a/snoop/{id}?app=hello&spy=both&whisper=out");
                probe.request("POST", &target).await;
                probe.wait_for("StasisStart", id).await;
            }
            probe.pause(300).await;
            hang_up(probe, "s").await;
            probe.request("GET", "/ari/channels/a").await;
            probe.request("DELETE", "/ari/channels/a").await;
            probe.wait_for("ChannelDestroyed", "t").await;
            probe.request("GET", "/ari/channels/t").await;
        }),
    ),
    Scenario::new(
        "a snoop channel in a bridge ends with the call",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request("POST", "/ari/channels/a/snoop/s?app=hello&spy=in")
                .await;
            probe.wait_for("StasisStart", "s").await;
            probe.request("POST", "/ari/bridges/x?type=mixing").await;
            probe
                .request("POST", "/ari/bridges/x/addChannel?channel=s")
                .await;
            probe.wait_for("ChannelEnteredBridge", "s").await;
            probe.request("DELETE", "/ari/channels/a").await;
            probe.wait_for("ChannelDestroyed", "s").await;
            probe.request("DELETE", "/ari/bridges/x").await;
        }),
    ),
];
