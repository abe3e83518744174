//! The server for Asterisk's outbound WebSockets, over real sockets, with a scripted Asterisk.

#![cfg(test)]

#[path = "server/far_end.rs"]
mod far_end;
#[path = "server/handshake_errors.rs"]
mod handshake_errors;
#[path = "server/media.rs"]
mod media;
#[path = "server/per_call.rs"]
mod per_call;
#[path = "server/persistent.rs"]
mod persistent;
#[path = "server/resource_limits.rs"]
mod resource_limits;
#[path = "server/sessions.rs"]
mod sessions;
#[path = "server/shutdown.rs"]
mod shutdown;
#[path = "server/tls.rs"]
mod tls;
#[path = "server/traffic.rs"]
mod traffic;

use std::time::Duration;

use ari_api::server::ServerBuilder;
use ari_api::{Client, Error, IncomingSession, Server};
use ari_test_support::LIMIT;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

/// `asterisk:secret`.
const BASIC: &str = "Basic YXN0ZXJpc2s6c2VjcmV0";

/// Returns a builder for a server that admits `asterisk` with the password `secret`.
fn builder() -> ServerBuilder<Client> {
    Server::builder().credentials("asterisk", "secret")
}

/// Events that a handler has received.
#[derive(Debug, PartialEq)]
enum HandlerReport {
    Begin(String),
    Event(String),
    Error(String),
    End,
}

/// Returns a handler that reports what it receives, and the receiver of its reports.
fn reporting_handler() -> (
    impl Fn(IncomingSession<Client>) -> futures_util::future::BoxFuture<'static, ()> + Send + Sync,
    mpsc::UnboundedReceiver<HandlerReport>,
) {
    let (tell, told) = mpsc::unbounded_channel();
    let handler = move |mut session: IncomingSession<Client>| {
        let tell = tell.clone();
        Box::pin(async move {
            let _ = tell.send(HandlerReport::Begin(session.application().to_owned()));
            while let Some(event) = session.events.next().await {
                let _ = tell.send(match event {
                    Ok(event) => HandlerReport::Event(event.kind().to_owned()),
                    Err(error) => HandlerReport::Error(error.to_string()),
                });
            }
            let _ = tell.send(HandlerReport::End);
        }) as _
    };
    (handler, told)
}

/// Returns the next report.
async fn next<T>(told: &mut mpsc::UnboundedReceiver<T>) -> T {
    let next = timeout(LIMIT, told.recv()).await;
    next.expect("something is seen in time").expect("a handler")
}

/// Waits until no task runs but the test itself.
async fn wait_until_idle() {
    let quiet = timeout(LIMIT, async {
        while Handle::current().metrics().num_alive_tasks() > 0 {
            sleep(Duration::from_millis(5)).await;
        }
    });
    let left = || Handle::current().metrics().num_alive_tasks();
    assert!(quiet.await.is_ok(), "{} tasks are left", left());
}

#[tokio::test]
async fn invalid_handlers_are_refused() {
    async fn nobody(_: IncomingSession<Client>) {}
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let taken = taken.expect("a port").local_addr().expect("an address");
    for (builder, expected) in [
        (builder(), "needs a handler"),
        (Server::builder().route("/a", nobody), "whom to admit"),
        (builder().route("a", nobody), "\"a\" is no path"),
        (builder().route("/a?b", nobody), "\"/a?b\" is no path"),
        (
            builder().route("/a", nobody).route("/a", nobody),
            "\"/a\" has two handlers",
        ),
        (
            builder().application("a", nobody).application("a", nobody),
            "\"a\" has two handlers",
        ),
        (
            builder().credentials("a:b", "c").route("/a", nobody),
            "holds a colon",
        ),
        (
            builder().route("/a", nobody).listen("no address"),
            "cannot listen on no address",
        ),
        (
            builder()
                .route("/a", nobody)
                .tls("missing.pem", "missing.key"),
            "missing.pem",
        ),
    ] {
        let told = format!("{builder:?}");
        assert!(!told.contains("secret"), "{told}");
        match builder.serve().await {
            Err(Error::InvalidConfig(problem)) => {
                assert!(problem.contains(expected), "{problem}");
            }
            other => panic!("{expected}: {other:?}"),
        }
    }
    let free = builder().route("/a", nobody).listen(taken.to_string());
    drop(free.serve().await.expect("the port is free again"));
    wait_until_idle().await;
}
