//! Requests over the WebSocket of an application.

use std::time::Duration;

use ari_api::{Client, Error};
use ari_test_support::{LIMIT, wait_until, within_limit};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::sample::{channel, event, numbered_user_event, websocket_response};
use crate::server::Upgrade;
use crate::transcript::{
    format_result, next_transcript, remaining_transcripts, run, transcripts_up_to,
};

/// Returns the response to `GET /asterisk/ping`.
pub(crate) fn pong() -> Value {
    json!({"asterisk_id": "x", "ping": "pong", "timestamp": "2026-11-23T01:08:51.332+0000"})
}

const BRIEF: Duration = Duration::from_millis(200);

/// Requests a variable, whose value in the response is its own name.
fn get_variable(over: &Client, variable: &str) -> JoinHandle<Result<String, Error>> {
    let request = over.channel("c").get_channel_var(variable);
    tokio::spawn(async move { request.await.map(|variable| variable.value) })
}

/// Returns the variable that a request asks for, as the body of its response.
fn echo_variable(request: &Value) -> Value {
    json!({"value": request["query_strings"][0]["value"]})
}

async fn join_result(request: JoinHandle<Result<String, Error>>) -> Result<String, Error> {
    within_limit(request).await.expect("no panic")
}

/// The timeout applies on each transport, and the error contains it.
#[test]
fn oversized_responses_are_refused() {
    run(async |server| {
        let length = pong().to_string().len();
        server.set_response("GET /asterisk/ping", 200, &pong());
        for (limit, expected) in [(length, "Ok"), (length - 1, "OutcomeUnknown")] {
            let client = server.builder().max_response_size(limit).build();
            let client = client.expect("a client");
            let over_http = within_limit(client.asterisk().ping().into_future()).await;
            assert_eq!(format_result(&over_http), expected);
            let (app, mut peer) = server.connect(&client).await;
            let over = Client::over_session(app.session());
            let over_socket = tokio::spawn(over.asterisk().ping().into_future());
            let request = peer.next_request();
            peer.respond(&request, 200, &pong());
            let over_socket = within_limit(over_socket).await.expect("no panic");
            assert_eq!(format_result(&over_socket), expected);
        }
    });
}

/// A hundred requests at once, with responses from the last to the first, twice, and unknown ids
/// between them.
#[test]
fn responses_match_their_requests() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let requests: Vec<_> = (0..100)
            .map(|n| get_variable(&over, &n.to_string()))
            .collect();
        let arrived: Vec<_> = requests.iter().map(|_| peer.next_request()).collect();
        for request in arrived.iter().rev() {
            for _ in 0..2 {
                peer.respond(request, 200, &echo_variable(request));
            }
        }
        for (number, request) in join_all(requests).await.into_iter().enumerate() {
            let value = request.expect("no panic").expect("a response");
            assert_eq!(value, number.to_string());
        }
        // Nobody waits for these. Responses that cannot be this client's are delivered to the
        // application.
        peer.respond(&arrived[0], 500, &Value::Null);
        for stranger in [json!(""), json!("99999"), json!("x")] {
            peer.send_event(&websocket_response(&stranger, 200, &pong()));
            assert_eq!(next_transcript(&mut app).await, "RESTResponse");
        }
        peer.send_event(&numbered_user_event("c", 1));
        assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 1");
        assert_eq!(app.session().stats().decode_errors, 0);
    });
}

#[test]
fn requests_use_asterisks_format() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let request = over
            .channels()
            .originate("PJSIP/a+b %41")
            .app("a")
            .variables([("X", "ü\"1")]);
        let request = tokio::spawn(request.into_future());
        let arrived = peer.next_request();
        assert_eq!(arrived["type"], "RESTRequest");
        assert_eq!(arrived["method"], "POST");
        assert_eq!(arrived["uri"], "channels");
        assert!(arrived["request_id"].is_string() && arrived["transaction_id"].is_string());
        // Literally, as strings.
        assert_eq!(
            arrived["query_strings"],
            json!([
                {"name": "endpoint", "value": "PJSIP/a+b %41"},
                {"name": "app", "value": "a"},
            ])
        );
        assert_eq!(arrived["content_type"], "application/json");
        let body = arrived["message_body"].as_str().expect("a string");
        let body: Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(body, json!({"variables": {"X": "ü\"1"}}));
        peer.respond(&arrived, 200, &channel("c"));
        assert_eq!(
            within_limit(request)
                .await
                .expect("no panic")
                .expect("one")
                .id,
            "c"
        );

        let request = tokio::spawn(over.channel("a/b +é").ring().into_future());
        let arrived = peer.next_request();
        assert_eq!(arrived["uri"], "channels/a%2Fb%20%2B%C3%A9/ring");
        for absent in ["query_strings", "content_type", "message_body"] {
            assert_eq!(arrived.get(absent), None);
        }
        peer.respond(&arrived, 204, &Value::Null);
        within_limit(request)
            .await
            .expect("no panic")
            .expect("a response");
    });
}

#[test]
fn refusals_and_invalid_responses_match_http() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        for (status, body, expected) in [
            (404, json!({"message": "Channel not found"}), "Refused 404"),
            (409, Value::Null, "Refused 409"),
            (500, json!({"error": "no"}), "Refused 500"),
            (200, json!({"val": 1}), "Decode {\"val\":1}"),
            (204, Value::Null, "Decode "),
        ] {
            let request = get_variable(&over, "X");
            let arrived = peer.next_request();
            peer.respond(&arrived, status, &body);
            assert_eq!(format_result(&join_result(request).await), expected);
        }
    });
}

/// The timeout of the client, and that of one request.
#[test]
fn missing_response_times_out() {
    for per_call in [true, false] {
        run(async |server| {
            let limit = if per_call { LIMIT } else { BRIEF };
            let client = server.builder().timeout(limit).build().expect("a client");
            let (mut app, mut peer) = server.connect(&client).await;
            let over = Client::over_session(app.session());
            let over = if per_call {
                over.with_timeout(BRIEF)
            } else {
                over
            };
            let request = get_variable(&over, "X");
            let arrived = peer.next_request();
            assert_eq!(format_result(&join_result(request).await), "OutcomeUnknown");
            // A late response belongs to no request, and is not an event.
            peer.respond(&arrived, 200, &echo_variable(&arrived));
            peer.send_event(&numbered_user_event("c", 1));
            assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 1");
            let request = get_variable(&over.with_timeout(LIMIT), "Y");
            let arrived = peer.next_request();
            peer.respond(&arrived, 200, &echo_variable(&arrived));
            assert_eq!(join_result(request).await.expect("a response"), "Y");
        });
    }
}

/// A request that was being sent may have been carried out; one that was not can be sent again.
#[test]
fn lost_socket_distinguishes_sent_from_unsent() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let requests: Vec<_> = (0..10)
            .map(|n| get_variable(&over, &n.to_string()))
            .collect();
        let answered = peer.next_request();
        for _ in 1..10 {
            peer.next_request();
        }
        peer.respond(&answered, 200, &echo_variable(&answered));
        server.set_upgrade(Upgrade::Refuse(503));
        // Only until the response has been read: the rest is lost.
        peer.send_event(&numbered_user_event("c", 1));
        assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 1");
        peer.cut();
        let mut outcomes = Vec::new();
        for request in requests {
            outcomes.push(format_result(&join_result(request).await));
        }
        outcomes.sort();
        assert_eq!(outcomes[0], "Ok");
        assert!(
            outcomes[1..]
                .iter()
                .all(|outcome| outcome == "OutcomeUnknown")
        );
        assert_eq!(next_transcript(&mut app).await, "Disconnected");
        // Not connected: nothing is sent, and nobody waits.
        let error = join_result(get_variable(&over, "X"))
            .await
            .expect_err("no connection");
        assert!(matches!(error, Error::NotSent { .. }) && error.is_retryable());
        server.set_upgrade(Upgrade::Accept);
        assert_eq!(next_transcript(&mut app).await, "Reconnected");
        let mut peer = server.peer();
        let request = get_variable(&over, "Y");
        let arrived = peer.next_request();
        peer.respond(&arrived, 200, &echo_variable(&arrived));
        assert_eq!(join_result(request).await.expect("a response"), "Y");
    });
}

/// A dropped future is removed: nothing waits for its response.
#[test]
fn dropped_requests_are_removed() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let request = get_variable(&over, "X");
        let arrived = peer.next_request();
        request.abort();
        assert!(
            within_limit(request)
                .await
                .is_err_and(|error| error.is_cancelled())
        );
        peer.respond(&arrived, 200, &echo_variable(&arrived));
        peer.send_event(&numbered_user_event("c", 1));
        assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 1");
        // Never polled: never sent.
        drop(over.channel("c").ring().into_future());
        let request = get_variable(&over, "Y");
        let arrived = peer.next_request();
        assert_eq!(echo_variable(&arrived), json!({"value": "Y"}));
        // Dropped without a response: closing does not wait for it.
        request.abort();
        let closing = client.clone();
        let closed = tokio::spawn(async move { closing.close(LIMIT).await });
        assert_eq!(peer.next_frame().map(|(opcode, _)| opcode), Some(8));
        drop(peer);
        within_limit(closed).await.expect("no panic");
        assert_eq!(next_transcript(&mut app).await, "end");
    });
}

/// Requests that wait behind playbacks would block the socket, and a download cannot be sent over
/// it.
#[test]
fn blocking_requests_and_downloads_use_http() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        server.set_response("POST /channels/c/answer", 204, &Value::Null);
        server.set_response("POST /channels/c/variable", 204, &Value::Null);
        server.set_response("POST /bridges/b/addChannel", 204, &Value::Null);
        server.set_response("GET /recordings/stored/r/file", 200, &json!("RIFF"));
        within_limit(over.channel("c").answer().into_future())
            .await
            .expect("a response");
        let set = over.channel("c").set_channel_var("X").into_future();
        within_limit(set).await.expect("a response");
        let add = over.bridge("b").add_channel(["c"]).into_future();
        within_limit(add).await.expect("a response");
        let download =
            within_limit(over.stored_recording("r").get_stored_file().into_future()).await;
        let bytes = within_limit(download.expect("a download").bytes()).await;
        assert_eq!(bytes.expect("its bytes"), "\"RIFF\"");
        assert_eq!(peer.next_frame_within(Duration::from_millis(1)), None);
        // Another WebSocket is opened over HTTP, too.
        let mut other = within_limit(async { over.application("b").connect().await })
            .await
            .expect("one");
        assert_eq!(next_transcript(&mut other).await, "Connected");
        let arrived = server.requests();
        // The session requests its application on its own behalf.
        let asked = arrived
            .iter()
            .filter(|r| !r.line().starts_with("GET /applications/"));
        assert_eq!(asked.count(), 6, "{arrived:?}");
    });
}

/// The task of the session ends with its runtime: pending requests get an error.
#[test]
fn end_of_runtime_fails_pending_requests() {
    run(async |server| {
        let client = server.client();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let connecting = client.application("a").connect().into_future();
        let app = runtime.spawn(connecting).await.expect("no panic");
        let mut app = app.expect("an application");
        server.add_call("c");
        let mut object = client.channel("c").events();
        assert_eq!(next_transcript(&mut app).await, "Connected");
        let mut peer = server.peer();
        let over = Client::over_session(app.session());
        let request = get_variable(&over, "X");
        peer.next_request();
        runtime.shutdown_background();
        assert_eq!(format_result(&join_result(request).await), "OutcomeUnknown");
        assert!(
            next_transcript(&mut app)
                .await
                .starts_with("Disconnected: ")
        );
        assert!(
            next_transcript(&mut object)
                .await
                .starts_with("Disconnected: ")
        );
        assert_eq!(
            format_result(&join_result(get_variable(&over, "Y")).await),
            "NotSent"
        );
        within_limit(client.close(LIMIT)).await;
        wait_until("nothing waits", || app.session().stats().received == 0).await;
    });
}

/// Sends a request whose body has this many bytes.
fn send_body_of(over: &Client, bytes: usize) -> JoinHandle<Result<(), Error>> {
    let event = over.events().user_event("x", "a");
    let event = event.variables([("v", "v".repeat(bytes))]);
    tokio::spawn(event.into_future())
}

/// Asterisk closes a socket that receives a frame of more than 65535 bytes, including its header.
#[test]
fn oversized_requests_use_http() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        server.set_response("POST /events/user/x", 204, &Value::Null);
        let mut length = async |bytes| {
            let request = send_body_of(&over, bytes);
            let (_, text) = peer.next_frame().expect("a request");
            let arrived = serde_json::from_slice(&text).expect("JSON");
            peer.respond(&arrived, 204, &Value::Null);
            within_limit(request)
                .await
                .expect("no panic")
                .expect("a response");
            text.len()
        };
        let around = length(1000).await - 1000;
        let most = 65535 - 8 - around;
        assert_eq!(length(most).await, 65535 - 8);
        assert_eq!(server.request_count("POST /events/user/x"), 0);
        let request = send_body_of(&over, most + 1);
        within_limit(request)
            .await
            .expect("no panic")
            .expect("a response");
        assert_eq!(server.request_count("POST /events/user/x"), 1);
        // The socket is unchanged.
        length(1000).await;
    });
}

/// More than the 4 MiB that the system buffers for a server that does not read.
const FLOOD_REQUESTS: usize = 120;

/// Requests that wait for a full socket are not sent: they can be withdrawn, and are known to be
/// unsent when it is lost.
#[test]
fn requests_queued_behind_full_socket_are_unsent() {
    for taken_back in [true, false] {
        run(async |server| {
            let client = server.client();
            let (app, mut peer) = server.connect(&client).await;
            let over = Client::over_session(app.session());
            peer.shrink_receive_buffer();
            let requests: Vec<_> = (0..FLOOD_REQUESTS)
                .map(|_| send_body_of(&over, 60_000))
                .collect();
            peer.next_request();
            if taken_back {
                for request in requests {
                    request.abort();
                    assert!(within_limit(request).await.is_err());
                }
                let last = get_variable(&over, "last");
                let mut arrived = 1;
                let request = loop {
                    let request = peer.next_request();
                    if request["method"] == "GET" {
                        break request;
                    }
                    arrived += 1;
                };
                assert!(arrived < FLOOD_REQUESTS, "{arrived}");
                peer.respond(&request, 200, &echo_variable(&request));
                assert_eq!(join_result(last).await.expect("a response"), "last");
            } else {
                server.set_upgrade(Upgrade::Refuse(503));
                peer.cut();
                let mut told = Vec::new();
                for request in requests {
                    told.push(format_result(
                        &within_limit(request).await.expect("no panic"),
                    ));
                }
                told.sort();
                told.dedup();
                assert_eq!(told, ["NotSent", "OutcomeUnknown"]);
            }
        });
    }
}

/// Asterisk cannot name the request that it could not parse: the error belongs to the request that
/// it is processing.
#[test]
fn response_without_id_belongs_to_oldest_request() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let mut requests = Vec::new();
        let mut arrived = Vec::new();
        for variable in ["first", "second", "third"] {
            requests.push(get_variable(&over, variable));
            arrived.push(peer.next_request());
        }
        let unread = || websocket_response(&json!(""), 400, &json!({"message": "Invalid request"}));
        peer.respond(&arrived[1], 200, &echo_variable(&arrived[1]));
        peer.send_event(&unread());
        peer.send_event(&unread());
        let mut outcomes = Vec::new();
        for request in requests {
            outcomes.push(format_result(&join_result(request).await));
        }
        assert_eq!(outcomes, ["Refused 400", "Ok", "Refused 400"]);
        // No request is in flight: this is an event like others.
        peer.send_event(&unread());
        assert_eq!(next_transcript(&mut app).await, "RESTResponse");
    });
}

/// A session that was opened by a client over another session outlives that session: it sends
/// requests over HTTP, and is reopened over HTTP.
#[test]
fn session_opened_over_session_outlives_it() {
    run(async |server| {
        let client = server.client();
        let (mut first, mut peer) = server.connect(&client).await;
        let over = Client::over_session(first.session());
        let connecting = over.application("b").connect();
        let mut second = within_limit(connecting.into_future())
            .await
            .expect("a session");
        let other = server.peer();
        peer.send_event(&event("ApplicationReplaced", json!({})));
        peer.close_with_client();
        remaining_transcripts(&mut first).await;
        other.cut();
        let told = transcripts_up_to(&mut second, "Resynced").await;
        let told = told.last().expect("an item");
        assert!(told.contains("failures: []"), "{told}");
    });
}
