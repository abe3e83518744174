//! Scenarios for applications and the events that they receive.

use super::known;
use super::probe::{call, hang_up};
use super::scenario::{Scenario, scenario};
use serde_json::json;

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "moving from one application to another",
        scenario!(probe, {
            probe.connect("other", "app=other").await;
            call(probe, "a", "Local/1@testari").await;
            probe
                .call("POST", "/ari/channels/a/move?app=nobody&appArgs=x,y")
                .await;
            probe.wait("ApplicationMoveFailed", "a").await;
            probe
                .call("POST", "/ari/channels/a/move?app=other&appArgs=x")
                .await;
            probe.wait("StasisStart", "a").await;
            probe.call("GET", "/ari/applications").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "filters",
        scenario!(probe, {
            let target = "/ari/applications/hello/eventFilter";
            for body in [
                json!({"allowed": [{"type": "StasisEnd"}]}),
                json!({"filter": {"allowed": []}}),
                json!({"allowed": "x"}),
                json!({"allowed": [{"x": 1}]}),
                json!([1]),
                json!({}),
                json!({"disallowed": [{"type": "Dial"}]}),
            ] {
                probe.json("PUT", target, body).await;
            }
            call(probe, "a", "Local/1@testari").await;
            hang_up(probe, "a").await;
            probe
                .json("PUT", target, json!({"allowed": [], "disallowed": []}))
                .await;
        }),
    ),
    Scenario::new(
        "subscriptions",
        scenario!(probe, {
            // An application of its own, because 16 keeps its subscriptions beyond the scenario.
            probe.connect("subs", "app=subs").await;
            for source in [
                "x",
                "bridge:nope",
                "channel:nope",
                "endpoint:nope",
                "endpoint:PJSIP/loop",
                "endpoint:PJSIP",
                "deviceState:Stasis:l",
                "",
            ] {
                for method in ["POST", "DELETE"] {
                    probe
                        .call(
                            method,
                            &format!("/ari/applications/subs/subscription?eventSource={source}"),
                        )
                        .await;
                }
            }
            probe
                .call("POST", "/ari/applications/subs/subscription")
                .await;
            probe
                .call(
                    "POST",
                    "/ari/applications/nobody/subscription?eventSource=bridge:",
                )
                .await;
            probe.call("POST", "/ari/applications/subs/subscription?eventSource=channel:,bridge:,deviceState:Stasis:l").await;
            probe
                .call("PUT", "/ari/deviceStates/Stasis:l?deviceState=BUSY")
                .await;
            probe.call("GET", "/ari/deviceStates/Stasis:l").await;
            probe.call("DELETE", "/ari/deviceStates/Stasis:l").await;
            probe.call("POST", "/ari/bridges/s?type=mixing").await;
            probe.call("DELETE", "/ari/bridges/s").await;
            // The other half is still answering while it is hung up.
            probe.allow(&known::OTHER_HALF);
            probe
                .call(
                    "POST",
                    "/ari/channels?endpoint=Local/1@testari&app=nobody&channelId=a",
                )
                .await;
            probe.wait("ChannelDestroyed", "a").await;
        }),
    ),
    Scenario::new(
        "an application is replaced",
        scenario!(probe, {
            probe.connect("again", "app=hello").await;
            probe.wait("ApplicationReplaced", "").await;
            probe
                .call("POST", "/ari/events/user/E?application=hello")
                .await;
            probe.pause(200).await;
        }),
    ),
    Scenario::new(
        "an application that disconnects",
        scenario!(probe, {
            probe.connect("brief", "app=brief").await;
            probe.call("GET", "/ari/applications/brief").await;
            probe.close("brief");
            probe.pause(300).await;
            probe.call("GET", "/ari/applications/brief").await;
        }),
    ),
    Scenario::new(
        "user events",
        scenario!(probe, {
            call(probe, "a", "Local/1@testari").await;
            probe
                .json(
                    "POST",
                    "/ari/events/user/E?application=hello",
                    json!({"variables": {"k": 1}}),
                )
                .await;
            for query in [
                "application=hello&source=channel:a",
                "application=nope",
                "",
                "application=hello&source=x:a",
                "application=hello&source=endpoint:PJSIP/nope",
            ] {
                probe
                    .call("POST", &format!("/ari/events/user/E?{query}"))
                    .await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "a broadcast call",
        scenario!(probe, {
            // The extension is missing for 16, which has no `StasisBroadcast`.
            if probe.newer() {
                let target = "/ari/channels?endpoint=Local/offer@testari&extension=1&context=testari&channelId=a";
                probe.call("POST", target).await;
                probe.wait("CallBroadcast", "a;2").await;
                for _ in 0..2 {
                    probe
                        .call("POST", "/ari/events/claim?channelId=a;2&application=hello")
                        .await;
                }
                probe.wait("StasisStart", "a;2").await;
                probe.call("DELETE", "/ari/channels/a;2").await;
                probe.wait("StasisEnd", "a;2").await;
            }
        }),
    ),
];
