//! Scenarios for subscriptions and their lifetime.

use serde_json::json;

use super::probe::{Probe, hang_up, originate};
use super::scenario::{Scenario, scenario};

async fn change_subscription(probe: &mut Probe, app: &str, method: &str, source: &str) {
    let target = format!("/ari/applications/{app}/subscription?eventSource={source}");
    probe.request(method, &target).await;
}

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "sources before an invalid one are subscribed to",
        scenario!(probe, {
            probe.connect("front", "app=front").await;
            for (method, sources) in [
                (
                    "POST",
                    "endpoint:PJSIP/loop,bridge:nope,deviceState:Stasis:l",
                ),
                ("POST", "deviceState:Stasis:l,nonsense:x"),
                ("DELETE", "endpoint:PJSIP/loop,bridge:nope"),
                ("DELETE", "deviceState:Stasis:l,endpoint:PJSIP/loop"),
            ] {
                change_subscription(probe, "front", method, sources).await;
                probe.request("GET", "/ari/applications/front").await;
            }
        }),
    ),
    Scenario::new(
        "subscriptions are counted",
        scenario!(probe, {
            probe.connect("counted", "app=counted").await;
            originate(probe, "a", "Local/1@testari").await;
            for method in ["POST", "POST", "DELETE", "DELETE", "DELETE"] {
                change_subscription(probe, "counted", method, "channel:a").await;
            }
            for method in ["POST", "POST", "DELETE", "DELETE", "DELETE"] {
                change_subscription(probe, "counted", method, "deviceState:Stasis:l").await;
            }
            for method in ["POST", "POST", "DELETE", "DELETE", "DELETE"] {
                change_subscription(probe, "counted", method, "endpoint:PJSIP/loop").await;
            }
            // The subscription that the application got with its channel counts, too.
            let target = "/ari/applications/hello/subscription?eventSource=channel:a";
            probe.request("POST", target).await;
            probe.request("DELETE", target).await;
            probe
                .request("POST", "/ari/channels/a/play/p?media=sound:beep")
                .await;
            probe.wait_for("PlaybackFinished", "p").await;
            probe.request("DELETE", target).await;
            probe
                .request("POST", "/ari/channels/a/play/q?media=sound:beep")
                .await;
            probe.pause(700).await;
            probe.request("DELETE", "/ari/channels/a").await;
            probe.pause(300).await;
        }),
    ),
    Scenario::new(
        "a subscription to all endpoints is none to their channels",
        scenario!(probe, {
            probe.connect("lines", "app=lines").await;
            change_subscription(probe, "lines", "POST", "endpoint:").await;
            let target = "/ari/channels?endpoint=PJSIP/1@loop&app=hello&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a").await;
            probe.pause(650).await;
            probe.request("DELETE", "/ari/channels/a").await;
            probe.pause(300).await;
        }),
    ),
    Scenario::new(
        "subscriptions to everything",
        scenario!(probe, {
            probe.connect("whole", "app=whole").await;
            for source in [
                "channel:",
                "bridge:",
                "endpoint:",
                "deviceState:",
                "channel:__AST_CHANNEL_ALL_TOPIC",
                "bridge:__AST_BRIDGE_ALL_TOPIC",
                "endpoint:__AST_ENDPOINT_ALL_TOPIC",
                "deviceState:__AST_DEVICE_STATE_ALL_TOPIC",
            ] {
                change_subscription(probe, "whole", "POST", source).await;
                change_subscription(probe, "whole", "DELETE", source).await;
            }
            probe.request("GET", "/ari/applications/whole").await;
        }),
    ),
    Scenario::new(
        "a partly invalid filter",
        scenario!(probe, {
            let target = "/ari/applications/hello/eventFilter";
            for body in [
                json!({"allowed": "x", "disallowed": [{"type": "Dial"}]}),
                json!({"allowed": [{"type": "StasisEnd"}], "disallowed": 1}),
                json!({"allowed": [], "disallowed": []}),
                json!({"allowed": [{"type": 1}]}),
                json!({"allowed": ["StasisStart"]}),
                json!({"allowed": [{"type": "StasisEnd"}, {"x": 1}]}),
                json!({"allowed": null}),
                json!({}),
            ] {
                probe.request_json("PUT", target, body).await;
                probe.request("GET", "/ari/applications/hello").await;
            }
        }),
    ),
    Scenario::new(
        "an application without a socket ends with its last channel",
        scenario!(probe, {
            probe.connect("brief", "app=brief").await;
            let target = "/ari/channels?endpoint=Local/1@testari&app=brief&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a").await;
            probe.pause(650).await;
            probe.close("brief");
            probe.pause(300).await;
            probe.request("GET", "/ari/applications/brief").await;
            probe.request("GET", "/ari/channels/a").await;
            probe.request("DELETE", "/ari/channels/a").await;
            probe.pause(500).await;
            probe.request("GET", "/ari/applications/brief").await;
            // The server checks this when another application connects, disconnects or loses a
            // channel.
            originate(probe, "b", "Local/1@testari").await;
            probe.request("GET", "/ari/applications/brief").await;
            hang_up(probe, "b").await;
            probe.pause(200).await;
            probe.request("GET", "/ari/applications/brief").await;
            probe.connect("another", "app=another").await;
            probe.request("GET", "/ari/applications/brief").await;
            probe.close("another");
            probe.pause(300).await;
            probe.request("GET", "/ari/applications/brief").await;
        }),
    ),
    Scenario::new(
        "an application without a socket that loses its only channel",
        scenario!(probe, {
            probe.connect("sole", "app=sole").await;
            let target = "/ari/channels?endpoint=PJSIP/1@loop&app=sole&channelId=a";
            probe.request("POST", target).await;
            probe.wait_for("StasisStart", "a").await;
            probe.close("sole");
            probe.pause(300).await;
            probe.request("GET", "/ari/applications/sole").await;
            probe.request("DELETE", "/ari/channels/a").await;
            probe.pause(500).await;
            probe.request("GET", "/ari/applications/sole").await;
        }),
    ),
    Scenario::new(
        "an application without a socket that is subscribed to all channels",
        scenario!(probe, {
            probe.connect("hears", "app=hears").await;
            change_subscription(probe, "hears", "POST", "channel:").await;
            probe.close("hears");
            probe.pause(300).await;
            probe.request("GET", "/ari/applications/hears").await;
        }),
    ),
    Scenario::new(
        "an application without a socket that is unsubscribed",
        scenario!(probe, {
            probe.connect("sub", "app=sub").await;
            let target = "/ari/applications/sub/subscription?eventSource=endpoint:PJSIP/loop";
            probe.request("POST", target).await;
            probe.close("sub");
            probe.pause(300).await;
            probe.request("GET", "/ari/applications/sub").await;
            probe.request("DELETE", target).await;
            probe.request("GET", "/ari/applications/sub").await;
        }),
    ),
];
