//! A fake Asterisk that opens a persistent WebSocket, and opens it again when it is lost.

use ari_mock::{Asterisk, PersistentWebSocket};
use tokio::net::TcpListener;

use super::per_call::{kinds_up_to, serve};
use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// Returns the applications of a session, sorted.
fn applications(session: &IncomingSession<Client>) -> Vec<String> {
    let mut applications = session.applications().to_vec();
    applications.sort();
    applications
}

#[tokio::test]
async fn events_of_a_lost_websocket_come_with_the_next_one() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let url = format!("ws://{address}/calls");
    // Nobody accepts the WebSocket yet.
    drop(listener);
    let mut pbx = Asterisk::builder()
        .websocket_client_with_credentials("ours", &url, "asterisk", "secret")
        .persistent_websocket(PersistentWebSocket::new("ours", ["one", "two"]))
        .persistent_websocket(
            PersistentWebSocket::new("ours", ["report"])
                .read_only()
                .subscribe_all(),
        )
        .start()
        .await
        .unwrap();
    let inbound = pbx.client().unwrap();
    let listed = inbound.applications().list().await.unwrap();
    let names: Vec<_> = listed.iter().map(|app| &*app.name).collect();
    assert_eq!(names, ["one", "report", "two"]);
    let alice = pbx.incoming_call("PJSIP/alice").into_application("one");
    assert_eq!(alice.application().as_deref(), Some("one"));

    let (server, mut sessions) = serve(TcpListener::bind(address).await.unwrap());
    let mut session = next(&mut sessions).await;
    let mut report = next(&mut sessions).await;
    if applications(&session) == ["report"] {
        std::mem::swap(&mut session, &mut report);
    }
    let kinds = kinds_up_to(&mut session, "StasisStart").await;
    let registered = kinds.iter().filter(|kind| *kind == "ApplicationRegistered");
    assert_eq!(registered.count(), 2, "{kinds:?}");
    assert_eq!(applications(&session), ["one", "two"]);
    session.client.channel(alice.id()).answer().await.unwrap();
    // The other one gets everything, and may change nothing.
    let kinds = kinds_up_to(&mut report, "ChannelStateChange").await;
    assert!(!kinds.contains(&"StasisStart".to_owned()), "{kinds:?}");
    let refused = report.client.channel(alice.id()).hangup().await;
    assert_eq!(refused.unwrap_err().status(), Some(403));

    // A gap.
    drop((session, report));
    server.shutdown(Duration::ZERO).await;
    // The events of a connection whose loss the server has not noticed would be lost.
    let noticed = async {
        let is_loss = |line: &&String| line.contains(" lost, reconnecting");
        while pbx.log_after(0).1.iter().filter(is_loss).count() < 2 {
            sleep(SECOND / 100).await;
        }
    };
    timeout(LIMIT, noticed).await.unwrap();
    alice.press("5");
    let bob = pbx.incoming_call("PJSIP/bob").into_application("two");
    let (server, mut sessions) = serve(TcpListener::bind(address).await.unwrap());
    let mut session = next(&mut sessions).await;
    if applications(&session) == ["report"] {
        session = next(&mut sessions).await;
    }
    let kinds = kinds_up_to(&mut session, "ApplicationRegistered").await;
    let expected = [
        "Connected",
        "ChannelDtmfReceived",
        "StasisStart",
        "ApplicationRegistered",
    ];
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| expected.contains(&&***kind))
            .count(),
        4,
        "{kinds:?}"
    );
    session.client.channel(bob.id()).hangup().await.unwrap();

    // Another client takes an application over. When that leaves, the application is removed.
    let other = pbx.client().unwrap();
    let events = other.application("two").connect().await.unwrap();
    kinds_up_to(&mut session, "ApplicationReplaced").await;
    drop(events);
    other.close(SECOND).await;
    let removed = async {
        while inbound.applications().list().await.unwrap().len() > 2 {
            sleep(SECOND / 100).await;
        }
    };
    timeout(LIMIT, removed).await.unwrap();

    // A restart of the server registers everything anew.
    pbx.restart().await.unwrap();
    let (mut applications, mut all) = (Vec::new(), Vec::new());
    while applications.len() < 3 {
        let session = next(&mut sessions).await;
        applications.extend(session.applications().to_vec());
        all.push(session);
    }
    applications.sort();
    assert_eq!(applications, ["one", "report", "two"]);
    drop(server);
}

#[tokio::test]
async fn older_releases_open_no_websocket() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}/calls", listener.local_addr().unwrap());
    let pbx = Asterisk::builder()
        .release(16)
        .websocket_client("ours", &url)
        .persistent_websocket(PersistentWebSocket::new("ours", ["one"]))
        .start()
        .await
        .unwrap();
    let listed = pbx.client().unwrap().applications().list().await.unwrap();
    assert_eq!(listed, []);
}
