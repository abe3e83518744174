//! The directory: what all gateways have told about themselves lately.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::time::Instant;

use crate::bus::parts;
use crate::bus::{BusError, SharedBus, respond, subscribe_with_retries};
use crate::wire::card::Card;
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::subject;

/// The queue group of directories.
const GROUP: &str = "dir";

/// The time after which a silent gateway is left out.
const MAX_AGE: Duration = Duration::from_secs(3);

/// The time after which two gateways that read one application are reported. One of them stops within
/// moments if they have the same Asterisk.
const CONFLICT_LIMIT: Duration = Duration::from_secs(5);

/// The latest heartbeat for an application of a server.
struct Latest {
    at: Instant,
    card: Card,
    conflict: Option<NameConflict>,
}

/// Two gateways that read an application of a server at the same time.
#[derive(Clone, Copy)]
struct NameConflict {
    since: Instant,
    last: Instant,
    is_reported: bool,
}

/// The latest heartbeats by server and application.
type Cards = Arc<Mutex<BTreeMap<(String, String), Latest>>>;

/// Collects heartbeats and responds to requests, until the gateway ends.
pub(super) async fn run(bus: SharedBus) -> Result<(), BusError> {
    let cards = Cards::default();
    let mut beats = subscribe_with_retries(&*bus, subject::beat(None), None).await?;
    let mut requests = subscribe_with_retries(&*bus, subject::directory(), Some(GROUP)).await?;
    loop {
        tokio::select! {
            biased;
            beat = beats.next() => match beat {
                Some(beat) => {
                    if let Some((server, application)) = note(&cards, &beat.body) {
                        tracing::error!(
                            server,
                            application,
                            "two gateways with one name are connected to different Asterisk servers: \
                             give each server a name of its own"
                        );
                    }
                }
                None => return Ok(()),
            },
            request = requests.next() => match request {
                Some(request) => {
                    let (header, body) = list(&cards, &request.header, parts::part_size(&*bus));
                    respond(&*bus, &request, header.finish(), body);
                }
                None => return Ok(()),
            },
        }
    }
}

/// Notes a heartbeat. Returns the server and the application if two gateways read it for too long.
fn note(cards: &Cards, beat: &[u8]) -> Option<(String, String)> {
    let mut card = serde_json::from_slice::<Card>(beat).ok()?;
    // Only readers of events need them.
    card.destinations.clear();
    card.kinds.clear();
    let now = Instant::now();
    let mut cards = cards.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (card.server.clone(), card.application.clone());
    let known = cards.get(&key);
    // A standby does not replace the gateway that reads.
    let is_better = known.is_none_or(|known| {
        let is_old = now - known.at > MAX_AGE;
        card.epoch.is_some() || known.card.gateway == card.gateway || is_old
    });
    if !is_better {
        return None;
    }
    let mut conflict = known.and_then(|known| conflict(known, &card, now));
    let reported = match &mut conflict {
        Some(found) if !found.is_reported && now - found.since > CONFLICT_LIMIT => {
            found.is_reported = true;
            Some(key.clone())
        }
        _ => None,
    };
    let latest = Latest {
        at: now,
        card,
        conflict,
    };
    cards.insert(key, latest);
    reported
}

/// Returns what is known about two gateways that read an application, with the heartbeat of one.
fn conflict(known: &Latest, card: &Card, now: Instant) -> Option<NameConflict> {
    let both_read = known.card.epoch.is_some() && card.epoch.is_some();
    let are_two = known.card.gateway != card.gateway && known.card.epoch != card.epoch;
    match known.conflict {
        None if both_read && are_two => Some(NameConflict {
            since: now,
            last: now,
            is_reported: false,
        }),
        Some(found) if both_read && are_two => Some(NameConflict { last: now, ..found }),
        found => found.filter(|found| now - found.last <= MAX_AGE),
    }
}

/// Returns the cards behind the one that a question names, as many as fit but at least one.
fn list(cards: &Cards, question: &str, max_size: usize) -> (HeaderWriter, Bytes) {
    let now = Instant::now();
    let mut cards = cards.lock().unwrap_or_else(PoisonError::into_inner);
    cards.retain(|_, latest| now - latest.at <= MAX_AGE);
    let after = Header::parse(question).and_then(|header| {
        let server = header.text(field::SERVER)?.into_owned();
        Some((server, header.text(field::APPLICATION)?.into_owned()))
    });
    let from = after.map_or(Bound::Unbounded, Bound::Excluded);
    let mut header = HeaderWriter::new().plain(field::STATUS, 200);
    let mut body = Vec::new();
    for latest in cards.range((from, Bound::Unbounded)).map(|(_, it)| it) {
        // Serializing a card cannot fail.
        let card = serde_json::to_vec(&latest.card).unwrap_or_default();
        if !body.is_empty() && body.len() + card.len() + 2 > max_size {
            header = header.plain(field::MORE, 1);
            break;
        }
        body.push(if body.is_empty() { b'[' } else { b',' });
        body.extend(card);
    }
    if body.is_empty() {
        body.push(b'[');
    }
    body.push(b']');
    (header, Bytes::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beat(gateway: &str, epoch: Option<&str>) -> Vec<u8> {
        let card = Card {
            server: "munich".to_owned(),
            application: "hello".to_owned(),
            gateway: gateway.to_owned(),
            sequence: 1,
            epoch: epoch.map(str::to_owned),
            ..Card::default()
        };
        serde_json::to_vec(&card).unwrap()
    }

    /// Returns how often two gateways are reported whose heartbeats are these for ten seconds.
    async fn reports(first: Option<&str>, second: Option<&str>) -> usize {
        let cards = Cards::default();
        let mut reports = 0;
        for _ in 0..10 {
            for beat in [beat("a", first), beat("b", second)] {
                reports += usize::from(note(&cards, &beat).is_some());
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        reports
    }

    #[tokio::test(start_paused = true)]
    async fn long_lists_come_in_pages() {
        let cards = Cards::default();
        for number in 0..10 {
            let card = Card {
                server: format!("server-{number}"),
                application: "hello".to_owned(),
                ..Card::default()
            };
            note(&cards, &serde_json::to_vec(&card).unwrap());
        }
        for (max_size, expected) in [(1, 10), (1000, 4), (1 << 20, 1)] {
            let (mut pages, mut names) = (0, Vec::new());
            let mut question = HeaderWriter::new();
            loop {
                let (header, body) = list(&cards, &question.finish(), max_size);
                pages += 1;
                let page: Vec<Card> = serde_json::from_slice(&body).unwrap();
                let last = page.last().unwrap();
                question = HeaderWriter::new().text(field::SERVER, &last.server);
                question = question.text(field::APPLICATION, &last.application);
                names.extend(page.into_iter().map(|card| card.server));
                let header = header.finish();
                if Header::parse(&header)
                    .unwrap()
                    .number(field::MORE)
                    .is_none()
                {
                    break;
                }
            }
            assert_eq!(pages, expected, "{max_size}");
            let all = (0..10).map(|number| format!("server-{number}"));
            assert_eq!(names, all.collect::<Vec<_>>());
        }
        let (_, body) = list(&Cards::default(), "1", 1000);
        assert_eq!(&*body, b"[]");
    }

    #[tokio::test(start_paused = true)]
    async fn gateways_with_one_name_are_reported_once() {
        assert_eq!(reports(Some("1-a"), Some("2-b")).await, 1);
        // A standby, and one that goes on in the epoch.
        assert_eq!(reports(Some("1-a"), None).await, 0);
        assert_eq!(reports(Some("1-a"), Some("1-a")).await, 0);
    }
}
