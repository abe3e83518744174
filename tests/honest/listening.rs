//! Scenarios for snoop channels.

use super::probe::{call, hang_up};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "snoop channels end with the call",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            for id in ["s", "t"] {
                let target = format!("/ari/channels/a/snoop/{id}?app=hello&spy=both&whisper=out");
                probe.call("POST", &target).await;
                probe.wait("StasisStart", id).await;
            }
            probe.pause(300).await;
            hang_up(probe, "s").await;
            probe.call("GET", "/ari/channels/a").await;
            probe.call("DELETE", "/ari/channels/a").await;
            probe.wait("ChannelDestroyed", "t").await;
            probe.call("GET", "/ari/channels/t").await;
        }),
    ),
    Scenario::new(
        "a snoop channel in a bridge ends with the call",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .call("POST", "/ari/channels/a/snoop/s?app=hello&spy=in")
                .await;
            probe.wait("StasisStart", "s").await;
            probe.call("POST", "/ari/bridges/x?type=mixing").await;
            probe
                .call("POST", "/ari/bridges/x/addChannel?channel=s")
                .await;
            probe.wait("ChannelEnteredBridge", "s").await;
            probe.call("DELETE", "/ari/channels/a").await;
            probe.wait("ChannelDestroyed", "s").await;
            probe.call("DELETE", "/ari/bridges/x").await;
        }),
    ),
];
