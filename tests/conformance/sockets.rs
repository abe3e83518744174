//! Scenarios for WebSockets and the delivery of events to them.

use serde_json::json;

use super::probe::{hang_up, originate};
use super::scenario::{Scenario, scenario};

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new(
        "an application that is subscribed to everything",
        scenario!(probe, {
            probe.connect("all", "app=all&subscribeAll=true").await;
            probe.request("GET", "/ari/applications/all").await;
            originate(probe, "a", "Local/1@testari").await;
            probe.request("POST", "/ari/bridges/x?type=mixing").await;
            probe
                .request("POST", "/ari/bridges/x/addChannel?channel=a")
                .await;
            probe.wait_for("ChannelEnteredBridge", "a").await;
            probe
                .request("PUT", "/ari/deviceStates/Stasis:l?deviceState=BUSY")
                .await;
            probe.request("DELETE", "/ari/deviceStates/Stasis:l").await;
            probe.pause(200).await;
            hang_up(probe, "a").await;
            probe.request("DELETE", "/ari/bridges/x").await;
            probe.pause(300).await;
            probe.close("all");
            probe.pause(300).await;
            probe.request("GET", "/ari/applications/all").await;
        }),
    ),
    Scenario::new(
        "takeover keeps subscriptions",
        scenario!(probe, {
            probe.connect("first", "app=taken").await;
            probe.connect("second", "app=taken&subscribeAll=true").await;
            probe.wait_for("ApplicationReplaced", "").await;
            probe.request("GET", "/ari/applications/taken").await;
            probe
                .connect("third", "app=everything&subscribeAll=true")
                .await;
            probe.connect("fourth", "app=everything").await;
            probe.wait_for("ApplicationReplaced", "").await;
            probe.request("GET", "/ari/applications/everything").await;
            probe.request("POST", "/ari/bridges/x?type=mixing").await;
            probe.request("DELETE", "/ari/bridges/x").await;
            probe.pause(200).await;
        }),
    ),
    Scenario::new(
        "one socket for several applications",
        scenario!(probe, {
            probe.connect("both", "app=one,two").await;
            probe.request("GET", "/ari/applications/one").await;
            for (id, app) in [("a", "one"), ("b", "two")] {
                let target =
                    format!("/ari/channels?endpoint=Local/1@testari&app={app}&channelId={id}");
                probe.request("POST", &target).await;
                probe.wait_for("StasisStart", id).await;
                probe.pause(650).await;
                hang_up(probe, id).await;
            }
            probe.connect("again", "app=two").await;
            probe.wait_for("ApplicationReplaced", "").await;
            for app in ["one", "two"] {
                probe
                    .request("POST", &format!("/ari/events/user/E?application={app}"))
                    .await;
            }
            probe.pause(200).await;
            probe.close("both");
            probe.pause(300).await;
            for app in ["one", "two"] {
                probe
                    .request("GET", &format!("/ari/applications/{app}"))
                    .await;
            }
        }),
    ),
    Scenario::new(
        "requests over a WebSocket that has lost its application",
        scenario!(probe, {
            let ping = |id: &str| {
                json!({"type": "RESTRequest", "request_id": id, "method": "GET", "uri": "asterisk/ping"})
                    .to_string()
            };
            probe.connect("old", "app=lost,kept").await;
            probe.send("old", &ping("has it"));
            probe.pause(200).await;
            probe.connect("new", "app=lost").await;
            probe.wait_for("ApplicationReplaced", "").await;
            for name in ["old", "new"] {
                probe.send(name, &ping(name));
                probe.pause(200).await;
            }
            probe.close("new");
            probe.pause(200).await;
            probe.send("old", &ping("nobody has it"));
            probe.pause(200).await;
        }),
    ),
    Scenario::new(
        "requests over a WebSocket, for files and with bodies",
        scenario!(probe, {
            originate(probe, "a", "Local/tone@testari").await;
            probe
                .request("POST", "/ari/channels/a/record?name=w&format=wav")
                .await;
            probe.wait_for("RecordingStarted", "w").await;
            probe.pause(200).await;
            probe.request("POST", "/ari/recordings/live/w/stop").await;
            probe.wait_for("RecordingFinished", "w").await;
            probe.pause(100).await;
            let variable = |kind: &str, body: &str| {
                json!({"type": "RESTRequest", "method": "POST", "uri": "asterisk/variable",
                    "content_type": kind, "message_body": body})
            };
            for request in [
                json!({"type": "RESTRequest", "method": "GET", "uri": "recordings/stored/w"}),
                json!({"type": "RESTRequest", "method": "GET", "uri": "recordings/stored/w/file"}),
                json!({"type": "RESTRequest", "method": "GET", "uri": "recordings/stored/nope/file"}),
                json!({"type": "RESTRequest", "method": "POST", "uri": "recordings/stored/w/file"}),
                variable("application/json", "{\"variable\":\"x\",\"value\":\"1\"}"),
                variable("application/json; charset=utf-8", "{\"variable\":\"x\"}"),
                variable("application/json;charset=utf-8", "{\"variable\":\"x\"}"),
                variable("APPLICATION/JSON", "{\"variable\":\"x\"}"),
                variable("text/plain", "{\"variable\":\"x\"}"),
                variable("application/x-www-form-urlencoded", "variable=x"),
                variable("", "{\"variable\":\"x\"}"),
                variable("application/json", ""),
                variable("application/json", "[1]"),
                variable("application/json", "3"),
            ] {
                probe.send("hello", &request.to_string());
                if probe.is_newer() {
                    probe.wait_for("RESTResponse", "").await;
                }
            }
            probe.request("DELETE", "/ari/recordings/stored/w").await;
            hang_up(probe, "a").await;
        }),
    ),
    Scenario::new(
        "requests over the WebSocket of a read-only user",
        scenario!(probe, {
            probe
                .connect_as("reader", "Basic cmVhZGVyOnJlYWRtZQ==", "app=reader")
                .await;
            for (method, uri) in [
                ("GET", "channels"),
                ("POST", "bridges"),
                ("DELETE", "channels/nope"),
                ("POST", "nope"),
                ("GET", "nope"),
                ("PUT", "asterisk/ping"),
                ("OPTIONS", "channels"),
            ] {
                let request = json!({"type": "RESTRequest", "method": method, "uri": uri});
                probe.send("reader", &request.to_string());
                if probe.is_newer() {
                    probe.wait_for("RESTResponse", "").await;
                }
            }
        }),
    ),
    Scenario::new(
        "rejected WebSocket handshakes",
        scenario!(probe, {
            for query in [
                "",
                "app=",
                "app=,",
                "app=x,",
                "app=,x",
                "app=x,,y",
                "app=%20",
                "apps=x",
                "subscribeAll=true",
                "app=x&api_key=reader:wrong",
            ] {
                probe.open_websocket(query, &[]).await;
            }
            for headers in [
                &["Sec-WebSocket-Protocol: other"][..],
                &["Sec-WebSocket-Protocol: other, ari"],
                &["Sec-WebSocket-Version: 5"],
            ] {
                probe.open_websocket("app=x", headers).await;
            }
            probe.pause(300).await;
            probe.request("GET", "/ari/applications/x").await;
        }),
    ),
];
