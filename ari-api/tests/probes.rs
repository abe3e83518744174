//! Probes of readiness and liveness over HTTP, while the connection to the server is lost and comes
//! back, another client takes the application over, and the session ends.

#![allow(clippy::expect_used, reason = "a test may end at the first problem")]

#[path = "../examples/health/mod.rs"]
mod health;

use std::net::SocketAddr;
use std::time::Duration;

use ari_api::Client;
use ari_api::client::{ReconnectPolicy, Unhealthy};
use ari_test_support::{send_request, within_limit};
use tokio::net::TcpListener;

/// Waits until `/ready` and `/live` have these statuses.
async fn wait_for(address: SocketAddr, statuses: (u16, u16)) {
    within_limit(async {
        while (
            get(address, "/ready").await.0,
            get(address, "/live").await.0,
        ) != statuses
        {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// Returns the status and the text of a probe.
async fn get(address: SocketAddr, path: &str) -> (u16, String) {
    let line = format!("GET {path}");
    let response = send_request(address, &line, "", b"").await;
    let response = response.expect("a response");
    (response.status, response.text())
}

#[tokio::test]
async fn probes_follow_the_connection() {
    let pbx = ari_mock::Asterisk::builder();
    let mut pbx = pbx.start().await.expect("a server");
    let soon = ReconnectPolicy::new().initial_delay(Duration::from_millis(10));
    let builder = Client::builder(pbx.url()).credentials("aritest", "testme");
    let client = builder.reconnect(soon).build().expect("a client");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(health::serve(listener, client.clone(), "probed"));

    // Not connected yet: a new process would not help.
    wait_for(address, (503, 200)).await;
    let app = client.application("probed").connect().await;
    let app = app.expect("an application");
    wait_for(address, (200, 200)).await;
    assert_eq!(get(address, "/else").await.0, 404);

    // While the server is gone the client reconnects: a new process would not help, either.
    pbx.stop();
    wait_for(address, (503, 200)).await;
    let (_, text) = get(address, "/ready").await;
    assert!(text.contains("is being opened again"), "{text}");
    pbx.restart().await.expect("the server again");
    wait_for(address, (200, 200)).await;

    let health = client.connection().application_health();
    let [health] = &health[..] else {
        unreachable!("{health:?}")
    };
    assert!(health.is_registered() && !health.is_resyncing, "{health:?}");
    let silent = client.connection().check_live(&["probed"], Duration::ZERO);
    assert!(
        matches!(silent, Err(Unhealthy::Silent { .. })),
        "{silent:?}"
    );

    // The session ends for good: only a new connection helps.
    app.close(Duration::ZERO).await;
    wait_for(address, (503, 503)).await;
    let (_, text) = get(address, "/live").await;
    assert!(text.contains("is not connected"), "{text}");
}

#[tokio::test]
async fn replaced_applications_are_not_ready() {
    let pbx = ari_mock::Asterisk::start().await.expect("a server");
    let [first, second] = [(); 2].map(|()| pbx.client().expect("a client"));
    let mut app = first
        .application("probed")
        .connect()
        .await
        .expect("an application");
    // A second application keeps the WebSocket open.
    let both = first.application("other").connect().await;
    let _other = both.expect("an application");
    let taken = second.application("probed").connect().await;
    let _taken = taken.expect("an application");
    while let Some(Ok(_)) = within_limit(app.next()).await {}
    let ready = first.connection().check_ready(&["probed"]);
    assert!(
        matches!(
            ready,
            Err(Unhealthy::Replaced { .. } | Unhealthy::NotConnected { .. })
        ),
        "{ready:?}"
    );
    assert_eq!(first.connection().check_ready(&["other"]), Ok(()));
    assert_eq!(second.connection().check_ready(&["probed"]), Ok(()));
}
