//! The header `traceparent` of requests.

use std::thread;

use ari_api::client::ToRequest as _;
use ari_api::client::TraceContext;
use ari_api::{Client, asterisk};
use ari_test_support::{Reply, Server, within_limit};

use crate::over_socket::pong;

fn context(number: u8) -> TraceContext {
    TraceContext::new([number; 16], [number; 8], 1).unwrap()
}

#[tokio::test]
async fn trace_context_is_a_header() {
    let server = Server::start(|request| match request.path() {
        "/ari/events" => Reply::websocket(|_| thread::park()),
        "/ari/asterisk/ping" => Reply::json(200, &pong()),
        _ => Reply::response(404, ""),
    });
    let client = Client::builder(server.url()).build().unwrap();
    let traced = client.with_trace_context(context(1));
    let next = || {
        let request = server.next_request();
        request.header("traceparent").map(str::to_owned)
    };

    within_limit(client.asterisk().ping().into_future())
        .await
        .unwrap();
    assert_eq!(next(), None);
    within_limit(traced.asterisk().ping().into_future())
        .await
        .unwrap();
    assert_eq!(next(), Some(context(1).to_string()));

    // That of a request comes before that of its client.
    let ping = asterisk::Ping::new().to_request().unwrap();
    let own = ping.clone().with_trace_context(context(2));
    within_limit(traced.connection().execute(&own))
        .await
        .unwrap();
    assert_eq!(next(), Some(context(2).to_string()));
    within_limit(traced.connection().execute(&ping))
        .await
        .unwrap();
    assert_eq!(next(), Some(context(1).to_string()));
    let untraced = traced.with_trace_context(None);
    within_limit(untraced.connection().execute(&ping))
        .await
        .unwrap();
    assert_eq!(next(), None);

    // Opening a WebSocket.
    let app = within_limit(traced.application("a").connect().into_future())
        .await
        .unwrap();
    assert_eq!(next(), Some(context(1).to_string()));
    drop(app);
}
