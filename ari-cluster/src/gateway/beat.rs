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
        shared.update(|state, now| {
            state.expire(now);
            shared.expire_parts(now);
        });
        publish(&shared);
    }
}

/// Publishes one heartbeat, in several messages if it is too large for one.
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
            destinations_from: None,
            destinations_to: None,
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
    let header = header.finish();
    let subject = subject::beat_of(&shared.settings.server, &shared.application);
    let max_size = shared.bus.max_size().saturating_sub(header.len());
    let bodies = split(card, max_size);
    // Each message has a number of its own.
    shared.update(|state, _| state.beats += bodies.len() as u64 - 1);
    for body in bodies {
        shared.bus.publish(&subject, header.clone(), body);
    }
}

/// Returns a heartbeat as messages of a maximum size. Each has the counters of some destinations.
fn split(mut card: Card, max_size: usize) -> Vec<Bytes> {
    let mut bodies = Vec::new();
    loop {
        // Serializing a card cannot fail.
        let body = serde_json::to_vec(&card).unwrap_or_default();
        if body.len() <= max_size || card.destinations.len() < 2 {
            bodies.push(Bytes::from(body));
            return bodies;
        }
        // The largest beginning that fits.
        let names: Vec<_> = card.destinations.keys().cloned().collect();
        let mut count = names.len() / 2;
        let body = loop {
            let mut part = card.clone();
            let rest = part.destinations.split_off(&names[count]);
            part.destinations_to = Some(names[count].clone());
            let body = serde_json::to_vec(&part).unwrap_or_default();
            if body.len() <= max_size || count < 2 {
                card.destinations = rest;
                break body;
            }
            count /= 2;
        };
        card.destinations_from = Some(names[count].clone());
        card.sequence += 1;
        bodies.push(Bytes::from(body));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_heartbeats_are_several() {
        let names: Vec<_> = (0..100)
            .map(|number| format!("worker-{number:03}"))
            .collect();
        let counted = names.iter().cloned().zip(1..);
        let card = Card {
            sequence: 7,
            destinations: counted.collect(),
            ..Card::default()
        };
        for (max_size, expected) in [(1 << 20, 1), (1100, 2), (100, 100)] {
            let bodies = split(card.clone(), max_size);
            assert_eq!(bodies.len(), expected, "{max_size}");
            let cards = bodies
                .iter()
                .map(|body| serde_json::from_slice(body).unwrap());
            let cards: Vec<Card> = cards.collect();
            for (card, sequence) in cards.iter().zip(7..) {
                assert_eq!(card.sequence, sequence);
            }
            // Each destination is counted by one of them, also one that has no events.
            let others = ["a", "worker-0005", "z"].map(str::to_owned);
            for name in names.iter().chain(&others) {
                let counts = cards.iter().filter_map(|card| card.last_for(name));
                let expected = card.destinations.get(name).copied().unwrap_or(0);
                assert_eq!(counts.collect::<Vec<_>>(), [expected], "{max_size} {name}");
            }
        }
    }
}
