//! Scenarios for applications and the events that they receive.

use super::allowed_differences;
use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};
use serde_json::json;

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "moving from one application to another",
        scenario!(probe, {
            probe.connect("other", "app=other").await;
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request("POST", "/ari/channels/a/move?app=nobody&appArgs=x,y")
                .await;
            probe.wait_for("ApplicationMoveFailed", "a").await;
            probe
                .request("POST", "/ari/channels/a/move?app=other&appArgs=x")
                .await;
            probe.wait_for("StasisStart", "a").await;
            probe.request("GET", "/ari/applications").await;
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
                probe.request_json("PUT", target, body).await;
            }
            originate(probe, "a", "Local/1@testari").await;
            hang_up(probe, "a").await;
            probe
                .request_json("PUT", target, json!({"allowed": [], "disallowed": []}))
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
                        .request(
                            method,
                            &format!("/ari/applications/subs/subscription?eventSource={source}"),
                        )
                        .await;
                }
            }
            probe
                .request("POST", "/ari/applications/subs/subscription")
                .await;
            probe
                .request(
                    "POST",
                    "/ari/applications/nobody/subscription?eventSource=bridge:",
                )
                .await;
            probe.request("POST", "/ari/applications/subs/subscription?eventSource=channel:,bridge:,deviceState:Stasis:l").await;
            probe
                .request("PUT", "/ari/deviceStates/Stasis:l?deviceState=BUSY")
                .await;
            probe.request("GET", "/ari/deviceStates/Stasis:l").await;
            probe.request("DELETE", "/ari/deviceStates/Stasis:l").await;
            probe.request("POST", "/ari/bridges/s?type=mixing").await;
            probe.request("DELETE", "/ari/bridges/s").await;
            // The other half is still answering while it is hung up.
            probe.allow(&allowed_differences::UNANSWERED_HALF);
            probe
                .request(
                    "POST",
                    "/ari/channels?endpoint=Local/1@testari&app=nobody&channelId=a",
                )
                .await;
            probe.wait_for("ChannelDestroyed", "a").await;
        }),
    ),
    Scenario::new(
        "an application is replaced",
        scenario!(probe, {
            probe.connect("again", "app=hello").await;
            probe.wait_for("ApplicationReplaced", "").await;
            probe
                .request("POST", "/ari/events/user/E?application=hello")
                .await;
            probe.pause(200).await;
        }),
    ),
    Scenario::new(
        "an application that disconnects",
        scenario!(probe, {
            probe.connect("brief", "app=brief").await;
            probe.request("GET", "/ari/applications/brief").await;
            probe.close("brief");
            probe.pause(300).await;
            probe.request("GET", "/ari/applications/brief").await;
        }),
    ),
    Scenario::new(
        "user events",
        scenario!(probe, {
            originate(probe, "a", "Local/1@testari").await;
            probe
                .request_json(
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
                    .request("POST", &format!("/ari/events/user/E?{query}"))
                    .await;
            }
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "a broadcast call",
        scenario!(probe, {
            // The extension is missing for 16, which has no `StasisBroadcast`.
            if probe.is_newer() {
                let target = "/ari/channels?endpoint=Local/offer@testari&extension=1&context=testari&channelId=a";
                probe.request("POST", target).await;
                probe.wait_for("CallBroadcast", "a;2").await;
                for _ in 0..2 {
                    probe
                        .request("POST", "/ari/events/claim?channelId=a;2&application=hello")
                        .await;
                }
                probe.wait_for("StasisStart", "a;2").await;
                probe.request("DELETE", "/ari/channels/a;2").await;
                probe.wait_for("StasisEnd", "a;2").await;
            }
        }),
    ),
];
