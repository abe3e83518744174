//! Events from a server's socket through the gateway to the handler of a worker, and the same number
//! of bytes from a publisher to a subscriber of NATS with one header.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use ari_api::{Client, IncomingSession};
use ari_cluster::gateway::GatewayBuilder;
use ari_test_support::NatsServer;
use async_nats::HeaderMap;
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::sync::{Notify, Semaphore};

use crate::measure::{self, Part, median, per_item, process_time, size};
use crate::server::{APPLICATION, MemoryServer, event};

/// The events that may be on their way at the same time.
const WINDOW: usize = 512;

/// The limit of a measurement.
const LIMIT: Duration = Duration::from_secs(120);

struct Measured {
    rate: f64,
    /// The CPU time in microseconds for each event: the publishing side, the receiving side, NATS.
    costs: [f64; 3],
}

pub(crate) fn run(nats: &NatsServer) {
    let count = size("ARI_BENCH_EVENTS", 50_000);
    let rounds = size("ARI_BENCH_ROUNDS", 5);
    let text = event("ChannelVarset", "c1", &"x".repeat(300));
    println!(
        "events of {} bytes, {count} a round, {rounds} rounds in turns, medians",
        text.len()
    );
    let (mut cluster, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        cluster.push(through_cluster(nats, &text, count));
        bare.push(bare_nats(nats, &text, count));
    }
    let ratios: Vec<_> = cluster
        .iter()
        .zip(&bare)
        .map(|(a, b)| a.rate / b.rate)
        .collect();
    for (name, rounds) in [("cluster", &cluster), ("NATS", &bare)] {
        let rates: Vec<_> = rounds.iter().map(|round| round.rate).collect();
        let cost = |side: usize| {
            let costs: Vec<_> = rounds.iter().map(|round| round.costs[side]).collect();
            median(&costs)
        };
        println!(
            "  {name:>8}: {:>7.0}/s; CPU per event: {:.1} us sending, {:.1} us receiving, {:.1} us nats-server",
            median(&rates),
            cost(0),
            cost(1),
            cost(2)
        );
    }
    if std::env::var_os("ARI_BENCH_VERBOSE").is_some() {
        for (a, b) in cluster.iter().zip(&bare) {
            println!("    {:.0}/s and {:.0}/s", a.rate, b.rate);
        }
    }
    println!("  ratio {:.2} (goal: at least 0.5)", median(&ratios));
}

/// Measures between the first event and the last.
fn measured(nats: &NatsServer, parts: [&Part; 2], count: usize, run: impl FnOnce()) -> Measured {
    let before = parts.map(Part::cpu_time);
    let (nats_before, begun) = (process_time(nats.process_id()), Instant::now());
    run();
    let elapsed = begun.elapsed();
    let nats = process_time(nats.process_id()) - nats_before;
    let [sending, receiving] = [0, 1].map(|side| parts[side].cpu_time() - before[side]);
    Measured {
        rate: count as f64 / elapsed.as_secs_f64(),
        costs: [sending, receiving, nats].map(|time| per_item(time, count)),
    }
}

fn through_cluster(nats: &NatsServer, text: &str, count: usize) -> Measured {
    let window = Arc::new(Semaphore::new(WINDOW));
    let go = Arc::new(Notify::new());
    let (done, ends) = mpsc::channel();
    let url = nats.url();
    let worker = Part::start({
        let (url, window, done) = (url.clone(), window.clone(), done.clone());
        move || async move {
            let cluster = measure::connect(&url).await;
            let handler = move |mut session: IncomingSession<Client>| {
                let (window, done) = (window.clone(), done.clone());
                async move {
                    let mut received = 0;
                    while let Some(event) = session.events.next().await {
                        match event.expect("no gap").kind() {
                            "ChannelVarset" => {
                                received += 1;
                                window.add_permits(1);
                            }
                            "StasisStart" => drop(done.send(0)),
                            _ => {}
                        }
                        if received == count {
                            let _ = done.send(received);
                            break;
                        }
                    }
                }
            };
            let worker = cluster.worker(APPLICATION).serve(handler).await;
            (worker.expect("a worker"), cluster)
        }
    });
    let gateway = Part::start({
        let (go, text) = (go.clone(), text.to_owned());
        move || async move {
            let cluster = measure::connect(&url).await;
            let server = MemoryServer::new(move |socket| {
                let (go, window, text) = (go.clone(), window.clone(), text.clone());
                tokio::spawn(async move {
                    let _ = socket.send(event("StasisStart", "c1", ""));
                    go.notified().await;
                    for _ in 0..count {
                        window.acquire().await.expect("open").forget();
                        let _ = socket.send(text.clone());
                    }
                    // The socket stays open.
                    std::future::pending::<()>().await;
                });
            });
            let builder = GatewayBuilder::new("server", server).application(APPLICATION);
            (cluster.start_gateway(builder), cluster)
        }
    });
    assert_eq!(ends.recv_timeout(LIMIT), Ok(0));
    measured(nats, [&gateway, &worker], count, || {
        go.notify_one();
        assert_eq!(ends.recv_timeout(LIMIT), Ok(count));
    })
}

fn bare_nats(nats: &NatsServer, text: &str, count: usize) -> Measured {
    let window = Arc::new(Semaphore::new(WINDOW));
    let go = Arc::new(Notify::new());
    let (done, ends) = mpsc::channel();
    let url = nats.url();
    let receiving = Part::start({
        let (url, window) = (url.clone(), window.clone());
        move || async move {
            let client = async_nats::connect(&url).await.expect("a NATS server");
            let mut events = client.subscribe("bare.event").await.expect("a connection");
            client.flush().await.expect("a connection");
            tokio::spawn(async move {
                for _ in 0..count {
                    events.next().await.expect("an event");
                    window.add_permits(1);
                }
                let _ = done.send(count);
            });
            client
        }
    });
    let sending = Part::start({
        let (go, text) = (go.clone(), text.to_owned());
        move || async move {
            let client = async_nats::connect(&url).await.expect("a NATS server");
            let publisher = client.clone();
            let body = Bytes::from(text);
            tokio::spawn(async move {
                go.notified().await;
                for _ in 0..count {
                    window.acquire().await.expect("open").forget();
                    let mut headers = HeaderMap::new();
                    headers.insert(
                        "Ari",
                        "1;e=1763862531000-7f3a9c11;g=81234;d=55;t=9;c=1763862531.42",
                    );
                    let publishing =
                        publisher.publish_with_headers("bare.event", headers, body.clone());
                    publishing.await.expect("a connection");
                }
            });
            client
        }
    });
    measured(nats, [&sending, &receiving], count, || {
        go.notify_one();
        assert_eq!(ends.recv_timeout(LIMIT), Ok(count));
    })
}
