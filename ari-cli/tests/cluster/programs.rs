//! The programs of the cluster: worker, dialer and dashboard, and a defective gateway. Each writes what
//! it gets and sends to its journal.

use std::fs::File;
use std::io::Write as _;
use std::sync::Mutex;
use std::time::Duration;

use ari_api::{Client, Event, IncomingSession, channels};
use ari_cluster::Cluster;
use ari_cluster::gateway::{GatewayBuilder, Orphaned, Unserved};
use ari_cluster::testing::{self, Mutant};
use serde_json::{Value, json};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{sleep, timeout};

use crate::APPLICATION;
use crate::driver::now;

/// The longest time that a handler keeps a call.
const LONGEST_CALL: Duration = Duration::from_secs(20);

/// Runs a program until it is killed, or until its work is done.
pub(crate) fn run(role: &str) {
    let journal = std::env::var_os("ARI_CLUSTER_JOURNAL").unwrap();
    let journal: &'static Mutex<File> =
        Box::leak(Box::new(Mutex::new(File::create(journal).unwrap())));
    let append = move |mut line: Value| {
        line["at"] = json!(now().as_millis() as u64);
        // A line is one call of the system, so that it is whole if the process is killed.
        let _ = journal
            .lock()
            .unwrap()
            .write_all(format!("{line}\n").as_bytes());
    };
    let write = move |kind: &str, value: &Value| append(json!({kind: value}));
    testing::observe(move |event| write("event", &serde_json::to_value(event).unwrap()));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let urls = std::env::var("ARI_NATS").unwrap();
        let cluster = loop {
            match Cluster::connect(urls.clone()).await {
                Ok(cluster) => break cluster,
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        };
        match role {
            "worker" => work(&cluster).await,
            "dialer" => dial(&cluster, &write).await,
            "dashboard" => watch(&cluster, &write).await,
            "gateway" => run_gateway_without_fence(&cluster, append).await,
            other => panic!("no role {other}"),
        }
    });
}

/// Runs a gateway that executes requests of workers that have lost their call.
async fn run_gateway_without_fence(
    cluster: &Cluster,
    append: impl Fn(Value) + Send + Sync + 'static,
) {
    testing::set_mutant(Mutant::NoFence);
    let variable = |name| std::env::var(name).unwrap();
    let asterisk = Client::builder(variable("ARI_URL")).credentials("aritest", "testme");
    let gateway = GatewayBuilder::new(
        variable("ARI_CLUSTER_SERVER"),
        asterisk.http_transport().unwrap(),
    );
    let gateway = gateway
        .application(APPLICATION)
        .unserved(Unserved::HangUp { cause: 42 })
        .orphaned(Orphaned::HangUp, Duration::from_secs(10))
        .journal(move |record| append(serde_json::to_value(record).unwrap()));
    cluster.start_gateway(gateway).failed().await;
}

async fn work(cluster: &Cluster) {
    let worker = loop {
        let worker = cluster.worker(APPLICATION).max_calls(300).resume(resumed);
        match worker.serve(call).await {
            Ok(worker) => break worker,
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    };
    signal(SignalKind::terminate()).unwrap().recv().await;
    worker.drain(Duration::from_secs(3)).await;
}

/// A new call: it is answered, hears a sound, and ends.
async fn call(mut session: IncomingSession<Client>) {
    let starting = async {
        while let Some(event) = session.events.next().await {
            if let Ok(event) = event
                && let Event::StasisStart(start) = event.as_ref()
            {
                return Some(start.channel.id.clone());
            }
        }
        None
    };
    let Ok(Some(channel)) = timeout(LONGEST_CALL, starting).await else {
        return hang_up_all(&session).await;
    };
    let channel = session.client.channel(channel);
    let talking = async {
        channel.answer().await?;
        channel
            .play(["sound:hello-world"])
            .wait_until_finished()
            .await?;
        sleep(Duration::from_secs(2)).await;
        channel.hangup().await
    };
    if !matches!(timeout(LONGEST_CALL, talking).await, Ok(Ok(()))) {
        hang_up_all(&session).await;
    }
}

/// A call that had another worker.
async fn resumed(session: IncomingSession<Client>) {
    let channels = session.resumed().map(|call| call.channel_ids().to_vec());
    for channel in channels.unwrap_or_default() {
        let channel = session.client.channel(channel);
        let playing = channel.play(["sound:hello"]).wait_until_finished();
        let _ = timeout(LONGEST_CALL, playing).await;
        let _ = channel.hangup().await;
    }
}

/// Hangs up the channels of this call. The gateway refuses those of others.
async fn hang_up_all(session: &IncomingSession<Client>) {
    for channel in session.client.channels().list().await.unwrap_or_default() {
        if channel.name.ends_with(";1") {
            let _ = session.client.channel(&channel.id).hangup().await;
        }
    }
}

/// Originates calls, one after another.
async fn dial(cluster: &Cluster, write: &impl Fn(&str, &Value)) {
    loop {
        sleep(Duration::from_millis(500)).await;
        let dialing = async {
            let server = cluster
                .pick()
                .application(APPLICATION)
                .server()
                .await
                .ok()?;
            let request = channels::Originate::new("Local/1@testari").app(APPLICATION);
            let mut session = cluster.originate(&server, request).await.ok()?;
            while let Some(event) = session.events.next().await {
                if let Ok(event) = event
                    && let Event::StasisStart(start) = event.as_ref()
                {
                    let channel = session.client.channel(&start.channel.id);
                    sleep(Duration::from_secs(1)).await;
                    channel.hangup().await.ok()?;
                    return Some(());
                }
            }
            None
        };
        let is_done = matches!(timeout(LONGEST_CALL, dialing).await, Ok(Some(())));
        write("dialed", &json!(is_done));
    }
}

/// Watches the events of all servers.
async fn watch(cluster: &Cluster, write: &impl Fn(&str, &Value)) {
    let mut stream = loop {
        match cluster.watch().start().await {
            Ok(stream) => break stream,
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    };
    write("watching", &Value::Null);
    while let Some(item) = stream.next().await {
        let kind = item.event.ok().map(|event| event.kind().to_owned());
        write("watched", &json!([item.server, kind]));
    }
}
