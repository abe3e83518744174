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
use crate::{Asterisk, Builder};

const JSON: &str = "Content-Type: application/json\r\n";

/// The Authorization header of the read-only user.
const READER: &str = "Authorization: Basic cmVhZGVyOnJlYWRtZQ==\r\n";

struct Fake {
    pbx: Asterisk,
    address: String,
}

impl Fake {
    async fn start() -> Fake {
        Fake::start_with(Asterisk::builder()).await
    }

    async fn start_with(builder: Builder) -> Fake {
        let pbx = builder.control().start().await.expect("a port");
        let url = pbx.url();
        let address = url.trim_start_matches("http://").split('/').next();
        let address = address.unwrap_or_default();
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
    let mut document = fake.get("openapi.json").await;
    let committed: Value = serde_json::from_str(&openapi()).expect("JSON");
    // The served document has the URL by which the client has reached the server.
    let url = document["servers"][0]["url"].take();
    assert_eq!(url, "http://localhost");
    document["servers"] = committed["servers"].clone();
    assert_eq!(document, committed);
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
    for (line, header, status) in [
        ("POST /mock/reset", "Origin: http://example.com", 403),
        // Images and links of other pages have no origin.
        ("GET /mock/state", "Sec-Fetch-Site: cross-site", 403),
        ("GET /mock/state", "Sec-Fetch-Site: same-site", 403),
        (
            "GET /mock/state",
            "Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site",
            403,
        ),
        ("GET /mock/state", "Sec-Fetch-Site: same-origin", 200),
        ("GET /mock/state", "Sec-Fetch-Site: none", 200),
    ] {
        let page = format!("{CREDENTIALS}{header}\r\n");
        assert_eq!(fake.send(line, &page, "").await.status, status, "{header}");
    }
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
    let up = json!({"endpoint": alice, "extension": "echo", "id": "up"});
    assert_eq!(fake.post("call", up).await.status, 200);
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
            json!({"channel": "up", "extension": "none"}),
            404,
            "extension",
            "which has: 1, brief, busy",
        ),
        (
            "unregister",
            json!({"endpoint": "PJSIP/none"}),
            404,
            "endpoint",
            "PJSIP/loop, PJSIP/phone",
        ),
        (
            "message",
            json!({"endpoint": "PJSIP/none", "to": "1", "text": "x"}),
            404,
            "endpoint",
            "register adds one",
        ),
        (
            "call",
            json!({"endpoint": alice, "context": "none", "extension": "1"}),
            400,
            "context",
            "its contexts: testari",
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

/// Everything that clients can see, without the clock and the lists of the requests that ask for it.
async fn snapshot(fake: &Fake) -> Vec<Value> {
    let mut state = fake.get("state").await;
    state["clock"] = Value::Null;
    let mut all = vec![state, fake.get("violations").await];
    for path in [
        "applications",
        "asterisk/info?only=status",
        "asterisk/logging",
        "asterisk/modules",
        "asterisk/variable?variable=X",
        "bridges",
        "channels",
        "deviceStates",
        "endpoints",
        "mailboxes",
        "recordings/stored",
    ] {
        let response = fake
            .send(&format!("GET /ari/{path}"), CREDENTIALS, "")
            .await;
        all.push(json!({"path": path, "status": response.status, "body": response.json()}));
    }
    all
}

/// After a reset, nothing is left of what requests and actions have changed.
#[tokio::test]
async fn reset_restores_the_start() {
    let fake = Fake::start().await;
    let mut sockets = Vec::new();
    let open = async |target: &str| {
        let target = format!("/ari/events?{target}");
        connect_websocket(&fake.address, &target, ari_test_support::AUTHORIZATION).await
    };
    for target in [
        "app=hello",
        "app=all&subscribeAll=true",
        "app=filter",
        "app=first,second",
    ] {
        sockets.push(open(target).await);
    }
    fake.post("pause", json!({})).await;
    let before = snapshot(&fake).await;

    let lines = [
        (
            "PUT /ari/applications/filter/eventFilter",
            r#"{"allowed": [{"type": "StasisEnd"}]}"#,
        ),
        (
            "POST /ari/applications/second/subscription?eventSource=channel:",
            "",
        ),
        (
            "POST /ari/asterisk/logging/new.log?configuration=notice",
            "",
        ),
        ("POST /ari/asterisk/variable?variable=X&value=1", ""),
        ("POST /ari/channels?endpoint=Local/1@testari&app=hello", ""),
        ("POST /ari/bridges?nonsense=1", ""),
        ("PUT /ari/deviceStates/Stasis:lamp?deviceState=BUSY", ""),
        ("PUT /ari/mailboxes/1?oldMessages=1&newMessages=2", ""),
        (
            "PUT /ari/endpoints/PJSIP/loop/sendMessage?from=sip:a&body=x",
            "",
        ),
        // Its resource is unavailable from now on.
        ("DELETE /ari/asterisk/modules/res_ari_mailboxes.so", ""),
    ];
    let headers = format!("{CREDENTIALS}{JSON}");
    for (line, body) in lines {
        let status = fake.send(line, &headers, body).await.status;
        assert!((200..300).contains(&status), "{line}: {status}");
    }
    for (name, body) in [
        (
            "call",
            json!({"endpoint": "PJSIP/alice", "application": "hello"}),
        ),
        (
            "fault",
            json!({"status": 500, "operation": "channels.answer"}),
        ),
        ("register", json!({"endpoint": "PJSIP/carol"})),
        (
            "device-state",
            json!({"device": "PJSIP/dora", "state": "BUSY"}),
        ),
        ("response-delay", json!({"seconds": 0})),
    ] {
        let status = fake.post(name, body).await.status;
        assert!((200..300).contains(&status), "{name}: {status}");
    }
    assert_eq!(fake.post("reset", json!({})).await.status, 204);
    // Programs that have lost subscriptions or filters connect again.
    let mut reopened = Vec::new();
    for target in ["app=first,second", "app=filter"] {
        let mut lost = sockets.pop().expect("a socket");
        while let Some(Ok(_)) = within_limit(lost.next()).await {}
        reopened.push(open(target).await);
    }
    let after = snapshot(&fake).await;
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after);
    }

    // Events still arrive.
    let call = json!({"endpoint": "PJSIP/alice", "application": "hello", "id": "next"});
    assert_eq!(fake.post("call", call).await.status, 200);
    for socket in &mut sockets {
        loop {
            let message = within_limit(socket.next()).await.expect("a message");
            let text = message
                .expect("a message")
                .to_text()
                .expect("text")
                .to_owned();
            if text.contains(r#""id":"next""#) {
                break;
            }
        }
    }
}

/// A request of before a reset is not executed after it.
#[tokio::test]
async fn reset_ends_delayed_requests() {
    for (line, operation) in [
        ("POST /ari/bridges", "bridges.create"),
        ("GET /ari/events?app=late", "events.eventWebsocket"),
    ] {
        let fake = Fake::start().await;
        fake.post("pause", json!({})).await;
        let delay = json!({"operation": operation, "delay": 5});
        assert_eq!(fake.post("fault", delay).await.status, 204);
        let delayed = fake.send(line, CREDENTIALS, "");
        let reset = async {
            fake.get(&format!("requests?operation={operation}&wait=30"))
                .await;
            fake.post("reset", json!({})).await.status
        };
        let (delayed, reset) = tokio::join!(delayed, reset);
        assert_eq!((delayed.status, reset), (503, 204), "{line}");
        fake.post("advance", json!({"seconds": 60})).await;
        let state = fake.get("state").await;
        assert_eq!(state["bridges"], json!([]));
        assert_eq!(state["applications"], json!([]));
        assert_eq!(fake.get("requests").await, json!([]));
    }
}

/// The control API is beside ARI, with any prefix of the paths.
#[tokio::test]
async fn control_api_has_the_prefix() {
    for prefix in ["/pbx", "/mock", "/a/mock"] {
        let fake = Fake::start_with(Asterisk::builder().http_prefix(prefix)).await;
        for (path, status) in [
            (format!("{prefix}/mock/state"), 200),
            (format!("{prefix}/ari/channels"), 200),
            ("/mock/state".to_owned(), 404),
        ] {
            let response = fake.send(&format!("GET {path}"), CREDENTIALS, "").await;
            assert_eq!(response.status, status, "{path}");
        }
        let line = format!("GET {prefix}/mock/openapi.json");
        let document = fake.send(&line, CREDENTIALS, "").await.json();
        let url = format!("http://localhost{prefix}");
        assert_eq!(document["servers"][0]["url"], url);
    }
}

/// The list has everything that a program sends, also what is refused.
#[tokio::test]
async fn all_requests_are_listed() {
    let fake = Fake::start().await;
    let target = "/ari/events?app=hello";
    let _socket = connect_websocket(&fake.address, target, ari_test_support::AUTHORIZATION).await;
    let long = format!("GET /ari/channels?x={}", "x".repeat(5000));
    for (line, headers) in [
        ("GET /ari/channels", CREDENTIALS),
        ("GET /ari/channels", ""),
        ("POST /ari/bridges", READER),
        ("GET /ari/canals", CREDENTIALS),
        ("PUT /ari/channels", CREDENTIALS),
        ("GET /ari/events?app=", CREDENTIALS),
        ("GET /channels", CREDENTIALS),
        ("GET /media/none", CREDENTIALS),
        (&long, CREDENTIALS),
    ] {
        fake.send(line, headers, "").await;
    }
    let requests = fake.get("requests").await;
    let listed: Vec<_> = requests.as_array().expect("a list").iter().collect();
    let listed: Vec<_> = listed
        .iter()
        .map(|request| {
            let text = |name: &str| request[name].as_str().unwrap_or("-").to_owned();
            let status = &request["status"];
            format!(
                "{} {} {} {status}",
                text("operation"),
                text("method"),
                text("path")
            )
        })
        .collect();
    assert_eq!(
        listed,
        [
            "events.eventWebsocket GET events 101",
            "channels.list GET channels 200",
            "- GET channels 401",
            "- POST bridges 403",
            "- GET canals 404",
            "- PUT channels 405",
            "events.eventWebsocket GET events 426",
            "- GET /channels 404",
            "- GET /media/none 404",
            "- GET channels 400",
        ]
    );
    // The tests of Rust get those that are for operations.
    assert_eq!(fake.pbx.requests().len(), 1);
}

#[tokio::test]
async fn requests_can_be_waited_for() {
    let fake = Fake::start().await;
    let wait = "requests?operation=bridges.create&path=bridges&responded=true&times=2&wait=30";
    let send = async {
        for line in ["POST /ari/bridges", "GET /ari/bridges", "POST /ari/bridges"] {
            fake.send(line, CREDENTIALS, "").await;
        }
    };
    let (found, ()) = tokio::join!(fake.get(wait), send);
    assert_eq!(found.as_array().map(Vec::len), Some(2), "{found}");
    assert_eq!(found[1]["status"], 200);

    for (query, status, field, part) in [
        (
            "operation=bridges.create&wait=0.05&times=3",
            504,
            "",
            "2 of 3 requests (bridges.create)",
        ),
        (
            "path=nonsense&wait=0",
            504,
            "",
            "bridges.list (GET bridges): 200",
        ),
        (
            "operation=bridges.nonsense",
            400,
            "operation",
            "channels.answer",
        ),
        ("times=2", 400, "times", "wait"),
        ("wait=601", 400, "wait", "0 to 600"),
        ("wait=x", 400, "wait", "0 to 600"),
        ("wait=1&wait=2", 400, "wait", "more than once"),
        ("responded=yes", 400, "responded", "true or false"),
        (
            "nonsense=1",
            400,
            "nonsense",
            "operation, path, responded, wait, times",
        ),
    ] {
        let response = fake
            .send(&format!("GET /mock/requests?{query}"), CREDENTIALS, "")
            .await;
        let error = response.json();
        let found = error["field"].as_str().unwrap_or_default();
        assert_eq!(
            (response.status, found),
            (status, field),
            "{query}: {error}"
        );
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(part), "{query}: {message}");
    }
    let old = Fake::start_with(Asterisk::builder().release(12)).await;
    let line = "GET /mock/requests?operation=channels.move";
    let error = old.send(line, CREDENTIALS, "").await.json();
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.contains("does not have the operation"), "{error}");
}

/// Whole numbers may be written as JSON allows.
#[tokio::test]
async fn whole_numbers_may_have_any_form() {
    let fake = Fake::start().await;
    for (status, times, expected) in [
        ("503", "1", 204),
        ("503.0", "1e3", 204),
        ("5.03e2", "1", 204),
        ("503.5", "1", 400),
        ("503", "1e300", 400),
        ("503", "\"1\"", 400),
    ] {
        let body = format!(r#"{{"status": {status}, "times": {times}}}"#);
        let headers = format!("{CREDENTIALS}{JSON}");
        let response = fake.send("POST /mock/fault", &headers, &body).await;
        assert_eq!(response.status, expected, "{body}: {}", response.text());
    }
    assert_eq!(fake.get("state").await["faults"][1]["times"], 1000);
    // The clock may move on for longer than one step.
    fake.post("pause", json!({})).await;
    for _ in 0..9 {
        let week = json!({"seconds": 604_800});
        assert_eq!(fake.post("advance", week).await.status, 200);
    }
    let clock = fake.get("state").await["clock"]["seconds"].as_f64();
    assert!(clock >= Some(9.0 * 604_800.0), "{clock:?}");
}
