//! Requests over the WebSocket of events, as frames and by the client: Asterisk 22 supports them,
//! 16 does not.

use std::collections::BTreeMap;

use ari_api::Client;
use ari_test_support::{CREDENTIALS, RawClient};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::asterisk::{Asterisk, Release};
use crate::live::session::{connect_raw, on_release, refusal};

async fn upgraded(server: &Asterisk) -> RawClient {
    let mut raw = connect_raw(server).await;
    let status = raw.upgrade("/ari/events?app=raw", CREDENTIALS).await;
    assert_eq!(status, 101);
    raw
}

fn ping(transaction: &str, request: &str) -> Value {
    json!({
        "type": "RESTRequest",
        "transaction_id": transaction,
        "request_id": request,
        "method": "GET",
        "uri": "asterisk/ping",
    })
}

#[test]
fn rest_over_websocket_single() {
    on_release(Release::V22, async |session| {
        let mut raw = upgraded(&session.server).await;
        raw.send_text(&ping("t/1", "r é").to_string()).await;
        let response = raw.next_rest_response().await;
        for (key, value) in [
            ("transaction_id", "t/1"),
            ("request_id", "r é"),
            ("uri", "asterisk/ping"),
            ("reason_phrase", "OK"),
            ("content_type", "application/json"),
            ("application", "raw"),
        ] {
            assert_eq!(response[key], value, "{response}");
        }
        assert_eq!(response["status_code"], 200);
        let body = response["message_body"].as_str().unwrap();
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["ping"], "pong");

        // A query at the end of the path is percent-decoded, one in its own list is not.
        let set = |uri: &str, query: Value, body: Value| {
            let mut frame = ping("", "set");
            frame["method"] = "POST".into();
            frame["uri"] = uri.into();
            for (key, value) in [("query_strings", query), ("message_body", body)] {
                if !value.is_null() {
                    frame[key] = value;
                }
            }
            frame["content_type"] = "application/json".into();
            frame.to_string()
        };
        let pair = |name: &str, value: &str| json!({"name": name, "value": value});
        for (frame, value) in [
            (
                set(
                    "asterisk/variable?variable=NAME&value=a%20b+c",
                    Value::Null,
                    Value::Null,
                ),
                "a b c",
            ),
            (
                set(
                    "asterisk/variable",
                    json!([pair("variable", "NAME"), pair("value", "a%20b+c")]),
                    Value::Null,
                ),
                "a%20b+c",
            ),
            (
                set(
                    "asterisk/variable",
                    Value::Null,
                    r#"{"variable":"NAME","value":"in the body"}"#.into(),
                ),
                "in the body",
            ),
        ] {
            raw.send_text(&frame).await;
            let response = raw.next_rest_response().await;
            assert_eq!(response["status_code"], 204, "{response}");
            assert!(response.get("message_body").is_none(), "{response}");
            let got = session.client.asterisk().get_global_var("NAME").await;
            assert_eq!(got.unwrap().value, value);
        }

        let app = session.client.application("typed").connect().await.unwrap();
        let client = Client::over_session(app.session());
        assert_eq!(client.asterisk().ping().await.unwrap().ping, "pong");
    });
}

/// All are sent before any response is read. Each response has the ids of its request.
#[test]
fn rest_over_websocket_parallel_with_ids() {
    on_release(Release::V22, async |session| {
        let mut raw = upgraded(&session.server).await;
        let ids = |number: usize| (format!("t{}", number % 3), format!("r{number}"));
        for number in 0..100 {
            let (transaction, request) = ids(number);
            let mut frame = ping(&transaction, &request);
            if number % 2 == 1 {
                frame["uri"] = format!("channels/{request}").into();
            }
            raw.send_text(&frame.to_string()).await;
        }
        for number in 0..100 {
            let (transaction, request) = ids(number);
            let response = raw.next_rest_response().await;
            assert_eq!(response["transaction_id"], transaction);
            // In the order of the requests.
            assert_eq!(response["request_id"], request);
            let status = if number % 2 == 1 { 404 } else { 200 };
            assert_eq!(response["status_code"], status);
        }

        let app = session.client.application("typed").connect().await.unwrap();
        let client = Client::over_session(app.session());
        let mut tasks = JoinSet::new();
        for number in 0..200 {
            let client = client.clone();
            tasks.spawn(async move {
                let name = format!("N{number}");
                let asterisk = client.asterisk();
                let set = asterisk.set_global_var(&name).value(number.to_string());
                set.await.unwrap();
                let told = asterisk.get_global_var(&name).await.unwrap();
                assert_eq!(told.value, number.to_string());
            });
        }
        tasks.join_all().await;
    });
}

#[test]
fn rest_over_websocket_bad() {
    on_release(Release::V22, async |session| {
        let mut raw = upgraded(&session.server).await;
        let with = |changes: &[(&str, Value)]| {
            let mut frame = ping("t", "r");
            for (key, value) in changes {
                frame[*key] = value.clone();
            }
            frame.to_string()
        };
        let channel = session.call("1").await;
        let again = format!(
            "channels?endpoint=Local/1@testari&app=live&channelId={}",
            channel.channel_id()
        );
        let known = [
            (
                "no such object",
                with(&[("uri", "channels/none".into())]),
                404,
            ),
            ("no such resource", with(&[("uri", "none".into())]), 404),
            (
                "a channel that exists",
                with(&[("method", "POST".into()), ("uri", again.into())]),
                409,
            ),
            (
                "a method in small letters",
                with(&[("method", "get".into())]),
                400,
            ),
            (
                "a slash in front",
                with(&[("uri", "/asterisk/ping".into())]),
                405,
            ),
            (
                "the prefix in front",
                with(&[("uri", "ari/asterisk/ping".into())]),
                404,
            ),
            (
                "a method that the object has not",
                with(&[("method", "DELETE".into())]),
                405,
            ),
        ];
        for (what, frame, status) in known {
            raw.send_text(&frame).await;
            let response = raw.next_rest_response().await;
            assert_eq!(response["status_code"], status, "{what}: {response}");
            assert_eq!(response["request_id"], "r", "{what}: {response}");
        }
        let mut untyped = ping("t", "r");
        untyped.as_object_mut().unwrap().remove("type");
        for (what, frame) in [
            ("no type", untyped.to_string()),
            ("another type", with(&[("type", "Nonsense".into())])),
            ("not JSON", "nonsense".to_owned()),
            ("half of JSON", "{\"type\":\"RESTRequest\",".to_owned()),
        ] {
            raw.send_text(&frame).await;
            let response = raw.next_rest_response().await;
            assert_eq!(response["status_code"], 400, "{what}: {response}");
        }
        // None of them has ended the connection.
        raw.send_text(&ping("t", "last").to_string()).await;
        let response = raw.next_rest_response().await;
        assert_eq!(
            (&response["request_id"], &response["status_code"]),
            (&"last".into(), &200.into())
        );

        let app = session.client.application("typed").connect().await.unwrap();
        let client = Client::over_session(app.session());
        let statuses: BTreeMap<_, _> = [
            ("get", refusal(client.channels().get("none").await)),
            (
                "originate",
                refusal(
                    client
                        .channel(channel.channel_id())
                        .originate_with_id("Local/1@testari")
                        .app("typed")
                        .await,
                ),
            ),
        ]
        .into();
        assert_eq!(statuses["get"], (404, "Channel not found".to_owned()));
        assert_eq!(statuses["originate"].0, 409);
        client.asterisk().ping().await.unwrap();
    });
}
