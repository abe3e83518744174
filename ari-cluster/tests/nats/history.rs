//! The history in JetStream.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use std::{array, fs};

use ari_api::{Client, Error, Event, IncomingSession};
use ari_cluster::Cluster;
use ari_cluster::gateway::GatewayBuilder;
use ari_mock::Asterisk;
use ari_test_support::{NatsServer, wait_until, within_limit};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::logs;
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

/// Sends a request to JetStream until it succeeds.
async fn administer(nats: &NatsServer, verb: &str, request: &Value) {
    let client = async_nats::connect(nats.url()).await.unwrap();
    let subject = format!("$JS.API.STREAM.{verb}.ARI_HISTORY");
    within_limit(async {
        loop {
            let response = client
                .request(subject.clone(), request.to_string().into())
                .await;
            // Nodes of a cluster choose a leader first.
            let response = response.map(|it| serde_json::from_slice::<Value>(&it.payload).unwrap());
            if response.is_ok_and(|response| response.get("error").is_none()) {
                return;
            }
            sleep(Duration::from_millis(200)).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn full_and_deleted_streams_lose_events_and_no_calls() {
    let Some(nats) = NatsServer::start_with_jetstream() else {
        return;
    };
    let log = logs::capture();
    let cluster = connect(&nats).await;
    let settings = json!({
        "name": "ARI_HISTORY",
        "subjects": ["ari.v1.hist.>"],
        "storage": "memory",
        "discard": "new",
        "max_msgs": 1,
    });
    administer(&nats, "CREATE", &settings).await;
    let pbx = Asterisk::start().await.unwrap();
    let gateway = cluster.start_gateway(builder(&pbx));
    let counters = || {
        let counters = &gateway.counters()[0];
        (counters.history_stored, counters.history_lost)
    };
    call(&pbx, &cluster).await;
    wait_until("the stream is full", || counters() == (1, 1)).await;
    let is_reported = |line: &str| {
        line.contains("events of the history are lost")
            && line.contains("maximum messages exceeded")
    };
    wait_until("it is logged", || log.text().lines().any(is_reported)).await;

    // The gateway creates the stream again.
    administer(&nats, "DELETE", &json!({})).await;
    within_limit(async {
        while counters().0 == 1 {
            let _ = pbx
                .incoming_call("PJSIP/alice")
                .into_application(APPLICATION);
            sleep(Duration::from_millis(200)).await;
        }
    })
    .await;
    assert!(counters().1 > 1, "{:?}", counters());
}

/// Starts a node of a NATS cluster of two, with JetStream.
fn start_node(folder: &Path, name: &str, port: u16, other: u16) -> Option<NatsServer> {
    let data = folder.join(name);
    let text = format!(
        "server_name: {name}\nserver_tags: [{name}]\njetstream {{ store_dir: {data:?} }}\n\
         cluster {{ name: test, no_advertise: true, listen: \"127.0.0.1:{port}\", \
         routes: [\"nats-route://127.0.0.1:{other}\"] }}\n"
    );
    let file = folder.join(format!("{name}.conf"));
    fs::write(&file, text).unwrap();
    NatsServer::start_with_config(&file, &[])
}

fn signal(nats: &NatsServer, signal: &str) {
    let process = nats.process_id().to_string();
    let status = Command::new("kill").args([signal, &process]).status();
    assert!(status.unwrap().success());
}

/// The node with the stream stands still, and the gateway is connected to the other one.
#[tokio::test(flavor = "multi_thread")]
async fn frozen_jetstream_stops_no_call() {
    let folder = tempfile::tempdir().unwrap();
    let ports: [_; 2] = array::from_fn(|_| TcpListener::bind("127.0.0.1:0").unwrap());
    let [near, far] = ports.map(|port| port.local_addr().unwrap().port());
    let Some(core) = start_node(folder.path(), "core", near, far) else {
        return;
    };
    let Some(store) = start_node(folder.path(), "store", far, near) else {
        return;
    };
    let log = logs::capture();
    let cluster = connect(&core).await;
    let settings = json!({
        "name": "ARI_HISTORY",
        "subjects": ["ari.v1.hist.>"],
        "storage": "memory",
        "placement": { "tags": ["store"] },
    });
    administer(&core, "CREATE", &settings).await;
    let pbx = Asterisk::start().await.unwrap();
    let gateway = cluster.start_gateway(builder(&pbx));
    let served: Arc<AtomicU64> = Arc::default();
    let counter = served.clone();
    let handler = move |mut session: IncomingSession<Client>| {
        let counter = counter.clone();
        async move {
            while let Some(event) = session.events.next().await {
                if let Event::StasisStart(start) = event?.as_ref() {
                    let channel = session.client.channel(&start.channel.id);
                    channel.answer().await?;
                    channel.hangup().await?;
                }
            }
            counter.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Error>(())
        }
    };
    let _worker = cluster.worker(APPLICATION).serve(handler).await.unwrap();
    wait_until_connected(&cluster, 1).await;
    let call = || {
        let caller = pbx.incoming_call("PJSIP/alice");
        let _ = caller.into_application(APPLICATION);
    };
    let served = || served.load(Ordering::Relaxed);
    let stored = || gateway.counters()[0].history_stored;
    let lost = || gateway.counters()[0].history_lost;
    call();
    wait_until("the first call is in the history", || stored() == 2).await;
    assert_eq!(lost(), 0);

    signal(&store, "-STOP");
    (0..20).for_each(|_| call());
    wait_until("all calls are served", || served() == 21).await;
    // JetStream has five seconds for each event.
    wait_until("their events are lost", || lost() > 0).await;
    let is_reported = |line: &str| {
        line.contains("events of the history are lost") && line.contains("no response")
    };
    wait_until("it is logged", || log.text().lines().any(is_reported)).await;
    let before = stored();
    signal(&store, "-CONT");
    within_limit(async {
        while stored() == before {
            call();
            sleep(Duration::from_millis(200)).await;
        }
    })
    .await;
}
