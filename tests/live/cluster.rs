//! A cluster with a real Asterisk: calls that outlive their gateway and their worker.

use std::time::Duration;

use ari_api::stream::ConnectionEvent;
use ari_api::{Client, Error, Event, IncomingSession};
use ari_cluster::gateway::{Gateway, GatewayBuilder};
use ari_cluster::{Cluster, ClusterSession as _};
use ari_test_support::{NatsServer, within_limit};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::session::client;
use crate::asterisk::{Asterisk, Release};

const APPLICATION: &str = "hello";

fn gateway(cluster: &Cluster, server: &Asterisk) -> Gateway {
    let builder = Client::builder(server.url()).credentials(server.user(), server.password());
    let transport = builder.http_transport().unwrap();
    cluster.start_gateway(GatewayBuilder::new("munich", transport).application(APPLICATION))
}

async fn connect(nats: &NatsServer) -> Cluster {
    within_limit(async {
        loop {
            match Cluster::connect(nats.url()).await {
                Ok(cluster) => return cluster,
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        }
    })
    .await
}

/// Waits until the gateway reads the application.
async fn wait_until_connected(cluster: &Cluster) {
    within_limit(async {
        loop {
            let cards = cluster.pick().application(APPLICATION).list().await;
            if cards.iter().flatten().any(|card| card.is_connected) {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
}

async fn calls_outlive_gateway_and_worker(release: Release) {
    let Some(server) = Asterisk::start(release) else {
        return;
    };
    let Some(nats) = NatsServer::start() else {
        return;
    };
    let cluster = connect(&nats).await;
    let first_gateway = gateway(&cluster, &server);

    // The first worker notes the events of its call, and leaves a state for the next after each gap.
    let (noted, mut notes) = mpsc::unbounded_channel();
    let call = move |mut session: IncomingSession<Client>| {
        let noted = noted.clone();
        async move {
            while let Some(event) = session.events.next().await {
                let event = event?;
                match event.as_ref() {
                    Event::StasisStart(start) => {
                        session.client.channel(&start.channel.id).answer().await?;
                        session.keep_state("before").await?;
                    }
                    Event::Connection(ConnectionEvent::Resynced(_)) => {
                        session.keep_state("after").await?
                    }
                    _ => continue,
                }
                let _ = noted.send(event.kind().to_owned());
            }
            Ok::<_, Error>(())
        }
    };
    let first_worker = cluster.worker(APPLICATION).serve(call).await.unwrap();
    wait_until_connected(&cluster).await;
    let client = client(&server, server.user(), server.password());
    let originating = client.channels().originate("Local/1@testari");
    let channel = originating.app(APPLICATION).await.unwrap().id;
    assert_eq!(within_limit(notes.recv()).await.unwrap(), "StasisStart");

    // Another gateway takes over, as for an upgrade. The call stays with its worker.
    let _second_gateway = gateway(&cluster, &server);
    assert_eq!(within_limit(notes.recv()).await.unwrap(), "Resynced");
    drop(first_gateway);

    // The worker ends without a word, and another one takes the call.
    let (resumed, mut inherited) = mpsc::unbounded_channel();
    let resume = move |session: IncomingSession<Client>| {
        let resumed = resumed.clone();
        async move {
            let channels = session.resumed().unwrap().channel_ids().to_vec();
            for channel in &channels {
                let channel = session.client.channel(channel);
                channel
                    .play(["sound:hello-world"])
                    .wait_until_finished()
                    .await?;
                channel.hangup().await?;
            }
            let _ = resumed.send((channels, session.kept_state()));
            Ok::<_, Error>(())
        }
    };
    let ignore = |_: IncomingSession<Client>| async {};
    let second_worker = cluster.worker(APPLICATION).resume(resume);
    let second_worker = second_worker.serve(ignore).await.unwrap();
    drop(first_worker);
    let (channels, state) = within_limit(inherited.recv()).await.unwrap();
    assert_eq!((&channels[..], &*state), (&[channel][..], &b"after"[..]));
    assert_eq!(second_worker.drain(Duration::from_secs(10)).await, 0);
    within_limit(async {
        while !client.channels().list().await.unwrap().is_empty() {
            sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_outlive_gateway_and_worker_on_16() {
    calls_outlive_gateway_and_worker(Release::V16).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_outlive_gateway_and_worker_on_22() {
    calls_outlive_gateway_and_worker(Release::V22).await;
}
