//! The spans of requests, sessions and streams: names, fields, parents, and no password.

#![allow(clippy::expect_used, reason = "a test may end at the first problem")]

use std::time::Duration;

use ari_api::client::{RetryPolicy, TraceContext};
use ari_api::stream::ConnectionEvent;
use ari_api::{Client, Event};
use ari_test_support::{SpanRecorder, within_limit};
use tracing::Instrument as _;

const PASSWORD: &str = "hunter2-Yx";

const CHANNEL: &str = "1763862531.42";

const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// One thread, so that the subscriber of this thread sees everything.
#[tokio::test]
async fn requests_sessions_and_streams_have_spans() {
    let spans = SpanRecorder::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let pbx = ari_mock::Asterisk::builder().user("secretive", PASSWORD);
    let mut pbx = pbx.start().await.expect("a server");
    let address = pbx.url();
    let builder = Client::builder(&address).credentials("secretive", PASSWORD);
    let client = builder.build().expect("a client");
    let mut app = client.application("hello").connect().await;
    let app = app.as_mut().expect("an application");
    let channel = pbx.incoming_call("PJSIP/alice").id(CHANNEL);
    let channel = channel.into_application("hello");
    let over = Client::over_session(app.session());
    let unreachable = Client::builder("http://127.0.0.1:1/ari");
    let unreachable = unreachable.credentials("secretive", PASSWORD).build();
    let unreachable = unreachable.expect("a client");
    let context: TraceContext = TRACEPARENT.parse().expect("a context");

    let program = async {
        let call = client.channel(CHANNEL);
        call.answer().await.expect("a response");
        over.channel(CHANNEL).ring().await.expect("a response");
        client.bridge("none").get().await.expect_err("no bridge");
        let traced = client.with_trace_context(context);
        traced.asterisk().ping().await.expect("a response");
        unreachable
            .asterisk()
            .get_info()
            .await
            .expect_err("no server");
        let mut stream = call.events();
        channel.hang_up();
        // The application is not subscribed to the channel: nothing reports the end.
        while within_limit(stream.next()).await.is_some() {}
    };
    program.instrument(tracing::info_span!("program")).await;

    let (host, port) = ("127.0.0.1", address.rsplit(':').next());
    let port = port.and_then(|it| it.split('/').next()).expect("a port");
    let requests: [(&str, &[(&str, &str)]); 6] = [
        (
            "GET /events",
            &[
                ("ari.operation", "events.eventWebsocket"),
                ("http.response.status_code", "101"),
                ("asterisk.application", "hello"),
            ],
        ),
        (
            "POST /channels/{channelId}/answer",
            &[
                ("ari.operation", "channels.answer"),
                ("http.request.method", "POST"),
                ("url.template", "/channels/{channelId}/answer"),
                ("http.response.status_code", "204"),
                ("ari.outcome", "success"),
                ("asterisk.channel.id", CHANNEL),
                ("network.protocol.name", ""),
                ("otel.status_code", ""),
                ("server.address", host),
                ("server.port", port),
            ],
        ),
        (
            "POST /channels/{channelId}/ring",
            &[
                ("network.protocol.name", "websocket"),
                ("http.response.status_code", "204"),
                ("server.address", host),
                ("server.port", port),
            ],
        ),
        (
            "GET /bridges/{bridgeId}",
            &[
                ("http.response.status_code", "404"),
                ("ari.outcome", "refused"),
                ("error.type", "404"),
                ("otel.status_code", "ERROR"),
                ("asterisk.bridge.id", "none"),
            ],
        ),
        (
            "GET /asterisk/ping",
            &[
                ("ari.traceparent", TRACEPARENT),
                ("http.response.status_code", "200"),
            ],
        ),
        (
            "GET /asterisk/info",
            &[
                ("error.type", "not_sent"),
                ("ari.outcome", "not_sent"),
                ("http.response.status_code", ""),
                ("server.port", "1"),
            ],
        ),
    ];
    let program = spans.spans().iter().position(|it| it.name == "program");
    for (name, fields) in requests {
        let span = spans.last("otel.name", name).expect(name);
        assert_eq!(span.name, "ari.request", "{name}");
        assert!(span.is_closed, "{name}");
        assert_eq!(span.field("otel.kind"), "client", "{name}");
        let parent = program.filter(|_| name != "GET /events");
        assert_eq!(span.parent, parent, "{name}");
        for (field, value) in fields {
            assert_eq!(span.field(field), *value, "{field} of {name}");
        }
        let has_response = !span.field("http.response.status_code").is_empty();
        let waited = span.field("ari.time_to_first_byte").parse::<f64>();
        assert_eq!(waited.is_ok_and(|it| it > 0.0), has_response, "{name}");
    }
    let stream = spans.last("otel.name", "events of channel");
    let stream = stream.expect("the span of the stream");
    assert_eq!(stream.field("asterisk.object.id"), CHANNEL);
    assert_eq!(stream.field("error.type"), "object_gone");
    assert_eq!((stream.parent, stream.is_closed), (program, true));

    pbx.restart().await.expect("the server again");
    loop {
        let event = within_limit(app.next()).await.expect("an event");
        if let Event::Connection(ConnectionEvent::Resynced(_)) = &*event.expect("an event") {
            break;
        }
    }
    app.close(Duration::ZERO).await;
    let session = spans.last("otel.name", "receive events");
    let session = session.expect("the span of the session");
    assert_eq!(session.name, "ari.session");
    assert_eq!((session.parent, session.is_closed), (None, true));
    for (field, value) in [
        ("messaging.destination.name", "hello"),
        ("ari.reconnects", "1"),
        ("server.port", port),
        ("error.type", ""),
    ] {
        assert_eq!(session.field(field), value, "{field}");
    }
    for (count, begin) in ["connected", "disconnected", "connected again", "compared"]
        .iter()
        .enumerate()
    {
        let event = session.events.get(count).map(String::as_str);
        let text = event.unwrap_or_default().to_lowercase();
        assert!(text.contains(begin), "{count}: {:?}", session.events);
    }
    // The requests of the resync belong to the session.
    let resync = spans.last("otel.name", "GET /bridges");
    let parent = resync.expect("a request").parent.expect("a parent");
    assert_eq!(spans.spans()[parent].name, "ari.session");

    let all = format!("{:?}", spans.spans());
    assert!(!all.contains(PASSWORD), "{all}");
}

/// A request whose future is dropped has a span that says so.
#[tokio::test]
async fn dropped_requests_are_cancelled() {
    let spans = SpanRecorder::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let pbx = ari_mock::Asterisk::start().await.expect("a server");
    let client = pbx.client().expect("a client");
    let ping = client.asterisk().ping().into_future();
    tokio::select! {
        biased;
        _ = ping => unreachable!("there is no response yet"),
        () = std::future::ready(()) => {}
    }
    let span = spans.last("ari.operation", "asterisk.ping");
    assert_eq!(span.expect("a span").field("ari.outcome"), "cancelled");
}

/// Each attempt of a request has a span.
#[tokio::test]
async fn attempts_are_counted() {
    let spans = SpanRecorder::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let pbx = ari_mock::Asterisk::start().await.expect("a server");
    let retry = RetryPolicy::new().initial_delay(Duration::from_millis(1));
    let builder = Client::builder(pbx.url()).credentials("aritest", "testme");
    let client = builder.retry(retry).build().expect("a client");
    pbx.fail_times("asterisk.ping", 503, "starting", 2);
    client.asterisk().ping().await.expect("a response");
    let attempts = spans.spans().into_iter();
    let attempts = attempts.filter(|it| it.field("ari.operation") == "asterisk.ping");
    let attempts: Vec<_> = attempts
        .map(|it| {
            let count = it.field("http.request.resend_count").to_owned();
            (it.field("ari.outcome").to_owned(), count)
        })
        .collect();
    let expected = [
        ("server_error", ""),
        ("server_error", "1"),
        ("success", "2"),
    ];
    assert_eq!(
        attempts,
        expected.map(|(outcome, count)| (outcome.to_owned(), count.to_owned()))
    );
}
