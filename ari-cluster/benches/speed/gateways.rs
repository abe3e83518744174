//! The cost of the same events from 1 to 50 gateways, and of gateways that have nothing to do.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ari_cluster::gateway::GatewayBuilder;
use ari_test_support::NatsServer;
use tokio::time::{MissedTickBehavior, interval};

use ari_api::{Client, IncomingSession};

use crate::measure::{self, Part, process_time, size};
use crate::server::{APPLICATION, MemoryServer, event};

/// The events in each second, of all gateways together.
const EVENTS: u64 = 1000;

/// The time in which the gateways connect, list their calls, and new calls are taken.
const SETTLING_TIME: Duration = Duration::from_secs(6);

pub(crate) fn run(nats: &NatsServer) {
    let time = Duration::from_secs(size("ARI_BENCH_SECONDS", 5) as u64);
    println!("from 1 to 50 gateways, CPU time in each second, one worker");
    println!("  gateways  events/s  gateways      worker  nats-server");
    for events in [0, EVENTS] {
        for gateways in [1, 10, 50] {
            measure(nats, gateways, events, time);
        }
    }
}

fn measure(nats: &NatsServer, gateways: usize, events: u64, time: Duration) {
    let received = Arc::new(AtomicUsize::new(0));
    let url = nats.url();
    let worker = Part::start({
        let (url, received) = (url.clone(), received.clone());
        move || async move {
            let cluster = measure::connect(&url).await;
            let handler = move |mut session: IncomingSession<Client>| {
                let received = received.clone();
                async move {
                    while let Some(Ok(event)) = session.events.next().await {
                        if event.kind() == "ChannelVarset" {
                            received.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                }
            };
            let worker = cluster.worker(APPLICATION).max_calls(100);
            (worker.serve(handler).await.expect("a worker"), cluster)
        }
    });
    let part = Part::start(move || async move {
        let mut running = Vec::new();
        for index in 0..gateways {
            // A connection of its own, as a process has.
            let cluster = measure::connect(&url).await;
            let server = MemoryServer::new(move |socket| {
                tokio::spawn(async move {
                    if events == 0 {
                        return std::future::pending::<()>().await;
                    }
                    let channel = format!("c{index}");
                    let _ = socket.send(event("StasisStart", &channel, ""));
                    let text = event("ChannelVarset", &channel, &"x".repeat(300));
                    let period = Duration::from_secs(gateways as u64) / events as u32;
                    let mut ticks = interval(period);
                    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
                    loop {
                        ticks.tick().await;
                        if socket.send(text.clone()).is_err() {
                            return;
                        }
                    }
                });
            });
            let builder = GatewayBuilder::new(format!("server-{index}"), server)
                .application(APPLICATION)
                .directory(index < 2);
            running.push((cluster.start_gateway(builder), cluster));
        }
        running
    });
    std::thread::sleep(SETTLING_TIME);
    let before = (
        part.cpu_time(),
        worker.cpu_time(),
        process_time(nats.process_id()),
    );
    let first = received.load(Ordering::Relaxed);
    std::thread::sleep(time);
    let percent = |used: Duration| 100.0 * used.as_secs_f64() / time.as_secs_f64();
    println!(
        "  {gateways:>8}  {:>8.0}  {:>6.2} %    {:>6.2} %     {:>6.2} %",
        (received.load(Ordering::Relaxed) - first) as f64 / time.as_secs_f64(),
        percent(part.cpu_time() - before.0),
        percent(worker.cpu_time() - before.1),
        percent(process_time(nats.process_id()) - before.2)
    );
    drop((part, worker));
}
