//! The history in JetStream.

use std::time::Duration;

use ari_api::Client;
use ari_cluster::Cluster;
use ari_cluster::gateway::GatewayBuilder;
use ari_mock::Asterisk;
use ari_test_support::{NatsServer, within_limit};
use tokio::time::sleep;

use crate::support::{APPLICATION, connect, wait_until_connected};

fn builder(pbx: &Asterisk) -> GatewayBuilder {
    let asterisk = Client::builder(pbx.url()).credentials("aritest", "testme");
    GatewayBuilder::new("munich", asterisk.http_transport().unwrap())
        .application(APPLICATION)
        .history(["StasisStart", "StasisEnd"])
}

/// A call enters the application and is sent on in the dialplan, because there is no worker.
async fn call(pbx: &Asterisk, cluster: &Cluster) -> String {
    wait_until_connected(cluster, 1).await;
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application(APPLICATION);
    within_limit(pbx.wait_for_request("channels.continueInDialplan", 1)).await;
    alice.id().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_events_are_read_later() {
    let Some(nats) = NatsServer::start_with_jetstream() else {
        return;
    };
    let cluster = connect(&nats).await;
    let pbx = Asterisk::start().await.unwrap();
    let gateway = cluster.start_gateway(builder(&pbx));
    let id = call(&pbx, &cluster).await;
    let past = within_limit(async {
        loop {
            // Until the gateway has created the stream.
            match cluster.history(&id).await {
                Ok(past) if past.len() == 2 => return past,
                _ => sleep(Duration::from_millis(50)).await,
            }
        }
    })
    .await;
    for (event, kind) in past.iter().zip(["StasisStart", "StasisEnd"]) {
        assert_eq!(
            (&*event.server, &*event.application),
            ("munich", APPLICATION)
        );
        assert!(
            event.text.contains(&format!("\"type\":\"{kind}\"")),
            "{}",
            event.text
        );
        assert!(event.text.contains(&id), "{}", event.text);
    }
    assert_eq!(cluster.history("nobody").await.unwrap(), []);
    let counters = &gateway.counters()[0];
    assert_eq!((counters.history_stored, counters.history_lost), (2, 0));
}

/// Without JetStream, calls go on as before.
#[tokio::test(flavor = "multi_thread")]
async fn without_jetstream_calls_go_on() {
    let Some(nats) = NatsServer::start() else {
        return;
    };
    let cluster = connect(&nats).await;
    let pbx = Asterisk::start().await.unwrap();
    let gateway = cluster.start_gateway(builder(&pbx));
    let id = call(&pbx, &cluster).await;
    let error = cluster.history(&id).await.unwrap_err();
    assert!(error.to_string().contains("JetStream is off"), "{error}");
    assert_eq!(gateway.counters()[0].history_stored, 0);
}
