//! The memory of a gateway and a worker over many calls. The server is one in memory: each call enters,
//! is taken by the worker, and ends.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use ari_api::{Client, IncomingSession};
use ari_cluster::gateway::GatewayBuilder;
use ari_test_support::NatsServer;
use tokio::sync::Semaphore;

use crate::measure::{self, Part, per_item, process_time, resident, size};
use crate::server::{APPLICATION, MemoryServer, event};

/// The calls that may wait for the worker, and those that are up at the same time.
const WAITING: usize = 100;
const AT_ONCE: usize = 1000;

/// The number of lines.
const SAMPLES: usize = 10;

pub(crate) fn run(nats: &NatsServer) {
    let calls = size("ARI_BENCH_CALLS", 20_000);
    let free = Arc::new(Semaphore::new(WAITING));
    let (done, ends) = mpsc::channel();
    let url = nats.url();
    let worker = Part::start({
        let (url, free) = (url.clone(), free.clone());
        move || async move {
            let cluster = measure::connect(&url).await;
            let handler = move |mut session: IncomingSession<Client>| {
                let (done, free) = (done.clone(), free.clone());
                async move {
                    while let Some(Ok(event)) = session.events.next().await {
                        match event.kind() {
                            "StasisStart" => free.add_permits(1),
                            "StasisEnd" => break,
                            _ => {}
                        }
                    }
                    let _ = done.send(());
                }
            };
            let worker = cluster.worker(APPLICATION).max_calls(2 * AT_ONCE);
            (worker.serve(handler).await.expect("a worker"), cluster)
        }
    });
    let gateway = Part::start(move || async move {
        let cluster = measure::connect(&url).await;
        let server = MemoryServer::new(move |socket| {
            let free = free.clone();
            tokio::spawn(async move {
                for call in 0..calls + AT_ONCE {
                    if call < calls {
                        free.acquire().await.expect("open").forget();
                        let _ = socket.send(event("StasisStart", &format!("c{call}"), ""));
                    }
                    if let Some(ended) = call.checked_sub(AT_ONCE) {
                        let ended = format!("c{ended}");
                        let _ = socket.send(event("StasisEnd", &ended, ""));
                        let _ = socket.send(event("ChannelDestroyed", &ended, ""));
                    }
                }
                std::future::pending::<()>().await;
            });
        });
        let builder = GatewayBuilder::new("server", server)
            .application(APPLICATION)
            // The events that are kept for readers fill up at once.
            .keep_events(Duration::from_secs(60), 1 << 20);
        (cluster.start_gateway(builder), cluster)
    });
    println!("memory of a gateway, its worker and this benchmark over {calls} calls");
    let begun = Instant::now();
    let before = [
        gateway.cpu_time(),
        worker.cpu_time(),
        process_time(nats.process_id()),
    ];
    for sample in 1..=SAMPLES {
        for _ in 0..calls / SAMPLES {
            ends.recv_timeout(Duration::from_secs(60)).expect("a call");
        }
        println!(
            "  {:>9} calls: {:.1} MiB, after {:.1} s",
            sample * (calls / SAMPLES),
            resident() as f64 / (1 << 20) as f64,
            begun.elapsed().as_secs_f64()
        );
    }
    let after = [
        gateway.cpu_time(),
        worker.cpu_time(),
        process_time(nats.process_id()),
    ];
    let [gateway_time, worker_time, nats_time] =
        [0, 1, 2].map(|part| per_item(after[part] - before[part], calls));
    println!(
        "  CPU a call (an offer and three events): {gateway_time:.0} us gateway, {worker_time:.0} us worker, {nats_time:.0} us nats-server"
    );
    drop((worker, gateway));
}
