//! Requests of a call's handler through the gateway to a fake server over HTTP, straight to it, and
//! round trips of NATS alone. A request in the cluster can take no less than the last two together.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use ari_api::{Client, Event, IncomingSession};
use ari_cluster::gateway::GatewayBuilder;
use ari_mock::Asterisk;
use ari_test_support::NatsServer;
use futures_util::StreamExt as _;

use crate::measure::{self, Part, median, quantile, size};
use crate::server::APPLICATION;

/// The requests of a turn.
const REQUESTS: usize = 400;

/// The subject of the round trips of NATS alone.
const ECHO: &str = "bare.echo";

/// The latencies of a turn in milliseconds: in the cluster, straight, and of NATS alone.
type Turn = [Vec<f64>; 3];

pub(crate) fn run(nats: &NatsServer) {
    let (pbx, url) = start_pbx(1);
    measure_server(nats, "the fake server", url);
    drop(pbx);
    if let Ok(url) = std::env::var("ARI_BENCH_ASTERISK") {
        let caller = start_call(&url);
        measure_server(nats, "Asterisk", url);
        drop(caller);
    }
}

/// Measures requests to a server, a call of which enters the application.
fn measure_server(nats: &NatsServer, server: &str, url: String) {
    let rounds = size("ARI_BENCH_ROUNDS", 5);
    println!(
        "requests to {server}, one after another, {REQUESTS} a round, {rounds} rounds in turns, medians"
    );
    let (done, ends) = mpsc::channel();
    let (nats_url, pbx_url) = (nats.url(), url.clone());
    let echo = start_echo(nats);
    let worker = Part::start(move || async move {
        let cluster = measure::connect(&nats_url).await;
        let direct = client(&url);
        let bare = async_nats::connect(&nats_url).await.expect("a NATS server");
        let handler = move |mut session: IncomingSession<Client>| {
            let (direct, bare, done) = (direct.clone(), bare.clone(), done.clone());
            async move {
                let channel = loop {
                    let event = session.events.next().await.expect("an event");
                    if let Event::StasisStart(start) = event.expect("no gap").as_ref() {
                        break start.channel.id.clone();
                    }
                };
                let mut turns = Vec::new();
                for _ in 0..rounds {
                    turns.push([
                        latencies(&session.client, &channel).await,
                        latencies(&direct, &channel).await,
                        round_trips(&bare).await,
                    ]);
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
        let each = |part: usize| -> Vec<f64> {
            let turns = turns.iter();
            turns.map(|turn| quantile(&turn[part], fraction)).collect()
        };
        let [cluster, direct, bare] = [0, 1, 2].map(each);
        let ratios: Vec<_> = cluster.iter().zip(&direct).map(|(a, b)| a / b).collect();
        println!(
            "  {name}: {:.2} ms in the cluster, {:.2} ms direct, {:.2} ms NATS alone; \
             ratio to direct {:.1} (goal: at most 3, and 5 ms)",
            median(&cluster),
            median(&direct),
            median(&bare),
            median(&ratios)
        );
    }
    drop((worker, gateway, echo));
}

async fn latencies(client: &Client, channel: &str) -> Vec<f64> {
    let mut latencies = Vec::new();
    for _ in 0..REQUESTS {
        let begun = Instant::now();
        // It changes the channel, and causes no event, which would be sent on at the same time.
        let request = client.channel(channel).mute();
        request.await.expect("a response");
        latencies.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    latencies
}

/// Measures requests of NATS itself.
async fn round_trips(bare: &async_nats::Client) -> Vec<f64> {
    let mut latencies = Vec::new();
    for _ in 0..REQUESTS {
        let begun = Instant::now();
        let response = bare.request(ECHO, "value".into());
        response.await.expect("a response");
        latencies.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    latencies
}

/// Starts a client of NATS that responds to the round trips.
fn start_echo(nats: &NatsServer) -> Part {
    let url = nats.url();
    Part::start(move || async move {
        let client = async_nats::connect(&url).await.expect("a NATS server");
        let mut requests = client.subscribe(ECHO).await.expect("a connection");
        client.flush().await.expect("a connection");
        let responding = client.clone();
        tokio::spawn(async move {
            while let Some(request) = requests.next().await {
                let reply = request.reply.expect("a request");
                let sent = responding.publish(reply, request.payload);
                sent.await.expect("a connection");
            }
        });
        client
    })
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
            wait_for_gateway(&client(&pbx.url())).await;
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

/// Lets a call enter the application of an Asterisk as soon as a gateway reads it.
fn start_call(url: &str) -> Part {
    let client = client(url);
    Part::start(move || async move {
        tokio::spawn(async move {
            wait_for_gateway(&client).await;
            let channels = client.channels();
            let originating = channels.originate("Local/1@testari").app(APPLICATION);
            originating.await.expect("a channel");
        });
    })
}

/// Waits until a gateway reads the application.
async fn wait_for_gateway(server: &Client) {
    let is_read = async || {
        let applications = server.applications().list().await.expect("a list");
        applications.iter().any(|known| known.name == APPLICATION)
    };
    while !is_read().await {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
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
