//! Sessions: their handlers, the events that these receive, and requests over them.

use std::sync::Arc;

use ari_test_support::Reply;
use futures_util::future::join_all;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use super::far_end::Asterisk;
use super::*;

const CALL: &str = "papp:Local/5@testari-00000006;1";

#[tokio::test]
async fn sessions_are_routed_by_path_and_application() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let named = |name: &'static str| {
        let tell = tell.clone();
        move |session: IncomingSession<Client>| {
            let _ = tell.send((name, session.application().to_owned()));
            async {}
        }
    };
    let server = builder()
        .route("/one", named("one"))
        .route("/two", named("two"))
        .application("papp", named("papp"))
        .application("papp:eu", named("papp:eu"))
        .application("hello", named("hello"))
        .serve()
        .await
        .expect("a server");
    let mut asterisks = Vec::new();
    for (path, application, expected) in [
        ("/one", "hello", Some("one")),
        ("/two", CALL, Some("two")),
        ("/one?a=b", "any", Some("one")),
        ("/", "hello", Some("hello")),
        ("/three?one", "hello", Some("hello")),
        ("/", "papp", Some("papp")),
        ("/", CALL, Some("papp")),
        ("/", "papp:eu", Some("papp:eu")),
        ("/", "papp:eu:Local/5@testari-00000006;1", Some("papp:eu")),
        ("/", "papp:us:Local/5@testari-00000006;1", Some("papp")),
        ("/", "papp:eux:Local/5", Some("papp")),
        ("/", "pap", None),
        ("/", "papps:Local/5", None),
        ("/", "hell:o", None),
    ] {
        let begin = Instant::now();
        let mut asterisk = Asterisk::connect(server.local_addr(), path, application)
            .await
            .unwrap();
        if let Some(expected) = expected {
            asterisk.send_registered().await;
            assert_eq!(next(&mut told).await, (expected, application.to_owned()));
        } else {
            asterisk.event("ApplicationRegistered", json!({})).await;
        }
        asterisks.push((begin, asterisk));
    }
    // One of several applications has a handler: the first registered one has none.
    let begin = Instant::now();
    let mut asterisk = Asterisk::connect(server.local_addr(), "/", "other")
        .await
        .unwrap();
    asterisk.send_registered().await;
    sleep(Duration::from_millis(50)).await;
    asterisk
        .event("ApplicationRegistered", json!({"application": "hello"}))
        .await;
    assert_eq!(next(&mut told).await, ("hello", "hello".to_owned()));
    asterisks.push((begin, asterisk));
    // The handlers have returned, or there is none. The close is delayed, because Asterisk would
    // reconnect at once.
    let closes = asterisks.into_iter().map(async |(begin, mut asterisk)| {
        assert_eq!(asterisk.close_code().await, Some(1000));
        assert!(begin.elapsed() >= Duration::from_secs(1));
    });
    join_all(closes).await;
    assert!(told.try_recv().is_err());
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

#[tokio::test]
async fn session_reports_its_origin() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let handler = move |mut session: IncomingSession<Client>| {
        let tell = tell.clone();
        async move {
            let first = session.applications();
            while let Some(event) = session.events.next().await {
                if event?.kind() == "ChannelUserevent" {
                    break;
                }
            }
            let told = format!(
                "{} {:?} {} {:?} {:?} {}",
                session.application(),
                session.applications(),
                session.path(),
                session.query(),
                session.user(),
                session.remote_addr().ip()
            );
            let _ = tell.send((first, told));
            Ok::<(), Error>(())
        }
    };
    let server = builder()
        .route("/calls", handler)
        .serve()
        .await
        .expect("a server");
    let mut asterisk = Asterisk::connect(server.local_addr(), "/calls?tenant=7&x=%2F", "a")
        .await
        .unwrap();
    assert_eq!(server.session_count(), 1);
    // All of them once more, as Asterisk does after reconnecting.
    for application in ["a", "b", "a", "b"] {
        asterisk
            .event("ApplicationRegistered", json!({"application": application}))
            .await;
    }
    let event = json!({"eventname": "x", "userevent": {}});
    asterisk.event("ChannelUserevent", event).await;
    let (first, told) = next(&mut told).await;
    assert_eq!(*first.first().unwrap(), "a");
    assert_eq!(
        told,
        r#"a ["a", "b"] /calls Some("tenant=7&x=%2F") Some("asterisk") 127.0.0.1"#
    );
    assert_eq!(asterisk.close_code().await, Some(1000));
    server.shutdown(LIMIT).await;
    assert_eq!(server.session_count(), 0);
    wait_until_idle().await;
}

/// A whole call, as Asterisk handles it, with everything over one socket.
#[tokio::test]
async fn call_is_served_over_its_websocket() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let handler = move |mut session: IncomingSession<Client>| {
        let tell = tell.clone();
        async move {
            let name = session.application().to_owned();
            while let Some(event) = session.events.next().await {
                if event?.kind() != "ChannelUserevent" {
                    continue;
                }
                let channel = session.client.channel("1763862531.42");
                channel.answer().await?;
                session
                    .client
                    .channels()
                    .originate("Local/1@x")
                    .app(&name)
                    .await
                    .unwrap_err();
                let recording = session.client.stored_recording("r").get_stored_file().await;
                let _ = tell.send(recording.unwrap_err().to_string());
                let nested = session.client.application("b").connect().await;
                let _ = tell.send(nested.unwrap_err().to_string());
            }
            let _ = tell.send("done".to_owned());
            Ok::<(), Error>(())
        }
    };
    let server = builder()
        .application("papp", handler)
        .serve()
        .await
        .expect("a server");
    let mut asterisk = Asterisk::connect(server.local_addr(), "/", CALL)
        .await
        .unwrap();
    // A pause first: Asterisk takes half a second.
    sleep(Duration::from_millis(300)).await;
    let event = json!({"eventname": "x", "userevent": {}});
    asterisk.event("ChannelUserevent", event).await;
    asterisk.list_objects(&[], &[]).await;
    let request = asterisk.respond(204, "").await;
    assert_eq!(request["method"], "POST");
    assert_eq!(request["uri"], "channels/1763862531.42/answer");
    let request = asterisk
        .respond(403, r#"{"message":"Write access denied"}"#)
        .await;
    let app = json!({"name": "app", "value": CALL});
    assert!(
        request["query_strings"].as_array().unwrap().contains(&app),
        "{request}"
    );
    for _ in 0..2 {
        let error = next(&mut told).await;
        assert!(
            error.contains("Asterisk does not do this over a WebSocket"),
            "{error}"
        );
    }
    // The call has ended.
    asterisk.socket.close(None).await.unwrap();
    assert_eq!(next(&mut told).await, "done");
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

/// A session that begins with its call is told from one that continues it.
#[tokio::test]
async fn resumed_calls_are_recognized() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let handler = move |mut session: IncomingSession<Client>| {
        let tell = tell.clone();
        async move {
            let resumed = session.resumed().map(|call| {
                let objects = [call.channel_ids(), call.bridge_ids()].map(|ids| ids.join(" "));
                let [channels, bridges] = objects;
                let first = call.channel_id().unwrap_or("-").to_owned();
                let connection = session.client.connection();
                let entered = call.channel_ids().iter();
                let entered = entered
                    .filter(|id| connection.is_in_application(id))
                    .count();
                format!("{first}, {channels}, {bridges}, {entered} entered")
            });
            let mut kinds = Vec::new();
            while let Some(Ok(event)) = session.events.next().await {
                kinds.push(event.kind().to_owned());
                if event.kind() == "ChannelUserevent" {
                    break;
                }
            }
            let _ = tell.send((resumed, kinds.join(" ")));
        }
    };
    let server = builder().route("/", handler).serve().await;
    let server = server.expect("a server");
    let user_event = || json!({"eventname": "x", "userevent": {}});
    let channel = |id: &str, name: &str, application: &str| {
        let channel = json!({
            "id": id,
            "name": name,
            "state": "Up",
            "dialplan": {"app_name": application, "app_data": "papp,x"},
        });
        channel.to_string()
    };
    let own = &CALL["papp:".len()..];
    let half = "Local/5@testari-00000006;2";
    // What the application has when the session begins, the responses about its channels, and the
    // channels whose StasisStart arrives.
    type Case<'a> = (
        &'a [&'a str],
        &'a [(u16, String)],
        &'a [&'a str],
        Option<&'a str>,
    );
    let cases: [Case<'_>; 7] = [
        (&[], &[], &[], None),
        (&[], &[], &["c"], None),
        // Asterisk lists a channel some milliseconds before it sends the event.
        (&["c"], &[], &["c"], None),
        (
            &["c", "__AST_CHANNEL_ALL_TOPIC"],
            &[(200, channel("c", own, "Stasis"))],
            &[],
            Some("c, c, b, 1 entered"),
        ),
        // Others of the call: one that enters, the other half of a Local channel, and one that has
        // just ended.
        (
            &["c", "d", "e", "f"],
            &[
                (200, channel("c", own, "Stasis")),
                (200, channel("d", "PJSIP/9-1", "Stasis")),
                (200, channel("e", half, "Wait")),
                (404, r#"{"message":"Channel not found"}"#.to_owned()),
            ],
            &["d"],
            Some("c, c d e, b, 2 entered"),
        ),
        // A transfer has renamed it.
        (
            &["c"],
            &[(200, channel("c", "PJSIP/7-2", "Stasis"))],
            &[],
            Some("-, c, b, 1 entered"),
        ),
        (&["c"], &[(500, "{}".to_owned())], &[], None),
    ];
    for (listed, responses, starts, expected) in cases {
        let address = server.local_addr();
        let mut asterisk = Asterisk::connect(address, "/", CALL).await.unwrap();
        // Events of the gap come first.
        asterisk.event("OfTheGap", json!({})).await;
        asterisk.event("ApplicationRegistered", json!({})).await;
        asterisk
            .list_objects(listed, &["b", "__AST_BRIDGE_ALL_TOPIC"])
            .await;
        sleep(Duration::from_millis(50)).await;
        for id in starts {
            let start = json!({"args": [], "channel": {"id": id, "name": "x"}});
            asterisk.event("StasisStart", start).await;
        }
        for (status, body) in responses {
            asterisk.respond(*status, body).await;
        }
        asterisk.event("ChannelUserevent", user_event()).await;
        let (resumed, kinds) = next(&mut told).await;
        assert_eq!(resumed.as_deref(), expected, "{listed:?} {starts:?}");
        let first = "Connected OfTheGap ApplicationRegistered";
        assert!(kinds.starts_with(first), "{kinds}");
        // No further question is asked.
        let last = asterisk.next_message().await;
        assert!(matches!(last, Some(Message::Close(_))), "{last:?}");
    }
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

/// The server has an HTTP client for the Asterisk that has connected.
#[tokio::test]
async fn requests_unsuitable_for_websocket_use_http() {
    let http = ari_test_support::Server::start(|_| {
        let headers = "Server: Asterisk/22.5.0\r\nConnection: close\r\n".to_owned();
        Reply::Response(200, headers, b"RIFF".to_vec())
    });
    let (tell, mut told) = mpsc::unbounded_channel();
    let handler = move |session: IncomingSession<Client>| {
        let tell = tell.clone();
        async move {
            let client = &session.client;
            let file = match client.stored_recording("r").get_stored_file().await {
                Ok(file) => file.bytes().await.map(|bytes| bytes.len()),
                Err(error) => Err(error),
            };
            let _ = tell.send(file.map_err(|error| error.to_string()));
            client.channel("c").answer().await?;
            client.channel("c").ring().await?;
            let long = client.events().user_event("x", "a");
            long.variables([("v", "v".repeat(70_000))]).await?;
            // The responses over HTTP have shown the release.
            let lacking = client.channel("c").progress().await;
            assert!(matches!(
                lacking,
                Err(Error::UnsupportedByRelease { refusal: None, .. })
            ));
            let _ = tell.send(Ok(0));
            Ok::<(), Error>(())
        }
    };
    let client = Client::builder(http.url()).build();
    let client = client.expect("a client");
    let server = builder()
        .route("/one", handler.clone())
        .route("/two", handler)
        .http_client(move |origin| (origin.path() == "/one").then(|| client.clone()))
        .enforce_availability(true)
        .serve()
        .await
        .expect("a server");
    let mut asterisk = Asterisk::connect(server.local_addr(), "/one", "a")
        .await
        .unwrap();
    asterisk.send_registered().await;
    assert_eq!(asterisk.respond(204, "").await["uri"], "channels/c/ring");
    assert_eq!(next(&mut told).await, Ok(4));
    assert_eq!(next(&mut told).await, Ok(0));
    let over_http = || {
        http.requests()
            .iter()
            .map(|request| request.line())
            .collect::<Vec<_>>()
    };
    let expected = [
        "GET /recordings/stored/r/file",
        "POST /channels/c/answer",
        "POST /events/user/x",
    ];
    assert_eq!(over_http(), expected);
    assert_eq!(asterisk.close_code().await, Some(1000));
    // Another Asterisk has no such client.
    let mut other = Asterisk::connect(server.local_addr(), "/two", "a")
        .await
        .unwrap();
    other.send_registered().await;
    let error = next(&mut told).await.unwrap_err();
    assert!(error.contains("knows no HTTP address"), "{error}");
    assert!(error.contains("ServerBuilder::http"), "{error}");
    assert_eq!(over_http(), expected);
    drop(other);
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

/// Asterisk would close the socket of the call.
#[tokio::test]
async fn oversized_requests_are_not_sent() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let handler = move |session: IncomingSession<Client>| {
        let tell = tell.clone();
        async move {
            let event = session.client.events().user_event("x", "a");
            let _ = tell.send(event.variables([("v", "v".repeat(65_500))]).await);
            let _ = tell.send(session.client.channel("c").ring().await);
        }
    };
    let server = builder().route("/", handler).serve().await;
    let server = server.expect("a server");
    let mut asterisk = Asterisk::connect(server.local_addr(), "/", "a")
        .await
        .unwrap();
    asterisk.send_registered().await;
    let error = next(&mut told).await.unwrap_err();
    assert!(!error.is_retryable());
    let error = error.to_string();
    for part in ["events.userEvent", "65527", "nothing was sent"] {
        assert!(error.contains(part), "{error}");
    }
    let request = asterisk.respond(204, "").await;
    assert_eq!(request["uri"], "channels/c/ring");
    next(&mut told).await.expect("a response");
    assert_eq!(asterisk.close_code().await, Some(1000));
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

#[tokio::test]
async fn many_sessions_are_served_at_once() {
    const CALLS: usize = 300;
    let both = Arc::new(tokio::sync::Barrier::new(CALLS + 1));
    let handler = {
        let both = both.clone();
        move |session: IncomingSession<Client>| {
            let both = both.clone();
            async move {
                both.wait().await;
                let pong = session.client.asterisk().ping().await?;
                assert_eq!(pong.asterisk_id, session.application());
                Ok::<(), Error>(())
            }
        }
    };
    let server = builder()
        .route("/", handler)
        .serve()
        .await
        .expect("a server");
    let mut asterisks = Vec::new();
    for number in 0..CALLS {
        let name = format!("papp:Local/{number}");
        let mut asterisk = Asterisk::connect(server.local_addr(), "/", &name)
            .await
            .unwrap();
        asterisk.send_registered().await;
        asterisks.push((name, asterisk));
    }
    timeout(LIMIT, both.wait())
        .await
        .expect("all of them are served at once");
    assert_eq!(server.session_count(), CALLS);
    for (name, asterisk) in &mut asterisks {
        let body = json!({"asterisk_id": name, "ping": "pong", "timestamp": "2026-11-23T01:08:51.332+0000"});
        let request = asterisk.respond(200, &body.to_string()).await;
        assert_eq!(request["uri"], "asterisk/ping");
        assert_eq!(asterisk.close_code().await, Some(1000));
    }
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

#[tokio::test]
async fn handler_panic_ends_only_its_session() {
    let handler = |session: IncomingSession<Client>| async move {
        assert_ne!(session.application(), "bad", "a fault in the handler");
        std::future::pending::<()>().await;
    };
    let server = builder()
        .route("/", handler)
        .serve()
        .await
        .expect("a server");
    let mut good = Asterisk::connect(server.local_addr(), "/", "good")
        .await
        .unwrap();
    good.send_registered().await;
    let mut bad = Asterisk::connect(server.local_addr(), "/", "bad")
        .await
        .unwrap();
    bad.send_registered().await;
    assert_eq!(bad.close_code().await, Some(1000));
    // A ping, with its response.
    good.socket.send(Message::Ping("x".into())).await.unwrap();
    let pong = good.socket.next().await.unwrap().unwrap();
    assert_eq!(pong, Message::Pong("x".into()));
    drop(server);
    assert_eq!(good.close_code().await, Some(1000));
    wait_until_idle().await;
}

/// A list of thousands of channels is one message.
#[tokio::test]
async fn long_responses_arrive_complete() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let handler = move |session: IncomingSession<Client>| {
        let tell = tell.clone();
        async move {
            let sounds = session.client.sounds().list().await;
            let _ = tell.send(sounds.map(|sounds| sounds.len()));
        }
    };
    let server = builder().route("/calls", handler).serve().await;
    let server = server.expect("a server");
    let mut asterisk = Asterisk::connect(server.local_addr(), "/calls", "a")
        .await
        .unwrap();
    asterisk.send_registered().await;
    let sound = json!({"id": "s".repeat(500), "formats": [{"language": "en", "format": "wav"}]});
    let sounds = json!(vec![sound; 10_000]);
    asterisk.respond(200, &sounds.to_string()).await;
    assert_eq!(next(&mut told).await.expect("a response"), 10_000);
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

/// Sessions share their HTTP client: closing the client of one does not affect the others.
#[tokio::test]
async fn closing_session_does_not_affect_others() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder(format!("http://{}/ari", listener.local_addr().unwrap()));
    let client = client.credentials("user", "password").build().unwrap();
    let (tell, mut told) = mpsc::unbounded_channel();
    let (answered, closed) = (tell.clone(), tell);
    let server = builder()
        .application("waits", move |session: IncomingSession<Client>| {
            let tell = answered.clone();
            async move {
                // Over HTTP, because it would block the socket.
                let answer = session.client.channel("c").answer().await;
                let _ = tell.send(format!("{answer:?}"));
            }
        })
        .application("closes", move |session: IncomingSession<Client>| {
            let tell = closed.clone();
            async move {
                session.client.close(LIMIT).await;
                let _ = tell.send("closed".to_owned());
            }
        })
        .http_client(move |_| Some(client.clone()))
        .serve()
        .await
        .expect("a server");
    let connect = async |application| {
        let asterisk = Asterisk::connect(server.local_addr(), "/", application).await;
        let mut asterisk = asterisk.unwrap();
        asterisk.send_registered().await;
        asterisk
    };
    let mut waits = connect("waits").await;
    let (http, _) = timeout(LIMIT, listener.accept()).await.unwrap().unwrap();
    let mut http = BufReader::new(http);
    while http.fill_buf().await.unwrap().is_empty() {}
    let mut closes = connect("closes").await;
    assert_eq!(closes.close_code().await, Some(1000));
    assert_eq!(next(&mut told).await, "closed");
    http.write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
        .await
        .unwrap();
    assert_eq!(next(&mut told).await, "Ok(())");
    assert_eq!(waits.close_code().await, Some(1000));
    server.shutdown(LIMIT).await;
}
