//! Heartbeats: that the gateway lives, its epoch, its counters, and its load.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::{MissedTickBehavior, interval};

use super::shared::Shared;

use crate::wire::card::Card;
use crate::wire::header::{HeaderWriter, field};
use crate::wire::subject;

/// The interval of heartbeats.
pub(crate) const INTERVAL: Duration = Duration::from_secs(1);

/// Publishes heartbeats until the gateway ends.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut ticks = interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        ticks.tick().await;
        shared.update(|state, now| state.expire(now));
        publish(&shared);
    }
}

/// Publishes one heartbeat.
pub(super) fn publish(shared: &Shared) {
    let card = shared.update(|state, _| {
        state.beats += 1;
        let (calls, channels) = state.load();
        let counters = state.counters().cloned().unwrap_or_default();
        Card {
            server: shared.settings.server.clone(),
            application: shared.application.clone(),
            gateway: shared.id.clone(),
            sequence: state.beats,
            epoch: state.epoch().map(str::to_owned),
            handed_over: state.is_handed_over,
            all: counters.all,
            destinations: counters.destinations,
            kinds: counters.kinds,
            calls,
            channels,
            requests: shared.under_way.load(Ordering::Relaxed),
            draining: state.is_draining,
            version: shared.version().map(|version| version.to_string()),
        }
    });
    let mut header = HeaderWriter::new().text(field::WORKER, &shared.id);
    if let Some(epoch) = &card.epoch {
        header = header.text(field::EPOCH, epoch);
    }
    // Serializing a card cannot fail.
    let body = serde_json::to_vec(&card).unwrap_or_default();
    let subject = subject::beat_of(&shared.settings.server, &shared.application);
    shared
        .bus
        .publish(&subject, header.finish(), Bytes::from(body));
}
