//! Messages that are larger than a NATS server takes.

use std::time::Duration;

use ari_api::{Client, Error, Event, IncomingSession, channels};
use ari_cluster::{Cluster, ClusterError, ClusterSession as _};
use ari_mock::Asterisk;
use ari_test_support::{NatsServer, within_limit};
use tokio::sync::mpsc;

use crate::support::{APPLICATION, Nats, connect, first_channel, gateway, wait_until_connected};

/// The size of a text that is larger than the messages of [`start`], and that Asterisk takes in a body.
const LARGE: usize = 36_000;

/// Starts a server that takes messages of 8 KB.
fn start() -> Option<NatsServer> {
    NatsServer::start_with_max_payload(8 * 1024)
}

/// Returns the text of a user event on a session.
async fn read_user_event(session: &mut IncomingSession<Client>) -> String {
    while let Some(event) = session.events.next().await {
        if let Event::ChannelUserevent(event) = event.unwrap().as_ref() {
            return event.userevent["text"].as_str().unwrap().to_owned();
        }
    }
    panic!("the session has ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn large_requests_and_events_come_in_parts() {
    let Some(nats) = start() else { return };
    let cluster = connect(&nats).await;
    let pbx = Asterisk::start().await.unwrap();
    let _gateway = gateway(&cluster, "munich", &pbx);
    wait_until_connected(&cluster, 1).await;
    let types = ["ChannelUserevent"];
    let mut by_type = cluster.watch().types(types).start().await.unwrap();
    let mut all = cluster.watch().start().await.unwrap();

    // A request with a large body.
    let value = "v".repeat(LARGE);
    let request = channels::Originate::new("Local/1@testari")
        .app(APPLICATION)
        .variables([("LARGE", value.clone())]);
    let mut session = cluster.originate("munich", request).await.unwrap();
    let channel = within_limit(first_channel(&mut session)).await;
    let handle = session.client.channel(&channel);
    let read = handle.get_channel_var("LARGE").await.unwrap();
    assert_eq!(read.value, value);
    let originated = pbx.requests().into_iter();
    let originated = originated.filter(|it| it.operation.nickname == "originate");
    assert_eq!(originated.count(), 1);

    // A request and an event, to the owner of the call and to dashboards. None waits for another one.
    let text = "t".repeat(LARGE);
    let event = session.client.events().user_event("large", APPLICATION);
    let event = event.source([format!("channel:{channel}")]);
    event.variables([("text", text.clone())]).await.unwrap();
    let arrived = tokio::time::timeout(Duration::from_secs(10), read_user_event(&mut session));
    assert_eq!(arrived.await.unwrap(), text);
    for board in [&mut by_type, &mut all] {
        within_limit(async {
            loop {
                let seen = board.next().await.unwrap().event.unwrap();
                if let Event::ChannelUserevent(event) = seen.as_ref() {
                    assert_eq!(event.userevent["text"].as_str().unwrap(), text);
                    return;
                }
            }
        })
        .await;
    }

    // A large state, and the events of the call, for its next worker.
    let state = "s".repeat(16_000);
    session.keep_state(state.clone()).await.unwrap();
    let (found, mut resumed) = mpsc::unbounded_channel();
    let resume = move |session: IncomingSession<Client>| {
        let found = found.clone();
        async move {
            let _ = found.send((session.kept_state(), session.earlier_events().len()));
            std::future::pending::<Result<(), Error>>().await
        }
    };
    let worker = cluster.worker(APPLICATION).resume(resume);
    let _worker = worker.serve(async |_| {}).await.unwrap();
    // The handle keeps the session, too.
    drop((handle, session));
    let (kept, events) = within_limit(resumed.recv()).await.unwrap();
    assert!(kept == state.as_bytes());
    assert!(events >= 2);
    pbx.assert_no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_of_a_few_bytes_are_not_enough() {
    let Some(nats) = NatsServer::start_with_max_payload(1024) else {
        return;
    };
    let error = within_limit(async {
        loop {
            match Cluster::connect(nats.url()).await {
                Err(ClusterError::Connect { .. }) => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                outcome => return outcome.unwrap_err(),
            }
        }
    })
    .await;
    assert!(matches!(&error, ClusterError::InvalidConfig(_)), "{error}");
    assert!(error.to_string().contains("max_payload"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn program_waits_for_nats() {
    let log = crate::logs::capture();
    let Some(nats) = Nats::start().await else {
        return;
    };
    let url = nats.url();
    let port = url.rsplit(':').next().unwrap().parse().unwrap();
    drop(nats);
    let error = Cluster::connect(&url).await.unwrap_err();
    assert!(matches!(error, ClusterError::Connect { .. }), "{error}");

    let pbx = Asterisk::start().await.unwrap();
    let connecting = tokio::spawn({
        let builder = Cluster::builder(&url).retry_on_initial_connect();
        async move { builder.connect().await }
    });
    within_limit(async {
        while !log.text().contains("waiting for NATS") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    assert!(!connecting.is_finished());
    let _nats = NatsServer::start_on(port).unwrap();
    let cluster = within_limit(connecting).await.unwrap().unwrap();
    let _gateway = gateway(&cluster, "munich", &pbx);
    wait_until_connected(&cluster, 1).await;

    // Settings that are wrong stay wrong.
    let builder = Cluster::builder("nats://[").retry_on_initial_connect();
    assert!(builder.connect().await.is_err());
}
