//! Failures between a client and its server, and the errors that the application gets.

use std::error::Error as _;
use std::sync::mpsc;
use std::time::Duration;

use ari_api::{Client, Error, channels};
use ari_test_support::LIMIT;
use serde_json::{Value, json};
use tokio::net::TcpSocket;

use crate::requests::{Sends, sends};
use crate::server::{ENCODED, HALF, PASSWORD, Reply, Server, USER};

const REQUESTS: &[Sends] = &[
    sends!(|client| client.channels().originate("PJSIP/100").app("hello")),
    sends!(|client| client.channels().list()),
    sends!(|client| client.channel("c").answer()),
];

/// The index of the request that changes nothing.
const READ_ONLY_REQUEST: usize = 1;

/// Returns the whole text of an error, with its causes and its `Debug` output.
fn full_text(error: &Error) -> String {
    let mut words = format!("{error} {error:?}");
    let mut cause = error.source();
    while let Some(next) = cause {
        words += &format!(" {next} {next:?}");
        cause = next.source();
    }
    words
}

fn assert_no_secret(text: &str) {
    for secret in [PASSWORD, "nter2", ENCODED] {
        assert!(!text.contains(secret), "{text}");
    }
}

/// Asterisk's three forms of refusal: that of ARI, that of internal errors, and that of the HTTP
/// server.
#[tokio::test]
async fn refusals_contain_status_message_and_body() {
    let server = Server::start();
    let client = server.client();
    let html = "<html><title>400 Bad Request</title></html>";
    for (status, body, message) in [
        (
            404,
            r#"{"message":"Channel not found"}"#,
            Some("Channel not found"),
        ),
        (
            409,
            r#"{"message": "Channel \"c\" is busy", "more": [1]}"#,
            Some("Channel \"c\" is busy"),
        ),
        (
            500,
            r#"{"error":"Allocation failed"}"#,
            Some("Allocation failed"),
        ),
        (400, html, None),
        (413, r#"{"message":7}"#, None),
        (
            503,
            r#"{"message":"Asterisk not booted"}"#,
            Some("Asterisk not booted"),
        ),
        (302, "", None),
        (
            401,
            r#"{"message":"Authentication required"}"#,
            Some("Authentication required"),
        ),
        (
            403,
            r#"{"message":"Write access denied"}"#,
            Some("Write access denied"),
        ),
        (500, "\u{fffd}", None),
    ] {
        for send in REQUESTS {
            server.set_reply(Reply::response(status, body));
            let error = send(client.clone()).await.expect_err("a refusal");
            server.next_request();
            assert_eq!(error.status(), Some(status));
            assert_eq!(error.is_retryable(), status == 503, "{status}");
            assert_no_secret(&full_text(&error));
            let Error::Response(refusal) = &error else {
                panic!("{status}: {error:?}")
            };
            assert_eq!(refusal.message.as_deref(), message);
            assert_eq!(refusal.body, body);
            let specified = refusal.operation.error_reason(status);
            assert!(
                specified.is_none() || refusal.reason == specified,
                "{error}"
            );
            assert!(
                refusal.reason.is_some() || ![401, 403, 503].contains(&status),
                "{error}"
            );
            let shown = error.to_string();
            assert!(shown.contains(&status.to_string()) && shown.contains(refusal.operation.path));
        }
    }
}

/// A refused WebSocket returns the same error.
#[tokio::test]
async fn refused_upgrades_contain_status_message_and_body() {
    let server = Server::start();
    let body = r#"{"message":"Authentication required"}"#;
    server.set_reply(Reply::response(401, body));
    let error = server
        .client()
        .application("a")
        .connect()
        .await
        .expect_err("a refusal");
    assert_no_secret(&full_text(&error));
    let Error::Response(refusal) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (refusal.status, refusal.body.as_ref()),
        (401, body.as_bytes())
    );
    assert_eq!(refusal.message.as_deref(), Some("Authentication required"));
}

/// Connection refused: the request was not sent, and can be sent again.
#[tokio::test]
async fn unsent_requests_are_retryable() {
    // Bound but not listening, so that no other process can listen there.
    let socket = TcpSocket::new_v4().expect("a socket");
    socket
        .bind("127.0.0.1:0".parse().expect("an address"))
        .expect("a free port");
    let port = socket.local_addr().expect("its number").port();
    let url = format!("http://127.0.0.1:{port}/ari");
    let client = Client::builder(url)
        .credentials(USER, PASSWORD)
        .build()
        .expect("a client");
    let mut errors = Vec::new();
    for send in REQUESTS {
        errors.push(send(client.clone()).await.expect_err("no server"));
    }
    errors.push(
        client
            .application("a")
            .connect()
            .await
            .expect_err("no server"),
    );
    for error in errors {
        assert!(matches!(error, Error::NotSent { .. }), "{error:?}");
        assert!(error.is_retryable());
        // One line contains everything, and a printer of causes finds none.
        let text = error.to_string();
        for part in [
            "not sent to http://127.0.0.1:",
            "connection refused",
            "http.conf",
        ] {
            assert!(text.contains(part), "{text}");
        }
        assert!(error.source().is_none());
        assert_no_secret(&full_text(&error));
    }
}

/// The server received the request and closed the connection, before its response or within it: the
/// request may have been carried out, so it must not be sent again, not even by the pool of kept
/// connections.
#[tokio::test]
async fn sent_requests_without_response_are_not_retried() {
    for sent in [b"".as_slice(), HALF] {
        for kept_alive in [false, true] {
            for (number, send) in REQUESTS.iter().enumerate() {
                if kept_alive && number == READ_ONLY_REQUEST && sent.is_empty() {
                    // A request that only reads is sent once more.
                    continue;
                }
                let server = Server::start();
                let client = server.client();
                if kept_alive {
                    server.set_reply(Reply::empty());
                    client.channel("first").ring().await.expect("a response");
                    server.next_request();
                }
                server.set_reply(Reply::Raw(sent.to_vec()));
                let error = send(client.clone()).await.expect_err("no response");
                assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
                assert!(!error.is_retryable() && error.source().is_none());
                assert!(error.to_string().contains(&server.url()), "{error}");
                assert_no_secret(&full_text(&error));
                server.next_request();
                server.set_reply(Reply::empty());
                client.channel("next").ring().await.expect("a response");
                assert_eq!(server.next_request().target, "/ari/channels/next/ring");
            }
        }
    }
}

/// The client waits until its timeout, for responses and for WebSockets, and no longer.
#[tokio::test]
async fn timeout_gives_unknown_outcome() {
    let server = Server::start();
    let brief = Duration::from_millis(100);
    let for_answers = Client::builder(server.url())
        .timeout(brief)
        .build()
        .expect("a client");
    let for_upgrades = Client::builder(server.url())
        .connect_timeout(brief)
        .build()
        .expect("a client");
    let waiting: [(Client, Sends); 2] = [
        (for_answers, sends!(|client| client.channels().list())),
        (for_upgrades, |client| {
            Box::pin(async move { client.application("a").connect().await.map(|_| Value::Null) })
        }),
    ];
    for (client, send) in waiting {
        server.set_reply(Reply::Stall(Vec::new()));
        // Far beyond the client's timeout: only a client that ignores it gets there.
        let result = tokio::time::timeout(LIMIT, send(client)).await;
        let error = result.expect("an end of the waiting").expect_err("silence");
        assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
        assert!(!error.is_retryable());
    }
}

/// Responses that do not match are errors that contain everything that arrived.
#[tokio::test]
async fn undecodable_responses_keep_their_text() {
    let server = Server::start();
    let client = server.client();
    for (status, body) in [
        (200, r#"{"value": 7}"#),
        (200, r#"{"val": "x"}"#),
        (200, "<html>"),
        (204, ""),
        (200, r#"{"value": "cut"#),
    ] {
        server.set_reply(Reply::response(status, body));
        let error = client
            .channel("c")
            .get_channel_var("V")
            .await
            .expect_err("no variable");
        assert!(!error.is_retryable());
        assert_no_secret(&full_text(&error));
        let Error::Decode(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.raw, body);
        assert!(error.subject.contains("getChannelVar"), "{}", error.subject);
        server.next_request();
    }
}

/// A recording is delivered in chunks: the second is sent only after the first has arrived.
#[tokio::test]
async fn downloads_arrive_in_chunks() {
    let server = Server::start();
    let client = server.client();
    let (sender, pieces) = mpsc::channel();
    server.set_reply(Reply::Chunks(pieces));
    sender.send(b"RIFF".to_vec()).expect("a server that waits");
    let mut download = client
        .stored_recording("r")
        .get_stored_file()
        .await
        .expect("a download");
    for (at, piece) in ["RIFF", "WAVE\0\r\n", "é"].into_iter().enumerate() {
        if at > 0 {
            sender.send(piece.into()).expect("a server that waits");
        }
        let arrived = download.next().await.expect("a piece").expect("no error");
        assert_eq!(arrived, piece);
    }
    drop(sender);
    assert!(download.next().await.is_none());
}

/// A missing recording is refused, not downloaded. An interrupted download is an error.
#[tokio::test]
async fn downloads_return_errors_like_other_requests() {
    let server = Server::start();
    let client = server.client();
    let body = json!({"message": "Recording not found"});
    server.set_reply(Reply::json(404, &body));
    let error = client
        .stored_recording("r")
        .get_stored_file()
        .await
        .expect_err("a refusal");
    let Error::Response(refusal) = error else {
        panic!("{error:?}")
    };
    assert_eq!(refusal.message.as_deref(), Some("Recording not found"));
    assert_eq!(refusal.body, body.to_string());
    server.set_reply(Reply::Raw(HALF.to_vec()));
    let download = client
        .stored_recording("r")
        .get_stored_file()
        .await
        .expect("its begin");
    let error = download.bytes().await.expect_err("its end is missing");
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
}

/// Everything that an application may log shows the user, never the password.
#[test]
fn password_is_never_shown() {
    let builder = || Client::builder("http://localhost:8088/ari").credentials(USER, PASSWORD);
    let client = builder().build().expect("a client");
    let credentials = ari_api::Credentials::new(USER, PASSWORD);
    let shown = [
        format!("{:?}", builder()),
        format!("{:#?}", client),
        format!("{:?}", client.connection()),
        format!("{:?}", client.channels()),
        format!("{:?}", client.channel("c")),
        format!("{:?}", client.channels().originate("PJSIP/100")),
        format!("{credentials:?}"),
    ];
    for text in shown {
        assert!(text.contains(USER), "{text}");
        assert_no_secret(&text);
    }
    let mistakes = [
        Client::builder(format!("http://{USER}:{PASSWORD}@localhost/ari")),
        Client::builder(format!("http://localhost/ari?api_key={USER}:{PASSWORD}")),
        builder().credentials("a:b", PASSWORD),
        builder().credentials(USER, PASSWORD.repeat(99)),
    ];
    for mistake in mistakes {
        let error = mistake.build().expect_err("a mistake");
        assert!(matches!(error, Error::InvalidConfig(_)), "{error:?}");
        assert_no_secret(&full_text(&error));
    }
    let without: Value = json!(format!("{:?}", channels::Originate::new("PJSIP/100")));
    assert_no_secret(&without.to_string());
}
