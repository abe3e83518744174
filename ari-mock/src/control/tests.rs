//! The control API over HTTP, compared with its document.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ari_test_support::{
    CREDENTIALS, RawClient, RawResponse, connect_websocket, send_request, within_limit,
};
use futures_util::StreamExt as _;
use serde_json::{Map, Value, json};

use super::openapi;
use crate::Asterisk;

const JSON: &str = "Content-Type: application/json\r\n";

/// The Authorization header of the read-only user.
const READER: &str = "Authorization: Basic cmVhZGVyOnJlYWRtZQ==\r\n";

struct Fake {
    pbx: Asterisk,
    address: String,
}

impl Fake {
    async fn start() -> Fake {
        let pbx = Asterisk::builder().control().start().await.expect("a port");
        let url = pbx.url();
        let address = url.trim_start_matches("http://").trim_end_matches("/ari");
        Fake {
            address: address.to_owned(),
            pbx,
        }
    }

    async fn send(&self, line: &str, headers: &str, body: &str) -> RawResponse {
        let request = send_request(&self.address, line, headers, body.as_bytes());
        within_limit(request).await.expect("a response")
    }

    async fn post(&self, name: &str, body: Value) -> RawResponse {
        let line = format!("POST /mock/{name}");
        self.send(&line, &format!("{CREDENTIALS}{JSON}"), &body.to_string())
            .await
    }

    async fn get(&self, name: &str) -> Value {
        let response = self
            .send(&format!("GET /mock/{name}"), CREDENTIALS, "")
            .await;
        assert_eq!(response.status, 200, "{name}: {}", response.text());
        response.json()
    }

    /// Lets a call arrive, which rings until somebody hangs up.
    async fn call(&self, id: &str) {
        let body = json!({"endpoint": "PJSIP/alice", "extension": "ring", "id": id});
        let response = self.post("call", body).await;
        assert_eq!(
            response.json(),
            json!({"channel": id}),
            "{}",
            response.text()
        );
    }
}

#[test]
fn committed_document_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("control-api.json");
    if std::env::var_os("ARI_BLESS").is_some() {
        fs::write(&file, openapi()).expect("a file");
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        committed,
        openapi(),
        "run with ARI_BLESS=1 to rewrite {}",
        file.display()
    );
}

/// Returns the names of the properties of a schema.
fn properties(schema: &Value) -> BTreeSet<String> {
    let properties = schema["properties"].as_object();
    properties
        .into_iter()
        .flat_map(Map::keys)
        .cloned()
        .collect()
}

/// Returns the names in a message such as `press has no field "x"; it has: channel, keys`.
fn names_after(message: &str, separator: &str) -> BTreeSet<String> {
    let (_, names) = message.split_once(separator).unwrap_or_default();
    let names = names.split(", ").filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// The handlers have exactly the paths, methods and fields of the document.
#[tokio::test]
async fn document_fits_handlers() {
    let fake = Fake::start().await;
    let document = fake.get("openapi.json").await;
    assert_eq!(
        document,
        serde_json::from_str::<Value>(&openapi()).expect("JSON")
    );
    let paths = document["paths"].as_object().expect("paths");

    // The response to an unknown path lists the handlers.
    let unknown = fake.post("nonsense", json!({})).await;
    assert_eq!(unknown.status, 404);
    let message = unknown.json()["message"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let (_, lists) = message.split_once("POST: ").expect("a list");
    let (posts, gets) = lists.split_once("; GET: ").expect("two lists");
    let documented = |method: &str| -> BTreeSet<String> {
        let with_it = paths.iter().filter(|(_, item)| item.get(method).is_some());
        with_it
            .map(|(path, _)| path.replace("/mock/", ""))
            .collect()
    };
    let handled = |names: &str| {
        names
            .split(", ")
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(documented("post"), handled(posts));
    assert_eq!(documented("get"), handled(gets));

    for name in documented("post") {
        let post = &paths[&format!("/mock/{name}")]["post"];
        let schema = &post["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(schema["additionalProperties"], false, "{name}");
        let response = fake.post(&name, json!({"nonsense": 1})).await;
        let body = response.json();
        assert_eq!(
            (response.status, &body["field"]),
            (400, &json!("nonsense")),
            "{name}"
        );
        let message = body["message"].as_str().unwrap_or_default();
        assert_eq!(
            names_after(message, "it has: "),
            properties(schema),
            "{name}"
        );
        // Each field is read with the type of the document.
        for field in properties(schema) {
            let wrong = match schema["properties"][&field]["type"].as_str() {
                Some("string") => json!(7),
                _ => json!("text"),
            };
            let response = fake.post(&name, json!({&*field: wrong})).await;
            let body = response.json();
            assert_eq!(
                (response.status, &body["field"]),
                (400, &json!(field)),
                "{name}: {body}"
            );
        }
        let required = schema["required"].as_array().into_iter().flatten();
        for field in required.filter_map(Value::as_str).take(1) {
            let response = fake.post(&name, json!({})).await;
            let body = response.json();
            assert_eq!(
                (response.status, &body["field"]),
                (400, &json!(field)),
                "{name}: {body}"
            );
        }
    }
}

/// Responses have the fields of the document.
#[tokio::test]
async fn document_fits_responses() {
    let fake = Fake::start().await;
    fake.call("first").await;
    // Leaves a request and a violation.
    let line = "POST /ari/bridges?nonsense=1";
    let body = r#"{"name": "x"}"#;
    let headers = format!("{CREDENTIALS}{JSON}");
    assert_eq!(fake.send(line, &headers, body).await.status, 200);

    let document: Value = serde_json::from_str(&openapi()).expect("JSON");
    let schema = |name: &str, method: &str| {
        let content =
            &document["paths"][format!("/mock/{name}")][method]["responses"]["200"]["content"];
        content["application/json"]["schema"].clone()
    };
    let keys = |value: &Value| -> BTreeSet<String> {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect()
    };
    let state = fake.get("state").await;
    assert_eq!(keys(&state), properties(&schema("state", "get")));
    assert_eq!(state["channels"][0]["far_end"]["is_held"], false, "{state}");
    for name in ["requests", "violations"] {
        let list = fake.get(name).await;
        let item = &list[0];
        assert_eq!(
            keys(item),
            properties(&schema(name, "get")["items"]),
            "{name}: {list}"
        );
    }
    for (name, body) in [
        ("pause", json!({})),
        ("advance", json!({"seconds": 1.5})),
        ("resume", json!({})),
    ] {
        let clock = fake.post(name, body).await.json();
        assert_eq!(keys(&clock), properties(&schema(name, "post")), "{name}");
        assert_eq!(clock["paused"], name != "resume");
    }
}

#[tokio::test]
async fn credentials_are_required() {
    let fake = Fake::start().await;
    let wrong = "Authorization: Basic YXJpdGVzdDp3cm9uZw==\r\n";
    for (line, headers, status) in [
        ("GET /mock/state", "", 401),
        ("GET /mock/state?api_key=aritest:testme", "", 401),
        ("GET /mock/openapi.json", "", 401),
        ("POST /mock/reset", wrong, 401),
        ("GET /mock/state", READER, 200),
        ("POST /mock/reset", READER, 403),
        ("POST /mock/reset", CREDENTIALS, 204),
        ("GET /mock/reset", CREDENTIALS, 405),
        ("POST /mock/state", CREDENTIALS, 405),
        ("GET /mock/ari", CREDENTIALS, 404),
        ("GET /mock", CREDENTIALS, 404),
    ] {
        let response = fake.send(line, headers, "").await;
        assert_eq!(
            response.status,
            status,
            "{line} {headers}: {}",
            response.text()
        );
    }
    let page = format!("{CREDENTIALS}Origin: http://example.com\r\n");
    assert_eq!(fake.send("POST /mock/reset", &page, "").await.status, 403);
    assert_eq!(
        fake.send("POST /mock/reset", CREDENTIALS, "{}")
            .await
            .status,
        415
    );
    // A name of another machine that leads to this one.
    let mut client = RawClient::connect(&fake.address).await;
    client
        .write(format!("GET /mock/state HTTP/1.1\r\nHost: example.com\r\n{CREDENTIALS}Connection: close\r\n\r\n").as_bytes())
        .await;
    let text = client.read_to_end().await;
    assert!(text.starts_with("HTTP/1.1 403"), "{text}");

    // Without the option there is none.
    let plain = Asterisk::start().await.expect("a port");
    let url = plain.url();
    let address = url.trim_start_matches("http://").trim_end_matches("/ari");
    let response = within_limit(send_request(address, "GET /mock/state", CREDENTIALS, b"")).await;
    assert_eq!(response.expect("a response").status, 404);
}

#[tokio::test]
async fn invalid_requests_are_explained() {
    let fake = Fake::start().await;
    fake.call("first").await;
    let alice = "PJSIP/alice";
    for (name, body, status, field, part) in [
        (
            "call",
            json!({"endpoint": "alice", "application": "a"}),
            400,
            "endpoint",
            "technology",
        ),
        (
            "call",
            json!({"endpoint": alice}),
            400,
            "application",
            "either application or extension",
        ),
        (
            "call",
            json!({"endpoint": alice, "extension": "none"}),
            400,
            "extension",
            "--extension",
        ),
        (
            "call",
            json!({"endpoint": alice, "extension": "ring", "id": "first"}),
            409,
            "id",
            "another id",
        ),
        (
            "press",
            json!({"channel": "first", "keys": "12x"}),
            400,
            "keys",
            "0 to 9",
        ),
        (
            "press",
            json!({"channel": "none", "keys": "1"}),
            404,
            "channel",
            "may have hung up",
        ),
        (
            "talk",
            json!({"channel": "first", "seconds": -1}),
            400,
            "seconds",
            "number of seconds",
        ),
        (
            "hangup",
            json!({"channel": "first", "cause": 128}),
            400,
            "cause",
            "0 to 127",
        ),
        (
            "answer",
            json!({"channel": "first"}),
            409,
            "",
            "not being dialed",
        ),
        (
            "transfer",
            json!({"channel": "first", "extension": "1"}),
            409,
            "",
            "state Up",
        ),
        (
            "transfer",
            json!({"channel": "first"}),
            400,
            "extension",
            "either extension",
        ),
        (
            "fault",
            json!({"operation": "channels.nonsense", "status": 500}),
            400,
            "operation",
            "channels.answer",
        ),
        ("fault", json!({}), 400, "status", "delay"),
        (
            "fault",
            json!({"message": "x", "delay": 1}),
            400,
            "message",
            "give the status",
        ),
        (
            "disconnect",
            json!({"application": "none"}),
            404,
            "application",
            "not connected",
        ),
        (
            "register",
            json!({"endpoint": "alice"}),
            400,
            "endpoint",
            "technology",
        ),
        (
            "device-state",
            json!({"device": "PJSIP/alice", "state": "busy"}),
            400,
            "state",
            "BUSY",
        ),
        ("press", json!([]), 400, "", "JSON object"),
    ] {
        let response = fake.post(name, body.clone()).await;
        let error = response.json();
        let found = error["field"].as_str().unwrap_or_default();
        assert_eq!(
            (response.status, found),
            (status, field),
            "{name} {body}: {error}"
        );
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(part), "{name} {body}: {message}");
    }
}

/// Every action has the effect that the method of Rust has.
#[tokio::test]
async fn actions_take_effect() {
    let fake = Fake::start().await;
    let target = "/ari/events?app=hello&subscribeAll=true";
    let mut socket =
        connect_websocket(&fake.address, target, ari_test_support::AUTHORIZATION).await;
    let good = |response: RawResponse| {
        assert!(matches!(response.status, 200 | 204), "{}", response.text());
    };
    good(fake.post("pause", json!({})).await);
    let call = json!({
        "endpoint": "PJSIP/alice", "application": "hello", "args": ["menu"], "caller": "Alice <100>", "id": "alice",
    });
    good(fake.post("call", call).await);
    for (name, body) in [
        ("press", json!({"channel": "alice", "keys": "1a"})),
        ("hold", json!({"channel": "alice"})),
        ("unhold", json!({"channel": "alice"})),
        ("register", json!({"endpoint": "PJSIP/phone"})),
        ("unregister", json!({"endpoint": "PJSIP/phone"})),
        (
            "device-state",
            json!({"device": "PJSIP/carol", "state": "BUSY"}),
        ),
        (
            "mailbox",
            json!({"mailbox": "100@default", "old": 1, "new": 2}),
        ),
        (
            "message",
            json!({"endpoint": "PJSIP/phone", "to": "100", "text": "hi"}),
        ),
        ("advance", json!({"seconds": 10})),
        ("send", json!({"text": "{\"type\": \"Nonsense\"}"})),
        ("hangup", json!({"channel": "alice", "cause": 17})),
    ] {
        good(fake.post(name, body).await);
    }
    let mut kinds = Vec::new();
    let end = loop {
        let message = within_limit(socket.next())
            .await
            .expect("a message")
            .expect("a message");
        let event: Value = serde_json::from_str(message.to_text().expect("text")).expect("JSON");
        kinds.push(event["type"].as_str().unwrap_or_default().to_owned());
        if kinds.last().is_some_and(|kind| kind == "ChannelDestroyed") {
            break event;
        }
    };
    assert_eq!(end["cause"], 17, "{end}");
    for kind in [
        "StasisStart",
        "ChannelDtmfReceived",
        "ChannelHold",
        "ChannelUnhold",
        "PeerStatusChange",
        "DeviceStateChanged",
        "TextMessageReceived",
        "Nonsense",
    ] {
        assert!(kinds.iter().any(|found| found == kind), "{kind}: {kinds:?}");
    }
    assert_eq!(fake.pbx.mailbox("100@default"), Some((1, 2)));

    // A fault affects one request.
    good(
        fake.post(
            "fault",
            json!({"operation": "channels.list", "status": 503}),
        )
        .await,
    );
    assert_eq!(fake.get("state").await["faults"][0]["status"], 503);
    for status in [503, 200] {
        let response = fake.send("GET /ari/channels", CREDENTIALS, "").await;
        assert_eq!(response.status, status);
    }

    // The application stays connected during a reset, and not when it is disconnected.
    fake.call("second").await;
    good(fake.post("reset", json!({})).await);
    let state = fake.get("state").await;
    assert_eq!(state["channels"], json!([]));
    assert_eq!(state["applications"][0]["name"], "hello");
    assert_eq!(fake.get("requests").await, json!([]));
    assert_eq!(fake.pbx.mailbox("100@default"), None);
    let mut client = RawClient::connect(&fake.address).await;
    // The connection of the request itself continues.
    for body in [r#"{"application": "hello"}"#, "{}"] {
        let response = client
            .request("POST /mock/disconnect", JSON, body.as_bytes())
            .await;
        assert_eq!(response.status, 204, "{}", response.text());
    }
    while let Some(Ok(_)) = within_limit(socket.next()).await {}
    let response = client.request("POST /mock/restart", JSON, b"{}").await;
    assert_eq!(response.status, 204);
    assert_eq!(fake.get("state").await["channels"], json!([]));
}

/// Logins in queries are not shown to other users of the control API.
#[tokio::test]
async fn logins_in_requests_are_hidden() {
    let fake = Fake::start().await;
    let line = "GET /ari/channels?api_key=aritest:testme";
    assert_eq!(fake.send(line, "", "").await.status, 200);
    let requests = fake.get("requests").await;
    assert_eq!(requests[0]["operation"], "channels.list");
    assert!(!requests.to_string().contains("testme"), "{requests}");
}
