//! A thousand calls at once on one gateway: all are answered, are up at the same time, and end.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use ari_api::{Client, Event, IncomingSession};
use ari_test_support::NatsServer;
use tokio::sync::Barrier;

use crate::measure::{self, Part, resident};
use crate::requests::{start_gateway, start_pbx};
use crate::server::APPLICATION;

const CALLS: usize = 1000;

pub(crate) fn run(nats: &NatsServer) {
    let (done, ends) = mpsc::channel();
    let url = nats.url();
    let before = resident();
    let worker = Part::start(move || async move {
        let cluster = measure::connect(&url).await;
        let all = Arc::new(Barrier::new(CALLS));
        let handler = move |mut session: IncomingSession<Client>| {
            let (all, done) = (all.clone(), done.clone());
            async move {
                while let Some(event) = session.events.next().await {
                    if let Event::StasisStart(start) = event.expect("no gap").as_ref() {
                        let channel = session.client.channel(&start.channel.id);
                        channel.answer().await.expect("a response");
                        all.wait().await;
                        let _ = done.send(false);
                        channel.hangup().await.expect("a response");
                    }
                }
                let _ = done.send(true);
            }
        };
        let worker = cluster.worker(APPLICATION).max_calls(CALLS);
        (worker.serve(handler).await.expect("a worker"), cluster)
    });
    let (pbx, pbx_url) = start_pbx(CALLS);
    let begun = Instant::now();
    let gateway = start_gateway(nats, &pbx_url);
    let limit = Duration::from_secs(120);
    assert_eq!(ends.recv_timeout(limit), Ok(false));
    let all_answered = begun.elapsed();
    let memory = resident() - before;
    let mut ended = 0;
    while ended < CALLS {
        ended += usize::from(ends.recv_timeout(limit).expect("all calls end"));
    }
    println!("{CALLS} calls at once on one gateway, all offered at the same moment");
    println!(
        "  all answered after {:.2} s, all ended after {:.2} s",
        all_answered.as_secs_f64(),
        begun.elapsed().as_secs_f64()
    );
    println!(
        "  memory {} KiB a call (fake server, gateway and worker); CPU a call: {:.1} ms gateway, {:.1} ms worker",
        memory / CALLS / 1024,
        gateway.cpu_time().as_secs_f64() * 1e3 / CALLS as f64,
        worker.cpu_time().as_secs_f64() * 1e3 / CALLS as f64
    );
    drop((worker, gateway, pbx));
}
