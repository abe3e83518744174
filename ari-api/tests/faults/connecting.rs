//! The first connection: nothing is retried, and the error names the problem.

use std::time::{Duration, Instant};

use ari_api::Error;
use ari_test_support::{LIMIT, within_limit};
use tokio::net::TcpListener;

use crate::sample::numbered_user_event;
use crate::server::{Server, Upgrade, builder};
use crate::transcript::{format_error, format_result, run};

#[test]
fn refusals_are_returned_at_once() {
    run(async |server| {
        let client = server.client();
        for status in [401, 403, 404, 503] {
            server.queue_upgrades([Upgrade::Refuse(status)]);
            let error = within_limit(async { client.application("a").connect().await });
            let error = error.await.expect_err("a refusal");
            assert_eq!(error.status(), Some(status));
            assert_eq!(error.is_retryable(), status == 503);
        }
        assert_eq!(server.request_count("GET /events"), 4);
    });
}

/// Requests and WebSockets alike: IPv6, and any `prefix` of http.conf.
#[test]
fn ipv6_and_prefix_addresses_work() {
    for (host, base) in [
        ("127.0.0.1", "/pbx/ari"),
        ("127.0.0.1", "/a/b%20c/ari"),
        ("::1", "/ari"),
        ("::1", "/pbx/ari"),
    ] {
        run(async |_| {
            let Ok(server) = Server::start_at(host, base) else {
                eprintln!("not tried: this machine has no {host}");
                return;
            };
            let builder = |slash: &str| builder(&format!("{}{slash}", server.url()));
            for slash in ["", "/"] {
                let client = builder(slash).build().expect("a client");
                let (mut app, mut peer) = server.connect(&client).await;
                let list = within_limit(client.channels().list().into_future()).await;
                assert_eq!(list.expect("a response"), []);
                peer.send_event(&numbered_user_event("c", 1));
                assert_eq!(
                    crate::transcript::next_transcript(&mut app).await,
                    "ChannelUserevent 1"
                );
                // Opened again at the same path.
                peer.cut();
                assert_eq!(
                    crate::transcript::next_transcript(&mut app).await,
                    "Disconnected"
                );
                assert_eq!(
                    crate::transcript::next_transcript(&mut app).await,
                    "Reconnected"
                );
                drop(server.peer());
            }
            let authority = server.url().replace("http://", "").replace(base, "");
            for arrived in server.requests() {
                assert_eq!(arrived.header("host"), Some(&*authority), "{arrived:?}");
            }
        });
    }
}

/// A request for a WebSocket has no body that could carry them. Without them it would be a
/// different request.
#[test]
fn application_names_that_no_query_carries_are_refused() {
    run(async |server| {
        let client = server.client();
        let long = "x".repeat(4000);
        for name in ["it's", "a,b", "a\"", "a\\", "a(b", "", " a", &long] {
            let error = within_limit(async { client.application(name).connect().await });
            let error = error.await.expect_err("a refusal");
            assert!(
                matches!(
                    error,
                    Error::InvalidArgument {
                        parameter: "app",
                        ..
                    }
                ),
                "{name}: {error:?}"
            );
            assert!(error.to_string().contains("nothing was sent"), "{error}");
        }
        assert!(server.requests().is_empty());
        let app = within_limit(async { client.application("a b+ü&;c").connect().await });
        app.await.expect("an application");
        assert_eq!(server.requests()[0].query(), "app=a%20b%2B%C3%BC%26%3Bc");
    });
}

/// Neither a server that sends nothing nor one that does not even accept delays the client for
/// longer than its timeout.
#[test]
fn silent_server_times_out() {
    run(async |server| {
        let brief = Duration::from_millis(200);
        server.set_upgrade(Upgrade::Silence);
        // Its connections wait in the queue of the operating system.
        let mute = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = mute.local_addr().expect("its number");
        for url in [server.url(), format!("http://{address}/ari")] {
            let client = builder(&url)
                .connect_timeout(brief)
                .build()
                .expect("a client");
            let begin = Instant::now();
            let error = within_limit(async { client.application("a").connect().await });
            let error = error.await.expect_err("silence");
            assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
            assert!(begin.elapsed() >= brief && begin.elapsed() < LIMIT);
        }
    });
}

/// This applies to a reconnect, too: the next attempt may reach a server that responds.
#[test]
fn silent_server_is_retried_on_reconnect() {
    run(async |server| {
        let builder = server.builder().connect_timeout(Duration::from_millis(200));
        let client = builder.build().expect("a client");
        let (mut app, peer) = server.connect(&client).await;
        server.queue_upgrades([Upgrade::Silence, Upgrade::Silence]);
        peer.cut();
        assert_eq!(
            crate::transcript::next_transcript(&mut app).await,
            "Disconnected"
        );
        assert_eq!(
            crate::transcript::next_transcript(&mut app).await,
            "Reconnected"
        );
        assert_eq!(server.request_count("GET /events"), 4);
    });
}

#[test]
fn requests_that_wait_for_events_need_an_application() {
    run(async |server| {
        let client = server.client();
        let play = || client.channel("c").play(["sound:x"]);
        for result in [
            format_result(&within_limit(play().wait_until_finished()).await),
            format_result(&within_limit(play().send_with_events()).await),
            format_result(
                &within_limit(client.channel("c").record("r", "wav").wait_until_finished()).await,
            ),
        ] {
            assert!(result.contains("no application"), "{result}");
        }
        let error = within_limit(client.channel("c").events().next()).await;
        let error = error.expect("an item").expect_err("no application");
        assert!(format_error(&error).contains("no application"), "{error:?}");
        assert!(server.requests().is_empty());
    });
}

/// The timeout of a request applies to connecting, too, but not to later reconnects.
#[test]
fn request_timeout_applies_to_connecting() {
    run(async |server| {
        let client = server.client().with_timeout(Duration::from_millis(200));
        server.queue_upgrades([Upgrade::Silence]);
        let begin = Instant::now();
        let error = within_limit(async { client.application("a").connect().await });
        let error = error.await.expect_err("silence");
        assert!(
            format_error(&error).starts_with("OutcomeUnknown"),
            "{error}"
        );
        assert!(begin.elapsed() < LIMIT, "{error}");
    });
}
