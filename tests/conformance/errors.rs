//! Scenarios for rejected requests.

use serde_json::json;

use super::probe::Probe;
use super::scenario::Scenario;

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new("requests over the WebSocket", |probe| {
        Box::pin(over_websocket(probe))
    }),
    Scenario::new("rejected requests of every kind", |probe| {
        Box::pin(rejected_requests(probe))
    }),
    Scenario::new("HTTP", |probe| Box::pin(http(probe))),
];

async fn rejected_requests(probe: &mut Probe) {
    let json = "application/json";
    for (kind, body) in [
        (json, "{bad"),
        (json, "[1]"),
        (json, "\"x\""),
        (json, "null"),
        (json, "{\"endpoint\":5}"),
        (json, "{\"endpoint\":\"Local/1@testari\"}"),
        ("application/json; charset=utf-8", "{\"endpoint\":\"x\"}"),
        ("text/plain", "endpoint=Local/1@testari&app=hello"),
        ("application/x-www-form-urlencoded", "endpoint=x&app=hello"),
    ] {
        probe
            .request_with("POST", "/ari/channels", Some((kind, body)))
            .await;
    }
    for variables in [
        json!({"a": 1}),
        json!({"a": null}),
        json!({"a": {"value": 1}}),
    ] {
        let body = json!({"endpoint": "Local/1@testari", "app": "hello", "variables": variables});
        probe.request_json("POST", "/ari/channels", body).await;
    }
    for query in [
        "",
        "endpoint=",
        "endpoint=x",
        "endpoint=Local",
        "endpoint=Local/",
        "endpoint=Local/1@testari",
        "endpoint=Nope/1&app=hello",
        "endpoint=PJSIP/phone&app=hello",
        "endpoint=PJSIP/nope&app=hello",
        "endpoint=Local/1@testari&app=hello&originator=nope",
        "endpoint=Local/1@testari&app=hello&formats=nope",
        "endpoint=Local/1@testari&extension=1&context=testari&label=nope",
        "endpoint=Local/1@testari&app=hello&channelId=c&otherChannelId=c",
    ] {
        probe
            .request("POST", &format!("/ari/channels?{query}"))
            .await;
    }
    for query in [
        "",
        "app=hello",
        "endpoint=Nope/1&app=hello",
        "endpoint=x&app=hello",
    ] {
        probe
            .request("POST", &format!("/ari/channels/create?{query}"))
            .await;
    }
    let long = "c".repeat(150);
    probe
        .request(
            "POST",
            &format!("/ari/channels/{long}?endpoint=Local/1@testari&app=hello"),
        )
        .await;
    for (method, what) in [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/continue"),
        ("POST", "/move?app=x"),
        ("POST", "/redirect?endpoint=Local/1"),
        ("POST", "/answer"),
        ("POST", "/ring"),
        ("DELETE", "/ring"),
        ("POST", "/progress"),
        ("POST", "/dtmf"),
        ("POST", "/mute"),
        ("POST", "/hold"),
        ("POST", "/moh"),
        ("POST", "/silence"),
        ("POST", "/play?media=sound:x"),
        ("POST", "/record?name=x&format=wav"),
        ("GET", "/variable?variable=x"),
        ("GET", "/variable"),
        ("POST", "/variable?variable=x"),
        ("GET", "/variables?variables=x"),
        ("POST", "/snoop?app=x&spy=both"),
        ("POST", "/dial"),
        ("POST", "/play"),
        ("POST", "/redirect"),
        ("GET", "/rtp_statistics"),
    ] {
        probe
            .request(method, &format!("/ari/channels/nope{what}"))
            .await;
    }
    for (method, what) in [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/addChannel?channel=x"),
        ("POST", "/addChannel"),
        ("POST", "/removeChannel"),
        ("POST", "/moh"),
        ("DELETE", "/moh"),
        ("POST", "/play"),
        ("POST", "/record?name=x&format=wav"),
        ("GET", "/variable?variable=x"),
        ("POST", "/variable?variable=x&value=1"),
        ("GET", "/variables?variables=x"),
        ("POST", "/variables"),
    ] {
        probe
            .request(method, &format!("/ari/bridges/nope{what}"))
            .await;
    }
    for (method, target) in [
        ("POST", "/ari/bridges?type=foo"),
        ("POST", "/ari/bridges?type=dtmf_events"),
        ("POST", "/ari/bridges?bridgeId=b1&type=mixing,dtmf_events"),
        ("POST", "/ari/bridges?bridgeId=b1"),
        ("POST", "/ari/bridges/b1"),
        ("POST", "/ari/bridges/b1?type=holding"),
        ("POST", "/ari/bridges/b1?type=mixing&name=n"),
        ("POST", "/ari/bridges/b1/addChannel"),
        ("POST", "/ari/bridges/b1/addChannel?channel=nope"),
        ("POST", "/ari/bridges/b1/removeChannel?channel=nope"),
        ("DELETE", "/ari/bridges/b1/moh"),
        (
            "POST",
            "/ari/bridges/b1/variable?variable=x&value=1&report_events=true",
        ),
        ("GET", "/ari/bridges/b1/variable?variable=x"),
        ("GET", "/ari/bridges/b1/variable?variable=y"),
        ("GET", "/ari/bridges/b1/variable"),
        ("GET", "/ari/bridges/b1/variables"),
        ("GET", "/ari/bridges/b1"),
        ("DELETE", "/ari/bridges/b1"),
        ("GET", "/ari/playbacks/n"),
        ("DELETE", "/ari/playbacks/n"),
        ("POST", "/ari/playbacks/n/control"),
        ("POST", "/ari/playbacks/n/control?operation=x"),
        ("GET", "/ari/recordings/live/n"),
        ("DELETE", "/ari/recordings/live/n"),
        ("POST", "/ari/recordings/live/n/stop"),
        ("POST", "/ari/recordings/live/n/pause"),
        ("DELETE", "/ari/recordings/live/n/mute"),
        ("GET", "/ari/recordings/stored/n"),
        ("DELETE", "/ari/recordings/stored/n"),
        ("GET", "/ari/recordings/stored/n/file"),
        ("POST", "/ari/events/claim?channelId=n&application=hello"),
        ("POST", "/ari/events/claim?channelId=n"),
        ("POST", "/ari/events/claim"),
        ("PUT", "/ari/endpoints/sendMessage"),
        ("PUT", "/ari/endpoints/sendMessage?to=x&from=y"),
        ("PUT", "/ari/endpoints/PJSIP/nope/sendMessage?from=x"),
        ("GET", "/ari/endpoints"),
        ("GET", "/ari/endpoints/PJSIP/loop"),
        ("GET", "/ari/endpoints/PJSIP"),
        ("GET", "/ari/endpoints/Nope"),
        ("GET", "/ari/endpoints/Nope/x"),
        ("GET", "/ari/applications/nope"),
        ("PUT", "/ari/applications/nope/eventFilter"),
        ("PUT", "/ari/deviceStates/PJSIP:l?deviceState=BUSY"),
        ("PUT", "/ari/deviceStates/Stasis:l?deviceState=NO"),
        ("DELETE", "/ari/deviceStates/Stasis:nope"),
        ("GET", "/ari/deviceStates/Stasis:nope"),
        ("GET", "/ari/sounds/nope"),
        ("GET", "/ari/sounds/beep"),
        ("GET", "/ari/sounds?lang=xx"),
    ] {
        probe.request(method, target).await;
    }
    // Existing calls, including one that is not in an application.
    probe
        .request(
            "POST",
            "/ari/channels?endpoint=Local/1@testari&app=hello&channelId=a",
        )
        .await;
    probe.wait_for("StasisStart", "a").await;
    probe
        .request(
            "POST",
            "/ari/channels?endpoint=Local/1@testari&app=hello&channelId=a",
        )
        .await;
    probe
        .request(
            "POST",
            "/ari/channels?endpoint=Local/1@testari&extension=1&context=testari&channelId=o",
        )
        .await;
    probe.pause(300).await;
    for (method, target) in [
        ("POST", "/ari/channels/o/play?media=sound:beep"),
        ("POST", "/ari/channels/o/answer"),
        ("DELETE", "/ari/channels/a?reason=x"),
        ("POST", "/ari/channels/a/record?name=r"),
        (
            "POST",
            "/ari/channels/a/record?name=r&format=wav&ifExists=x",
        ),
        (
            "POST",
            "/ari/channels/a/record?name=r&format=wav&terminateOn=x",
        ),
        (
            "POST",
            "/ari/channels/a/record?name=r&format=wav&maxDurationSeconds=-1",
        ),
        (
            "POST",
            "/ari/channels/a/record?name=r&format=wav&maxSilenceSeconds=-1",
        ),
        ("POST", "/ari/channels/a/record?name=../r&format=wav"),
        ("POST", "/ari/bridges/b2?type=mixing"),
        ("POST", "/ari/bridges/b2/addChannel?channel=o"),
        ("POST", "/ari/bridges/b2/removeChannel?channel=a"),
        ("DELETE", "/ari/bridges/b2"),
        ("DELETE", "/ari/channels/o"),
        ("DELETE", "/ari/channels/a"),
    ] {
        probe.request(method, target).await;
    }
    probe.wait_for("ChannelDestroyed", "a").await;
}

async fn http(probe: &mut Probe) {
    for (method, target) in [
        ("GET", "/ari/asterisk/ping"),
        // Without `config`, because it contains limits that only the real servers configure.
        ("GET", "/ari/asterisk/info?only=build,system,status"),
        ("GET", "/ari/nope"),
        ("GET", "/ari"),
        ("GET", "/ari/"),
        ("GET", "/"),
        ("GET", "/nope"),
        ("GET", "/ari/asterisk/ping/"),
        ("GET", "/ari/asterisk"),
        ("POST", "/ari/asterisk/ping"),
        ("OPTIONS", "/ari/channels"),
        ("OPTIONS", "/ari/nope"),
        ("PATCH", "/ari/channels"),
        ("GET", "/ari/channels//variable"),
        ("GET", "/ari/Channels"),
        ("PUT", "/ari/channels/x"),
        ("GET", "/ari/channels/create"),
        ("GET", "/ari/events"),
        ("GET", "/ari/channels/a/b/c/d"),
        ("GET", "/ari/asterisk/info?only=nope"),
        ("GET", "/ari/asterisk/info?only=status,build"),
        ("GET", "/ari/channels/a%2Fb"),
    ] {
        probe.request(method, target).await;
    }
    let long = "x".repeat(5000);
    probe.request("GET", &format!("/ari/{long}")).await;
    // No credentials, a wrong password, and a read-only user.
    for authorization in [
        "Nothing",
        "Basic YXJpdGVzdDp3cm9uZw==",
        "Basic cmVhZGVyOnJlYWRtZQ==",
    ] {
        for (method, target) in [
            ("GET", "/ari/asterisk/ping"),
            ("GET", "/ari/nope"),
            ("POST", "/ari/nope"),
            ("POST", "/ari/bridges"),
            ("GET", "/ari/asterisk/ping?api_key=aritest:testme"),
        ] {
            probe.request_as(authorization, method, target).await;
        }
    }
}

async fn over_websocket(probe: &mut Probe) {
    for request in [
        json!({"type": "RESTRequest", "transaction_id": "t", "request_id": "r", "method": "GET", "uri": "asterisk/ping"}),
        json!({"type": "RESTRequest", "method": "GET", "uri": "/asterisk/ping"}),
        json!({"type": "RESTRequest", "method": "GET", "uri": "ari/asterisk/ping"}),
        json!({"type": "RESTRequest", "method": "get", "uri": "asterisk/ping"}),
        json!({"type": "RESTRequest", "method": "GET"}),
        json!({"type": "Foo", "request_id": "q"}),
        json!({"request_id": "q"}),
        json!([]),
        json!({"type": "RESTRequest", "method": "GET", "uri": "channels/nope", "request_id": 7}),
        json!({"type": "RESTRequest", "method": "POST", "uri": "asterisk/variable?variable=a+b&value=%31"}),
        json!({"type": "RESTRequest", "method": "GET", "uri": "asterisk/variable?variable=a%20b"}),
        json!({"type": "RESTRequest", "method": "GET", "uri": "asterisk/variable", "query_strings": [{"name": "variable", "value": "a%20b"}]}),
        json!({"type": "RESTRequest", "method": "GET", "uri": "asterisk/variable", "query_strings": [{"name": "variable", "value": 5}]}),
        json!({"type": "RESTRequest", "method": "POST", "uri": "asterisk/variable", "message_body": "{\"variable\":\"x\"}", "content_type": "application/json"}),
        json!({"type": "RESTRequest", "method": "POST", "uri": "asterisk/variable", "message_body": "{\"variable\":\"x\"}"}),
        json!({"type": "RESTRequest", "method": "POST", "uri": "asterisk/variable", "message_body": "{bad", "content_type": "application/json"}),
        json!({"type": "RESTRequest", "method": "GET", "uri": "events?app=x"}),
        json!({"type": "RESTRequest", "method": "GET", "uri": "nope"}),
        json!({"type": "RESTRequest", "method": "PUT", "uri": "asterisk/ping"}),
    ] {
        probe.send("hello", &request.to_string());
        if probe.is_newer() {
            probe.wait_for("RESTResponse", "").await;
        }
    }
    probe.send("hello", "{bad");
    if probe.is_newer() {
        probe.wait_for("RESTResponse", "").await;
    }
}
