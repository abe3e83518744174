//! Requests over the WebSocket of events: Asterisk 22 supports them, 16 does not.

mod ours {
    use std::time::Duration;

    use ari_api::outcome::CallOutcome;
    use ari_api::schema::Version;
    use ari_api::{Client, Error, Event, EventFilter};
    use ari_test_support::{AUTHORIZATION, LIMIT, connect_websocket};
    use futures_util::{SinkExt as _, StreamExt as _};
    use tokio::net::TcpStream;
    use tokio_tungstenite::WebSocketStream;
    use tokio_tungstenite::tungstenite::Message;

    use crate::asterisk::{Asterisk, Release};
    use crate::live::session::{on_release, refusal};

    #[test]
    fn call_is_handled_over_one_websocket() {
        on_release(Release::V22, async |session| {
            let app = session
                .client
                .application("socket")
                .connect()
                .await
                .unwrap();
            let client = Client::over_session(app.session());
            let info = client.asterisk().get_info().await.unwrap();
            assert!(info.system.unwrap().version.starts_with("22."));
            let originate = client
                .channels()
                .originate("Local/echo@testari")
                .app("socket");
            let originate = originate
                .app_args(["a,b", "c d"])
                .variables([("exotic", "é \"\\ & +%")]);
            let CallOutcome::Answered { channel, .. } = originate.outcome().await.unwrap() else {
                panic!("not answered");
            };
            let value = channel.get_channel_var("exotic").await.unwrap();
            assert_eq!(value.value, "é \"\\ & +%");
            channel
                .play(["sound:beep"])
                .wait_until_finished()
                .await
                .unwrap();
            // Sent over HTTP automatically: it waits for the playback, and would block a socket.
            let long = channel.play(["sound:tt-monkeys"]).playback_id("long").await;
            long.unwrap();
            let answering = tokio::spawn(channel.clone().answer().into_future());
            let pong = client.asterisk().ping().await;
            assert_eq!(pong.unwrap().ping, "pong");
            assert!(!answering.is_finished());
            crate::live::session::retry_until_controllable(async || {
                client.playback("long").stop().await
            })
            .await;
            answering.await.unwrap().unwrap();

            assert_eq!(refusal(client.channel("no-such").get().await).0, 404);
            let twice = client.channels().originate("Local/1@testari").app("socket");
            let twice = twice.channel_id(channel.channel_id()).await;
            assert_eq!(refusal(twice).0, 409);
            // A read-only user's session would be refused here. A filter must not block responses.
            let filter = EventFilter::allow_all().allow(["StasisEnd"]);
            client
                .application("socket")
                .filter()
                .filter(filter)
                .await
                .unwrap();
            client.asterisk().ping().await.unwrap();
            channel.hangup().await.unwrap();
        });
    }

    /// Asterisk responds in the name of the first application, and drops the responses once another
    /// client has that application.
    #[test]
    fn takeover_of_first_application_fails_requests() {
        on_release(Release::V22, async |session| {
            let http = session.client.clone();
            let both = http.events().event_websocket(["first", "second"]);
            let mut app = both.await.unwrap();
            let client = Client::over_session(app.session());
            client.asterisk().ping().await.unwrap();
            let _other = http.application("first").connect().await.unwrap();
            while app.next().await.unwrap().unwrap().kind() != "ApplicationReplaced" {}
            assert_eq!(app.next().await.unwrap().unwrap().kind(), "Replaced");
            let error = client.asterisk().ping().await.unwrap_err();
            assert!(matches!(error, Error::NotSent { .. }), "{error:?}");
            // The second is still served.
            http.events()
                .user_event("still here", "second")
                .await
                .unwrap();
            assert_eq!(
                app.next().await.unwrap().unwrap().kind(),
                "ChannelUserevent"
            );
            let _another = http.application("second").connect().await.unwrap();
            while let Some(item) = app.next().await {
                if let Err(error) = item {
                    assert!(error.to_string().contains("taken over"), "{error}");
                }
            }
        });
    }

    /// The longest frame that Asterisk reads has 65535 bytes, including a header of four bytes and a
    /// mask.
    #[test]
    fn oversized_frame_closes_websocket() {
        on_release(Release::V22, async |session| {
            for (length, answered) in [(65535 - 8, true), (65535 - 7, false)] {
                let mut socket = open(&session.server).await;
                let mut text = String::from(
                    r#"{"type":"RESTRequest","request_id":"1","method":"GET","uri":"asterisk/ping","x":""#,
                );
                text.push_str(&"x".repeat(length - text.len() - 2));
                text.push_str("\"}");
                socket.send(Message::text(text)).await.unwrap();
                let came = tokio::time::timeout(LIMIT, socket.next()).await;
                match came.unwrap() {
                    Some(Ok(Message::Text(text))) if answered => {
                        assert!(text.contains(r#""status_code":200"#), "{text}");
                    }
                    Some(Ok(Message::Close(Some(frame)))) if !answered => {
                        assert_eq!(u16::from(frame.code), 1009);
                    }
                    other => panic!("{length}: {other:?}"),
                }
            }
        });
    }

    /// Requests that no frame can carry use HTTP, whose bodies may be as long as they are after
    /// escaping.
    #[test]
    fn oversized_requests_arrive_over_http() {
        on_release(Release::V22, async |session| {
            let mut app = session.client.application("long").connect().await.unwrap();
            let over = Client::over_session(app.session());
            for length in [100, 20_000] {
                let quotes = "\"".repeat(length);
                let event = over.events().user_event("quotes", "long");
                event
                    .variables([("quotes", quotes.as_str())])
                    .await
                    .unwrap();
                let event = loop {
                    let event = tokio::time::timeout(LIMIT, app.next()).await;
                    if let Event::ChannelUserevent(event) =
                        event.unwrap().unwrap().unwrap().as_ref()
                    {
                        break event.clone();
                    }
                };
                assert_eq!(event.userevent["quotes"], quotes);
            }
            assert_eq!(app.session().stats().reconnects, 0);
        });
    }

    /// 16 does not know such requests, and does not respond to them. Our client sends none once a
    /// response has shown the release.
    #[test]
    fn asterisk_16_ignores_websocket_requests() {
        on_release(Release::V16, async |session| {
            let mut socket = open(&session.server).await;
            let request =
                r#"{"type":"RESTRequest","request_id":"1","method":"GET","uri":"asterisk/ping"}"#;
            socket.send(Message::text(request)).await.unwrap();
            let answer = tokio::time::timeout(Duration::from_secs(2), socket.next()).await;
            assert!(answer.is_err(), "{answer:?}");

            let client = &session.client;
            let app = client.application("socket").connect().await.unwrap();
            let version = client.connection().fetch_version().await.unwrap();
            assert!(version.unwrap() < Version::new(17, 0, 0));
            let over = Client::over_session(app.session());
            over.asterisk().ping().await.unwrap();
        });
    }

    /// Opens a WebSocket of an application, without the library.
    async fn open(server: &Asterisk) -> WebSocketStream<TcpStream> {
        let address = format!("127.0.0.1:{}", server.http_port());
        connect_websocket(&address, "/ari/events?app=bare", AUTHORIZATION).await
    }
}

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use std::collections::BTreeMap;

    use ari_api::Client;
    use ari_test_support::{CREDENTIALS, RawClient};
    use serde_json::{Value, json};
    use tokio::task::JoinSet;

    use crate::asterisk::{Asterisk, Release};
    use crate::live::session::{connect_raw, on_release, refusal};

    async fn upgraded(server: &Asterisk) -> RawClient {
        let mut raw = connect_raw(server).await;
        let status = raw.upgrade("/ari/events?app=raw", CREDENTIALS).await.status;
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
                    let variable = asterisk.get_global_var(&name).await.unwrap();
                    assert_eq!(variable.value, number.to_string());
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
                ("get", refusal(client.channel("none").get().await)),
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
}
