//! Calls whose originating request has no known outcome.

use std::time::Duration;

use ari_api::{Client, Error, Event, IncomingSession, channels};
use ari_cluster::gateway::{GatewayBuilder, Unserved};
use ari_cluster::{Cluster, ClusterError, ClusterSession as _};
use ari_mock::Asterisk;
use ari_test_support::within_limit;
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::support::{APPLICATION, Nats, gateway, wait_until_connected};

/// Adopts a call, as soon as the gateway is connected.
async fn adopt(cluster: &Cluster, id: &str) -> Result<IncomingSession<Client>, ClusterError> {
    within_limit(async {
        loop {
            match cluster.adopt("munich", APPLICATION, id).await {
                Err(ClusterError::NoServer(_) | ClusterError::Bus(_)) => {
                    sleep(Duration::from_millis(50)).await;
                }
                outcome => return outcome,
            }
        }
    })
    .await
}

/// Starts a worker that keeps its calls. The receiver gets an item for each.
async fn worker(cluster: &Cluster) -> (ari_cluster::Worker, mpsc::UnboundedReceiver<()>) {
    let (sender, served) = mpsc::unbounded_channel();
    let handler = move |mut session: IncomingSession<Client>| {
        let _ = sender.send(());
        async move { while session.events.next().await.is_some() {} }
    };
    let worker = cluster.worker(APPLICATION).resume(handler.clone());
    (worker.serve(handler).await.unwrap(), served)
}

#[tokio::test(flavor = "multi_thread")]
async fn dialers_adopt_calls_by_their_id() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster = nats.cluster().await;
    let pbx = Asterisk::start().await.unwrap();
    let asterisk = Client::builder(pbx.url()).credentials("aritest", "testme");
    let builder = GatewayBuilder::new("munich", asterisk.http_transport().unwrap())
        .application(APPLICATION)
        .unserved(Unserved::Hold(Duration::from_secs(600)));
    let _gateway = cluster.start_gateway(builder);
    wait_until_connected(&cluster, 1).await;

    // Its dialer is gone.
    let originate = channels::Originate::new("Local/1@testari")
        .app(APPLICATION)
        .channel_id("c1");
    pbx.client().unwrap().send(originate).await.unwrap();
    let mut session = adopt(&cluster, "c1").await.unwrap();
    assert_eq!(session.server_name().as_deref(), Some("munich"));
    let call = session.resumed().unwrap();
    assert!(call.channel_ids().contains(&"c1".to_owned()), "{call:?}");
    session.client.channel("c1").hangup().await.unwrap();
    let has_ended = within_limit(async {
        let mut has_ended = false;
        while let Some(event) = session.events.next().await {
            if let Ok(event) = event
                && let Event::StasisEnd(ended) = event.as_ref()
            {
                has_ended |= ended.channel.id == "c1";
            }
        }
        has_ended
    })
    .await;
    assert!(has_ended);

    // There is none.
    let error = adopt(&cluster, "c2").await.unwrap_err();
    assert!(matches!(error, ClusterError::NoCall(_)), "{error}");
    let text = "there is no call \"c2\": it was not originated, or has ended";
    assert_eq!(error.to_string(), text);

    // A worker has it.
    let (_worker, mut served) = worker(&cluster).await;
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application(APPLICATION);
    within_limit(served.recv()).await.unwrap();
    let error = adopt(&cluster, alice.id()).await.unwrap_err();
    assert!(matches!(error, ClusterError::CallTaken(_)), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_outcomes_keep_the_call_from_others() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster = nats.cluster().await;
    let pbx = Asterisk::start().await.unwrap();
    let first = gateway(&cluster, "munich", &pbx);
    wait_until_connected(&cluster, 1).await;
    let (_worker, mut served) = worker(&cluster).await;

    // The gateway ends before the response.
    pbx.delay_responses(Duration::from_secs(600));
    let request = channels::Originate::new("Local/1@testari")
        .app(APPLICATION)
        .channel_id("c1");
    let dialing = {
        let cluster = cluster.clone();
        tokio::spawn(async move { cluster.originate("munich", request).await.err() })
    };
    within_limit(pbx.wait_for_request("channels.originate", 1)).await;
    drop(first);
    let error = within_limit(dialing).await.unwrap();
    let is_unknown = matches!(
        error,
        Some(ClusterError::Request(Error::OutcomeUnknown { .. }))
    );
    assert!(is_unknown, "{error:?}");
    pbx.delay_responses(Duration::ZERO);
    let _second = gateway(&cluster, "munich", &pbx);
    match adopt(&cluster, "c1").await {
        Ok(session) => assert!(session.resumed().is_some()),
        // Without a gateway, it could not enter.
        Err(error) => assert!(matches!(error, ClusterError::NoCall(_)), "{error}"),
    }
    assert!(served.try_recv().is_err(), "it was offered to a worker");
}
