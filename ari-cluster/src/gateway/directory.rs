//! The directory: what all gateways have told about themselves lately.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::time::Instant;

use crate::bus::{BusError, SharedBus, respond, subscribe_with_retries};
use crate::wire::card::Card;
use crate::wire::header::{HeaderWriter, field};
use crate::wire::subject;

/// The queue group of directories.
const GROUP: &str = "dir";

/// The time after which a silent gateway is left out.
const MAX_AGE: Duration = Duration::from_secs(3);

/// The cards by server and application, with the time of their heartbeat.
type Cards = Arc<Mutex<BTreeMap<(String, String), (Instant, Card)>>>;

/// Collects heartbeats and responds to requests, until the gateway ends.
pub(super) async fn run(bus: SharedBus) -> Result<(), BusError> {
    let cards = Cards::default();
    let mut beats = subscribe_with_retries(&*bus, subject::beat(None), None).await?;
    let mut requests = subscribe_with_retries(&*bus, subject::directory(), Some(GROUP)).await?;
    loop {
        tokio::select! {
            biased;
            beat = beats.next() => match beat {
                Some(beat) => note(&cards, &beat.body),
                None => return Ok(()),
            },
            request = requests.next() => match request {
                Some(request) => {
                    let header = HeaderWriter::new().plain(field::STATUS, 200).finish();
                    respond(&*bus, &request, header, list(&cards));
                }
                None => return Ok(()),
            },
        }
    }
}

fn note(cards: &Cards, beat: &[u8]) {
    let Ok(mut card) = serde_json::from_slice::<Card>(beat) else {
        return;
    };
    // Only readers of events need them.
    card.destinations.clear();
    card.kinds.clear();
    let now = Instant::now();
    let mut cards = cards.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (card.server.clone(), card.application.clone());
    // A standby does not replace the gateway that reads.
    let is_better = cards.get(&key).is_none_or(|(at, known)| {
        card.epoch.is_some() || known.gateway == card.gateway || now - *at > MAX_AGE
    });
    if is_better {
        cards.insert(key, (now, card));
    }
}

fn list(cards: &Cards) -> Bytes {
    let now = Instant::now();
    let mut cards = cards.lock().unwrap_or_else(PoisonError::into_inner);
    cards.retain(|_, (at, _)| now - *at <= MAX_AGE);
    let list: Vec<_> = cards.values().map(|(_, card)| card).collect();
    // Serializing cards cannot fail.
    serde_json::to_vec(&list).unwrap_or_default().into()
}
