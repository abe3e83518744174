//! Requests of a call's handler through the gateway to a fake server over HTTP, and straight to it.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use ari_api::{Client, Event, IncomingSession};
use ari_cluster::gateway::GatewayBuilder;
use ari_mock::Asterisk;
use ari_test_support::NatsServer;

use crate::measure::{self, Part, median, quantile, size};
use crate::server::APPLICATION;

/// The requests of a turn.
const REQUESTS: usize = 400;

/// The latencies of a turn in milliseconds, in the cluster and straight.
type Turn = (Vec<f64>, Vec<f64>);

pub(crate) fn run(nats: &NatsServer) {
    let rounds = size("ARI_BENCH_ROUNDS", 5);
    println!("requests, one after another, {REQUESTS} a round, {rounds} rounds in turns, medians");
    let (pbx, url) = start_pbx(1);
    let (done, ends) = mpsc::channel();
    let (nats_url, pbx_url) = (nats.url(), url.clone());
    let worker = Part::start(move || async move {
        let cluster = measure::connect(&nats_url).await;
        let direct = client(&url);
        let handler = move |mut session: IncomingSession<Client>| {
            let (direct, done) = (direct.clone(), done.clone());
            async move {
                let channel = loop {
                    let event = session.events.next().await.expect("an event");
                    if let Event::StasisStart(start) = event.expect("no gap").as_ref() {
                        break start.channel.id.clone();
                    }
                };
                let mut turns = Vec::new();
                for _ in 0..rounds {
                    let cluster = latencies(&session.client, &channel).await;
                    turns.push((cluster, latencies(&direct, &channel).await));
                }
                let _ = done.send(turns);
                let _ = session.client.channel(&channel).hangup().await;
            }
        };
        let worker = cluster.worker(APPLICATION).serve(handler).await;
        (worker.expect("a worker"), cluster)
    });
    let gateway = start_gateway(nats, &pbx_url);
    let turns: Vec<Turn> = ends
        .recv_timeout(Duration::from_secs(120))
        .expect("all requests");
    for (name, fraction) in [("p50", 0.5), ("p99", 0.99)] {
        let each = |take: fn(&Turn) -> &Vec<f64>| -> Vec<f64> {
            let turns = turns.iter();
            turns.map(|turn| quantile(take(turn), fraction)).collect()
        };
        let (cluster, direct) = (each(|turn| &turn.0), each(|turn| &turn.1));
        let ratios: Vec<_> = cluster.iter().zip(&direct).map(|(a, b)| a / b).collect();
        println!(
            "  {name}: {:.2} ms in the cluster, {:.2} ms direct, ratio {:.1} (goal: at most 3, and 5 ms)",
            median(&cluster),
            median(&direct),
            median(&ratios)
        );
    }
    drop((worker, gateway, pbx));
}

async fn latencies(client: &Client, channel: &str) -> Vec<f64> {
    let mut latencies = Vec::new();
    for _ in 0..REQUESTS {
        let begun = Instant::now();
        let request = client.channel(channel).set_channel_var("NAME");
        request.value("value").await.expect("a response");
        latencies.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    latencies
}

fn client(url: &str) -> Client {
    let builder = Client::builder(url).credentials("aritest", "testme");
    builder.build().expect("a client")
}

/// Starts a fake server. Calls enter the application as soon as a gateway reads it.
pub(crate) fn start_pbx(calls: usize) -> (Part, String) {
    let (started, starting) = mpsc::channel();
    let part = Part::start(move || async move {
        let pbx = Asterisk::start().await.expect("a port");
        let _ = started.send(pbx.url().to_owned());
        tokio::spawn(async move {
            let reader = client(&pbx.url());
            let is_read = async || {
                let applications = reader.applications().list().await.expect("a list");
                applications.iter().any(|known| known.name == APPLICATION)
            };
            while !is_read().await {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            for index in 0..calls {
                let caller = pbx.incoming_call(format!("PJSIP/caller{index}"));
                let _ = caller.into_application(APPLICATION);
            }
            // The server lives as long as its thread.
            std::future::pending::<()>().await;
        });
    });
    (part, starting.recv().expect("an address"))
}

/// Starts a gateway of a server over HTTP.
pub(crate) fn start_gateway(nats: &NatsServer, url: &str) -> Part {
    let (nats, url) = (nats.url(), url.to_owned());
    Part::start(move || async move {
        let cluster = measure::connect(&nats).await;
        let builder = Client::builder(&url).credentials("aritest", "testme");
        let transport = builder.http_transport().expect("an address");
        let builder = GatewayBuilder::new("server", transport).application(APPLICATION);
        (cluster.start_gateway(builder), cluster)
    })
}
