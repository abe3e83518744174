//! The tools of operators: the service of NATS, counters, and draining.

use std::time::Duration;

use ari_api::channels;
use ari_cluster::{Cluster, ClusterError};
use ari_mock::Asterisk;
use ari_test_support::within_limit;
use serde_json::Value;
use tokio::time::sleep;

use crate::support::{APPLICATION, Nats, gateway, wait_until_connected};

#[tokio::test(flavor = "multi_thread")]
async fn gateways_are_services_with_counters() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster = nats.cluster().await;
    let pbx = Asterisk::start().await.unwrap();
    let munich = gateway(&cluster, "munich", &pbx);
    let other = Asterisk::start().await.unwrap();
    let _paris = gateway(&cluster, "paris", &other);
    wait_until_connected(&cluster, 2).await;
    let channels = cluster.server("munich").channels().list().await.unwrap();
    assert_eq!(channels, []);
    // Nobody serves it, so it goes on in the dialplan.
    let _alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application(APPLICATION);
    within_limit(pbx.wait_for_request("channels.continueInDialplan", 1)).await;

    let tool = async_nats::connect(nats.url()).await.unwrap();
    let ask = async |subject: &str| -> Value {
        let response = tool.request(subject.to_owned(), "".into()).await.unwrap();
        serde_json::from_slice(&response.payload).unwrap()
    };
    let ping = ask("$SRV.PING").await;
    assert_eq!(ping["type"], "io.nats.micro.v1.ping_response");
    assert_eq!(ping["name"], "ari-gateway");
    // Of all gateways, by the name.
    let inbox = tool.new_inbox();
    let mut responses = tool.subscribe(inbox.clone()).await.unwrap();
    tool.publish_with_reply("$SRV.INFO.ari-gateway", inbox, "".into())
        .await
        .unwrap();
    let mut ids = std::collections::BTreeMap::new();
    for _ in 0..2 {
        let response = within_limit(futures_util::StreamExt::next(&mut responses))
            .await
            .unwrap();
        let info: Value = serde_json::from_slice(&response.payload).unwrap();
        assert_eq!(info["type"], "io.nats.micro.v1.info_response");
        let endpoint = &info["endpoints"][0];
        assert_eq!(endpoint["name"], APPLICATION);
        let server = info["metadata"]["server"].as_str().unwrap().to_owned();
        assert_eq!(endpoint["subject"], format!("ari.v1.rq.{server}.hello.*.>"));
        ids.insert(server, info["id"].as_str().unwrap().to_owned());
    }
    let stats = ask(&format!("$SRV.STATS.ari-gateway.{}", ids["munich"])).await;
    assert_eq!(stats["type"], "io.nats.micro.v1.stats_response");
    assert!(stats["started"].as_str().unwrap().ends_with('Z'));
    let endpoint = &stats["endpoints"][0];
    assert!(endpoint["num_requests"].as_u64() >= Some(1), "{stats}");
    assert_eq!(endpoint["data"]["connected"], true);
    assert_eq!(endpoint["data"]["gaps"], 0);

    let counters = &munich.counters()[0];
    assert!(counters.is_connected);
    assert!(counters.events_read >= 1, "{counters:?}");
    assert!(counters.events_published >= 1, "{counters:?}");
    assert!(counters.offers >= 1, "{counters:?}");
    assert!(counters.requests_executed >= 1, "{counters:?}");
    assert!(counters.oldest_event.is_some(), "{counters:?}");
    assert_eq!(counters.gaps, 0);

    // A gap, with its length.
    pbx.drop_socket(APPLICATION);
    within_limit(async {
        loop {
            let counters = &munich.counters()[0];
            if counters.gaps == 1 && counters.is_connected {
                assert!(counters.gap_time > Duration::ZERO);
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

async fn originate(cluster: &Cluster) -> Result<(), ClusterError> {
    let request = channels::Originate::new("Local/1@testari").app(APPLICATION);
    let session = cluster.originate("munich", request).await?;
    let hanging_up = session.client.channels().list().await?;
    for channel in hanging_up {
        // It may have ended by itself.
        let _ = session.client.channel(&channel.id).hangup().await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn drained_servers_get_no_new_calls_of_dialers() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster = nats.cluster().await;
    let pbx = Asterisk::start().await.unwrap();
    let munich = gateway(&cluster, "munich", &pbx);
    wait_until_connected(&cluster, 1).await;
    cluster.drain_server("munich").await.unwrap();
    let wait_until = async |is_draining: bool| {
        within_limit(async {
            while cluster.pick().server().await.is_ok() == is_draining {
                sleep(Duration::from_millis(20)).await;
            }
        })
        .await;
    };
    wait_until(true).await;
    let error = cluster.pick().server().await.unwrap_err();
    assert!(error.to_string().contains("draining"), "{error}");
    let error = originate(&cluster).await.unwrap_err();
    assert!(
        error.to_string().contains("the server takes no new calls"),
        "{error}"
    );
    // Calls from Asterisk are still offered.
    let (sender, mut served) = tokio::sync::mpsc::unbounded_channel();
    let handler = move |_| {
        let _ = sender.send(());
        async {}
    };
    let _worker = cluster.worker(APPLICATION).serve(handler).await.unwrap();
    let _alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application(APPLICATION);
    within_limit(served.recv()).await.unwrap();

    // The next gateway goes on draining.
    let next = gateway(&cluster, "munich", &pbx);
    within_limit(munich.replaced()).await;
    drop(munich);
    within_limit(async {
        while !next.counters()[0].is_connected {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    assert!(next.counters()[0].is_draining);
    cluster.undrain_server("munich").await.unwrap();
    wait_until(false).await;
    originate(&cluster).await.unwrap();
    let error = cluster.drain_server("nowhere").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no server fits: no gateway of a server \"nowhere\" is running"
    );
}
