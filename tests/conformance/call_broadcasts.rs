//! Scenarios for calls that are broadcast to applications.

use super::probe::Probe;
use super::scenario::{Scenario, scenario};

async fn broadcast(probe: &mut Probe, extension: &str) {
    let target = format!(
        "/ari/channels?endpoint=Local/{extension}@testari&extension=1&context=testari&channelId=a"
    );
    probe.request("POST", &target).await;
    if probe.is_newer() {
        probe.wait_for("CallBroadcast", "a;2").await;
    } else {
        // 16 does not have this dialplan application. It ends the call without an event.
        probe.pause(300).await;
    }
}

async fn claim(probe: &mut Probe, app: &str) {
    let target = format!("/ari/events/claim?channelId=a;2&application={app}");
    probe.request("POST", &target).await;
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "a claim for an application that is not registered",
        scenario!(probe, {
            broadcast(probe, "offer").await;
            claim(probe, "nobody").await;
            claim(probe, "hello").await;
            probe.pause(700).await;
            probe.request("GET", "/ari/channels/a;2").await;
            probe.request("DELETE", "/ari/channels/a").await;
            probe.pause(300).await;
        }),
    )
    .varying("22 does not report a claim if the immediate hangup of its channel is faster"),
    Scenario::new(
        "a broadcast call that is hung up",
        scenario!(probe, {
            broadcast(probe, "offer").await;
            probe.request("DELETE", "/ari/channels/a;2").await;
            probe.pause(300).await;
            claim(probe, "hello").await;
        }),
    ),
    Scenario::new(
        "a call that is broadcast to some applications, with arguments",
        scenario!(probe, {
            probe.connect("sales", "app=sales").await;
            probe.connect("support", "app=support").await;
            broadcast(probe, "sales").await;
            if probe.is_newer() {
                claim(probe, "sales").await;
                probe.wait_for("StasisStart", "a;2").await;
                claim(probe, "support").await;
            }
            probe.pause(300).await;
            probe.request("DELETE", "/ari/channels/a;2").await;
            probe.pause(300).await;
        }),
    ),
    Scenario::new(
        "a broadcast call that nobody claims",
        scenario!(probe, {
            broadcast(probe, "unwanted").await;
            probe.pause(900).await;
            claim(probe, "hello").await;
        }),
    ),
];
