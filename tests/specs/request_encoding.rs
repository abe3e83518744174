//! Pitfalls of request encoding, by hand: each row is a request and the expected message on the
//! wire.

use std::time::Duration;

use ari_api::{Error, channels};
use ari_api::{EventFilter, VariableValue};
use serde_json::{Value, json};

use crate::requests::{Sends, sends};
use crate::server::{Reply, Server};

/// Each id is one path segment, whatever characters it contains.
#[tokio::test]
async fn ids_are_encoded_as_one_segment() {
    let server = Server::start();
    let client = server.client();
    for id in [
        "1700000000.1;2",
        "/",
        "a/b//c",
        "alice@home",
        "+4312345",
        "100%",
        "%2F",
        "what?x=1&y",
        "#1",
        "é",
        "two words",
        "line\nbreak",
        "\"quoted\" <x>",
        "日本語",
        "..",
    ] {
        server.set_reply(Reply::empty());
        client.channel(id).answer().await.expect("a response");
        let arrived = server.next_request();
        assert_eq!(
            arrived.segments(),
            ["channels", id, "answer"],
            "{}",
            arrived.target
        );
        assert_eq!(arrived.query_pairs(), []);
    }
}

/// A path without its id is that of the parent operation, which lists everything or makes a new
/// call. If the id is the name of an operation, the path is that operation's: `create` creates a
/// channel. The server would misread numbers below the operation's minimum, and some lists cannot
/// be encoded. No such request is sent.
#[tokio::test]
async fn invalid_requests_are_not_sent() {
    let refused: &[(&str, Sends)] = &[
        ("channelId", sends!(|client| client.channel("").get())),
        ("channelId", sends!(|client| client.channel("").hangup())),
        (
            "channelId",
            sends!(|client| client.channel("").originate_with_id("PJSIP/100")),
        ),
        (
            "channelId",
            sends!(|client| client.channel("").get_channel_var("X")),
        ),
        (
            "channelId",
            sends!(|client| client.bridge("b").set_video_source("")),
        ),
        (
            "recordingName",
            sends!(|client| client.stored_recording("r".repeat(4000)).delete_stored()),
        ),
        // Asterisk would take this for the channel `c`.
        (
            "channelId",
            sends!(|client| client.channel("c\0d").hangup()),
        ),
        (
            "value",
            sends!(|client| client.channel("c").set_channel_var("X").value("a\0b")),
        ),
        (
            "appArgs",
            sends!(|client| client
                .channels()
                .originate("PJSIP/100")
                .app("a")
                .app_args(["b", "\0"])),
        ),
        ("bridgeId", sends!(|client| client.bridge("").destroy())),
        (
            "channelId",
            sends!(|client| client.channel("create").originate_with_id("PJSIP/100")),
        ),
        (
            "channelId",
            sends!(|client| client.channel("externalMedia").hangup()),
        ),
        (
            "channelId",
            sends!(|client| client.channel("create").answer()),
        ),
        (
            "tech",
            sends!(|client| client.endpoints().list_by_tech("sendMessage")),
        ),
        (
            "tech",
            sends!(|client| client.endpoint("refer", "alice").get()),
        ),
        (
            "bridgeId",
            sends!(|client| client
                .bridges()
                .create()
                .bridge_id("")
                .variables([("A", "1")])),
        ),
        (
            "playbackId",
            sends!(|client| client.channel("c").play_with_id("", ["sound:a"])),
        ),
        (
            "resource",
            sends!(|client| client.endpoint("PJSIP", "").get()),
        ),
        (
            "configClass",
            sends!(|client| client.config_dynamic("", "aor", "a").delete_object()),
        ),
        (
            "objectType",
            sends!(|client| client.config_dynamic("p", "", "a").delete_object()),
        ),
        (
            "id",
            sends!(|client| client.config_dynamic("p", "aor", "").delete_object()),
        ),
    ];
    let server = Server::start();
    let client = server.client();
    for (at, (expected, send)) in refused.iter().enumerate() {
        match send(client.clone()).await {
            Err(Error::InvalidArgument { parameter, .. }) => assert_eq!(parameter, *expected),
            other => panic!("{at}: {expected}: {other:?}"),
        }
    }
    server.set_reply(Reply::empty());
    client.channel("c").ring().await.expect("a response");
    assert_eq!(
        server.next_request().target,
        "/ari/channels/c/ring",
        "the first that was sent"
    );
}

/// The target as on the request line, and the body.
#[tokio::test]
async fn requests_are_encoded_for_the_server() {
    let rows: &[(Sends, &str, Value)] = &[
        // A plain plus would arrive as a space.
        (
            sends!(|client| client
                .channel("+43/1")
                .set_channel_var("A+B")
                .value("1+1 =2&é\n")),
            "/channels/%2B43%2F1/variable?variable=A%2BB&value=1%2B1%20%3D2%26%C3%A9%0A",
            Value::Null,
        ),
        // Given values are sent, even if they are empty or the server's default.
        (
            sends!(|client| client
                .channel("c")
                .set_channel_var("A")
                .value("")
                .report_events(false)),
            "/channels/c/variable?variable=A&value=&report_events=false",
            Value::Null,
        ),
        // Below zero if the operation has no limit.
        (
            sends!(|client| client
                .channels()
                .originate("PJSIP/1")
                .timeout(None)
                .priority(-1)),
            "/channels?endpoint=PJSIP%2F1&priority=-1&timeout=-1",
            Value::Null,
        ),
        // An open enum.
        (
            sends!(|client| client.channel("c").mute().direction("side ways")),
            "/channels/c/mute?direction=side%20ways",
            Value::Null,
        ),
        // Defaults that the specs declare and no server applies.
        (
            sends!(|client| client.channel("c").mute()),
            "/channels/c/mute?direction=both",
            Value::Null,
        ),
        (
            sends!(|client| client.channel("c").unmute()),
            "/channels/c/mute?direction=both",
            Value::Null,
        ),
        // Lists: one value with commas, or an array if the server would split it wrongly.
        (
            sends!(|client| client.channel("c").play(["sound:a b", "number:1"])),
            "/channels/c/play?media=sound%3Aa%20b%2Cnumber%3A1",
            Value::Null,
        ),
        (
            sends!(|client| client
                .channel("c")
                .play(["sound:a,b", "number:1"])
                .lang("de")),
            "/channels/c/play?lang=de",
            json!({"media": ["sound:a,b", "number:1"]}),
        ),
        (
            sends!(|client| client
                .channel("c")
                .play(["sound:\"a\"", "it's", "\\", "(", ")"])),
            "/channels/c/play",
            json!({"media": ["sound:\"a\"", "it's", "\\", "(", ")"]}),
        ),
        (
            sends!(|client| client.bridge("b").add_channel(["1", ""])),
            "/bridges/b/addChannel",
            json!({"channel": ["1", ""]}),
        ),
        (
            sends!(|client| client.bridge("b").add_channel([" 1"])),
            "/bridges/b/addChannel",
            json!({"channel": [" 1"]}),
        ),
        (
            sends!(|client| client.bridge("b").add_channel([""; 0])),
            "/bridges/b/addChannel",
            json!({"channel": []}),
        ),
        (
            sends!(|client| client
                .events()
                .user_event("e", "a")
                .source(["a,b"])
                .variables([("n", json!([1, null]))])),
            "/events/user/e?application=a",
            json!({"source": ["a,b"], "variables": {"n": [1, null]}}),
        ),
        // Strings that the server splits itself, with or without support for backslashes.
        (
            sends!(|client| client
                .channel("c")
                .snoop_channel("a")
                .app_args(["a,b", "\\", "(\"x\")", "", "[é]", "{it's}"])),
            "/channels/c/snoop?app=a&appArgs=a%5C%2Cb%2C%5C%5C%2C%5C%28%5C%22x%5C%22%5C%29%2C%2C\
             %5C%5B%C3%A9%5C%5D%2C%5C%7Bit%27s%5C%7D",
            Value::Null,
        ),
        (
            sends!(|client| client
                .channel("c")
                .r#move("a")
                .app_args(["a b", "\\", "(\"x\")"])),
            "/channels/c/move?app=a&appArgs=a%20b%2C%5C%2C%28%22x%22%29",
            Value::Null,
        ),
        // Bodies are nested under the parameter's name.
        (
            sends!(|client| client.channel("c").set_channel_vars([
                ("A", "1".into()),
                ("B", VariableValue::with_event_reporting("2"))
            ])),
            "/channels/c/variables",
            json!({"variables": {"A": "1", "B": {"value": "2", "report_events": true}}}),
        ),
        (
            sends!(|client| client
                .channels()
                .originate("PJSIP/1")
                .variables([("", ""); 0])),
            "/channels?endpoint=PJSIP%2F1",
            json!({"variables": {}}),
        ),
        (
            sends!(|client| client
                .config_dynamic("c", "t", "i")
                .update_object()
                .fields([("max_contacts", "1"), ("max_contacts", "2")])),
            "/asterisk/config/dynamic/c/t/i",
            json!({"fields": [
                {"attribute": "max_contacts", "value": "1"},
                {"attribute": "max_contacts", "value": "2"},
            ]}),
        ),
        // But the filter is the body.
        (
            sends!(|client| client
                .application("a")
                .filter()
                .filter(EventFilter::new().allow(["StasisEnd"]))),
            "/applications/a/eventFilter",
            // Without the second type, requests over the WebSocket would no longer get a response.
            json!({"allowed": [{"type": "StasisEnd"}, {"type": "RESTResponse"}]}),
        ),
        (
            sends!(|client| client
                .application("a")
                .filter()
                .filter(EventFilter::allow_all())),
            "/applications/a/eventFilter",
            json!({"allowed": [], "disallowed": []}),
        ),
        (
            sends!(|client| client.application("a").filter().filter(EventFilter::new())),
            "/applications/a/eventFilter",
            json!({}),
        ),
        // A bridge with variables uses the operation that does not leak one.
        (
            sends!(|client| client.bridges().create().kind("mixing").bridge_id("b")),
            "/bridges?type=mixing&bridgeId=b",
            Value::Null,
        ),
        (
            sends!(|client| client
                .bridges()
                .create()
                .kind("mixing")
                .bridge_id("b/1")
                .name("n")
                .variables([("type", "holding")])),
            "/bridges/b%2F1?type=mixing&name=n",
            json!({"variables": {"type": "holding"}}),
        ),
    ];
    let server = Server::start();
    let client = server.client();
    for (send, target, body) in rows {
        // The response does not matter here.
        server.set_reply(Reply::empty());
        drop(send(client.clone()).await);
        let arrived = server.next_request();
        assert_eq!(arrived.target, format!("/ari{target}"));
        assert_eq!(arrived.json(), *body, "{target}");
    }
}

/// The same without a chosen id: each bridge gets a unique id.
#[tokio::test]
async fn bridges_with_variables_get_unique_ids() {
    let server = Server::start();
    let client = server.client();
    let mut ids = Vec::new();
    for _ in 0..2 {
        server.set_reply(Reply::empty());
        drop(client.bridges().create().variables([("A", "1")]).await);
        let arrived = server.next_request();
        let path = arrived.segments();
        assert_eq!((path.len(), path[0].as_str()), (2, "bridges"));
        assert_eq!(path[1].len(), 32, "{path:?}");
        ids.push(path[1].clone());
    }
    assert_ne!(ids[0], ids[1]);
}

/// The server refuses request lines of more than 4096 bytes: such parameters are sent in the body,
/// numbers and booleans with their JSON types.
#[tokio::test]
async fn a_long_query_moves_to_the_body_with_its_types() {
    let server = Server::start();
    let client = server.client();
    for (length, moves) in [(100, false), (2_900, false), (4_000, true), (30_000, true)] {
        let name = "n".repeat(length);
        server.set_reply(Reply::empty());
        let request = client
            .channel("c")
            .record(&name, "wav")
            .max_duration(Duration::from_secs(61))
            .beep(true);
        drop(request.await);
        let arrived = server.next_request();
        assert!(arrived.target.len() < 3_500);
        if moves {
            assert_eq!(arrived.target, "/ari/channels/c/record");
            let all =
                json!({"name": name, "format": "wav", "maxDurationSeconds": 61, "beep": true});
            assert_eq!(arrived.json(), all);
        } else {
            assert_eq!(arrived.query_pairs().len(), 4);
            assert_eq!(arrived.json(), Value::Null);
        }
    }
    // In addition to parameters that are in the body anyway.
    server.set_reply(Reply::empty());
    let args = ["a,b".to_owned(), "x".repeat(4_000)];
    let request = client
        .channels()
        .originate("PJSIP/1")
        .priority(5_000_000_000)
        .app_args(args);
    drop(request.variables([("A", "1")]).await);
    let arrived = server.next_request();
    assert_eq!(arrived.target, "/ari/channels");
    let all = json!({
        "endpoint": "PJSIP/1",
        "priority": 5_000_000_000_i64,
        "appArgs": format!("a\\,b,{}", "x".repeat(4_000)),
        "variables": {"A": "1"},
    });
    assert_eq!(arrived.json(), all);
}

/// Success is not only 200 and 204, and an empty response is empty whatever it contains.
#[tokio::test]
async fn every_2xx_status_is_success() {
    let server = Server::start();
    let client = server.client();
    let variable = json!({"value": "v", "since": "later"});
    for status in [200, 201, 202] {
        server.set_reply(Reply::json(status, &variable));
        let read = client
            .channel("c")
            .get_channel_var("V")
            .await
            .expect("success");
        assert_eq!(read.value, "v", "{status}");
        server.next_request();
    }
    for (status, body) in [(200, ""), (200, "{}"), (201, ""), (202, "done"), (204, "")] {
        server.set_reply(Reply::response(status, body));
        client.channel("c").answer().await.expect("success");
        server.next_request();
    }
}

/// Values that the bindings do not know are kept, and sent back unchanged.
#[tokio::test]
async fn unknown_enum_values_round_trip() {
    let server = Server::start();
    let client = server.client();
    let playback = json!({
        "id": "p",
        "media_uri": "sound:a",
        "target_uri": "channel:c",
        "state": "half done",
    });
    server.set_reply(Reply::json(200, &playback));
    let read = client.playback("p").get().await.expect("a playback");
    assert_eq!(read.state.as_str(), "half done");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), playback);
    assert_eq!(
        channels::MuteDirection::from("in"),
        channels::MuteDirection::In
    );
    assert_eq!(channels::MuteDirection::from("up").to_string(), "up");
}
