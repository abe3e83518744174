//! The workers that have calls: whether they live.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::shared::Shared;
use crate::bus::BusError;
use crate::hooks::{self, Mutant};
use crate::wire::header::{HeaderWriter, field};
use crate::wire::subject;

/// The interval of pings, and their time limit.
const INTERVAL: Duration = Duration::from_secs(1);

/// The number of pings in a row that nobody has received, after which a worker is lost. One alone may
/// be due to a reconnection.
const MAX_UNRECEIVED: u32 = 2;

/// The time without a response after which a worker is lost.
const SILENCE_LIMIT: Duration = Duration::from_secs(5);

#[derive(Default)]
struct Health {
    unreceived: u32,
    silent_since: Option<Instant>,
}

/// Pings the workers that have calls, and offers the calls of those that no longer live.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut health: HashMap<String, Health> = HashMap::new();
    let mut ticks = interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let workers = shared.read(|state| state.workers());
        health.retain(|worker, _| workers.contains(worker));
        let mut pings = JoinSet::new();
        for worker in workers {
            let shared = shared.clone();
            pings.spawn(async move {
                let sent = Instant::now();
                let response = ping(&shared, &worker).await;
                (worker, sent, response)
            });
        }
        while let Some(Ok((worker, sent, response))) = pings.join_next().await {
            let known = health.entry(worker.clone()).or_default();
            let is_lost = match response {
                Ok(()) => {
                    *known = Health::default();
                    false
                }
                Err(error) => {
                    known.unreceived = match error {
                        BusError::NoResponders(_) => known.unreceived + 1,
                        _ => 0,
                    };
                    let silent_since = *known.silent_since.get_or_insert(sent);
                    let is_silent = silent_since.elapsed() >= SILENCE_LIMIT;
                    known.unreceived >= MAX_UNRECEIVED
                        || is_silent && !hooks::is_on(Mutant::TrustsFrozen)
                }
            };
            if is_lost {
                tracing::warn!(worker, "a worker is lost: its calls are offered again");
                shared.step(|state, now| state.on_worker_lost(&worker, now));
                health.remove(&worker);
            }
        }
    }
}

/// Pings a worker.
pub(super) async fn ping(shared: &Shared, worker: &str) -> Result<(), BusError> {
    let header = HeaderWriter::new()
        .plain(field::VERB, "ping")
        .text(field::SERVER, &shared.settings.server)
        .finish();
    let subject = subject::worker(worker);
    let responding = shared.bus.request(subject, header, Bytes::new(), INTERVAL);
    responding.await.map(drop)
}
