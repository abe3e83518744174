//! One unbroken reading of an application's socket: the numbers of its events, and the latest events,
//! from which readers get what the bus has dropped.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::hooks::{self, Mutant};
use crate::wire::batch::{self, BatchWriter};
use crate::wire::header::{HeaderWriter, field};
use crate::wire::subject;

/// The counters of an epoch, by which readers find holes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counters {
    /// All events.
    pub(crate) all: u64,
    /// The events for each destination.
    pub(crate) destinations: BTreeMap<String, u64>,
    /// The events of each type.
    pub(crate) kinds: BTreeMap<String, u64>,
    /// The greatest number of a destination that was forgotten. New destinations go on from there, so
    /// that the numbers of one that returns only grow.
    #[serde(default)]
    pub(crate) forgotten: u64,
}

impl Counters {
    pub(crate) fn get(&self, key: &CounterKey) -> u64 {
        let number = match key {
            CounterKey::All => Some(&self.all),
            CounterKey::Destination(name) => self.destinations.get(name).or(Some(&self.forgotten)),
            CounterKey::Kind(name) => self.kinds.get(name),
        };
        number.copied().unwrap_or(0)
    }
}

/// The time for which a gateway that has handed over is asked for its events.
const OTHER_LIMIT: Duration = Duration::from_secs(20);

/// The limits of the events that are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RingLimits {
    pub(crate) age: Duration,
    pub(crate) bytes: usize,
}

/// The counter by which a reader asks for events.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum CounterKey {
    /// All events of the application.
    All,
    /// Those for a destination.
    Destination(String),
    /// Those of a type.
    Kind(String),
}

/// An event as it is published.
#[derive(Clone, Debug)]
pub(crate) struct NumberedEvent {
    pub(crate) subject: String,
    pub(crate) header: String,
    pub(crate) body: Bytes,
}

/// A published event with its numbers.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    at: Instant,
    destination: String,
    kind: String,
    all: u64,
    in_destination: u64,
    in_kind: u64,
    event: NumberedEvent,
}

impl Kept {
    /// Returns the event with its destination, its type and its numbers, for another gateway.
    pub(crate) fn parts(&self) -> (&NumberedEvent, &str, &str, [u64; 3]) {
        let numbers = [self.all, self.in_destination, self.in_kind];
        (&self.event, &self.destination, &self.kind, numbers)
    }

    /// Returns the time since it was published.
    pub(crate) fn age(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.at)
    }

    /// Creates an event that another gateway has published.
    pub(crate) fn from_parts(
        event: NumberedEvent,
        destination: String,
        kind: String,
        [all, in_destination, in_kind]: [u64; 3],
        at: Instant,
    ) -> Self {
        Kept {
            at,
            destination,
            kind,
            all,
            in_destination,
            in_kind,
            event,
        }
    }

    /// Returns the number of the event for a counter that counts it.
    fn number(&self, key: &CounterKey) -> Option<u64> {
        match key {
            CounterKey::All => Some(self.all),
            CounterKey::Destination(name) => {
                (self.destination == *name).then_some(self.in_destination)
            }
            CounterKey::Kind(name) => (self.kind == *name).then_some(self.in_kind),
        }
    }
}

/// A response to a reader that has lost events.
#[derive(Debug)]
pub(crate) struct Replay {
    /// The events, as many as fit, in order.
    pub(crate) batch: Bytes,
    /// The number of the first event that is still kept, if that is after the one asked for.
    pub(crate) first_kept: Option<u64>,
}

/// An unbroken reading of the socket of an application.
pub(crate) struct Reading {
    pub(crate) epoch: String,
    pub(crate) counters: Counters,
    /// The counters at which another gateway has handed the epoch over. It has the events before.
    handed_at: Option<(Instant, Counters)>,
    ring: VecDeque<Kept>,
    ring_size: usize,
    /// The time of the latest event that is no longer kept.
    removed: Option<Instant>,
    limits: RingLimits,
    /// The times at which destinations were last in use.
    used: HashMap<String, Instant>,
}

impl Reading {
    pub(crate) fn new(epoch: String, limits: RingLimits) -> Self {
        Reading {
            epoch,
            counters: Counters::default(),
            handed_at: None,
            ring: VecDeque::new(),
            ring_size: 0,
            removed: None,
            limits,
            used: HashMap::new(),
        }
    }

    /// Goes on in the epoch of another gateway.
    pub(crate) fn continued(
        epoch: String,
        counters: Counters,
        kept: impl Iterator<Item = Kept>,
        limits: RingLimits,
        now: Instant,
    ) -> Self {
        let mut reading = Reading::new(epoch, limits);
        reading.ring = kept.collect();
        let sizes = reading.ring.iter().map(|kept| kept.event.body.len());
        reading.ring_size = sizes.sum();
        if reading.count_before_ring(counters.all) > 0 {
            reading.removed = Some(reading.ring.front().map_or(now, |oldest| oldest.at));
        }
        reading.handed_at = Some((now, counters.clone()));
        reading.counters = counters;
        reading
    }

    /// Returns true if another gateway is to be asked for this event of a counter.
    pub(crate) fn is_of_other(&self, key: &CounterKey, number: u64, now: Instant) -> bool {
        self.handed_at.as_ref().is_some_and(|(at, counters)| {
            number <= counters.get(key)
                && now.saturating_duration_since(*at) < OTHER_LIMIT
                && !self
                    .ring
                    .iter()
                    .any(|kept| kept.number(key) == Some(number))
        })
    }

    /// Returns the latest events, oldest first, up to a total size in bytes.
    pub(crate) fn latest(&self, max_size: usize) -> impl Iterator<Item = &Kept> {
        let mut size = 0;
        let fitting = self.ring.iter().rev().take_while(|kept| {
            size += kept.event.body.len();
            size <= max_size
        });
        let count = fitting.count();
        self.ring.iter().skip(self.ring.len() - count)
    }

    /// Numbers an event for a destination, and keeps it.
    pub(crate) fn number(
        &mut self,
        (server, application): (&str, &str),
        destination: &str,
        kind: &str,
        calls: &[&str],
        body: Bytes,
        now: Instant,
    ) -> NumberedEvent {
        let counters = &mut self.counters;
        counters.all += 1;
        let all = counters.all;
        let count = |counted: &mut BTreeMap<String, u64>, name: &str, before: u64| {
            let number = counted.entry(name.to_owned()).or_insert(before);
            *number += 1;
            *number
        };
        let forgotten = counters.forgotten;
        let is_first = forgotten > 0 && !counters.destinations.contains_key(destination);
        let in_destination = count(&mut counters.destinations, destination, forgotten);
        let in_kind = count(&mut counters.kinds, kind, 0);
        let mut header = HeaderWriter::new()
            .text(field::EPOCH, &self.epoch)
            .plain(field::ALL, all)
            .plain(field::DESTINATION, in_destination)
            .plain(field::KIND, in_kind)
            .list(field::CALLS, calls);
        if is_first {
            header = header.plain(field::FIRST, 1);
        }
        let header = header.finish();
        let event = NumberedEvent {
            subject: subject::event(server, application, destination, kind),
            header,
            body,
        };
        self.ring_size += event.body.len();
        self.ring.push_back(Kept {
            at: now,
            destination: destination.to_owned(),
            kind: kind.to_owned(),
            all,
            in_destination,
            in_kind,
            event: event.clone(),
        });
        self.expire(now);
        event
    }

    /// Returns the time of the oldest event that is kept.
    pub(super) fn oldest(&self) -> Option<Instant> {
        self.ring.front().map(|kept| kept.at)
    }

    /// Returns the number of events that are kept.
    #[cfg(test)]
    pub(crate) fn kept_count(&self) -> usize {
        self.ring.len()
    }

    /// Removes events that are too old or too many.
    pub(crate) fn expire(&mut self, now: Instant) {
        while let Some(oldest) = self.ring.front() {
            let too_old = now.saturating_duration_since(oldest.at) > self.limits.age;
            if !too_old && self.ring_size <= self.limits.bytes {
                break;
            }
            self.ring_size -= oldest.event.body.len();
            self.removed = Some(oldest.at);
            self.ring.pop_front();
        }
    }

    /// Notes that a destination is in use.
    pub(crate) fn use_destination(&mut self, name: &str, now: Instant) {
        if let Some(at) = self.used.get_mut(name) {
            *at = now;
        }
    }

    /// Forgets the counters of destinations that are not in use for a time. Heartbeats carry the
    /// others.
    pub(crate) fn forget_destinations(
        &mut self,
        is_in_use: impl Fn(&str) -> bool,
        limit: Duration,
        now: Instant,
    ) {
        let Counters {
            destinations,
            forgotten,
            ..
        } = &mut self.counters;
        destinations.retain(|name, number| {
            let used = self.used.entry(name.clone()).or_insert(now);
            if is_in_use(name) {
                *used = now;
            }
            let is_known = now.saturating_duration_since(*used) < limit;
            if !is_known {
                self.used.remove(name);
                if !hooks::is_on(Mutant::ReusesNumbers) {
                    *forgotten = (*forgotten).max(*number);
                }
            }
            is_known
        });
    }

    /// Returns the number of events before those that are kept.
    fn count_before_ring(&self, all: u64) -> u64 {
        self.ring.front().map_or(all, |oldest| oldest.all - 1)
    }

    /// Returns the number of the first event of a counter since a time. If some since then are no
    /// longer kept, it is 1, so that the reader asks for them and learns that.
    pub(crate) fn first_since(&self, key: &CounterKey, since: Duration, now: Instant) -> u64 {
        let is_since = |at: Instant| now.saturating_duration_since(at) <= since;
        if self.removed.is_some_and(is_since) {
            return 1;
        }
        let mut kept = self.ring.iter().filter(|kept| is_since(kept.at));
        let first = kept.find_map(|kept| kept.number(key));
        first.unwrap_or(self.counters.get(key) + 1)
    }

    /// Returns the events of a counter from one number to another, as many as fit into `max_size`
    /// bytes. One that does not fit is returned alone.
    pub(crate) fn replay(&self, key: &CounterKey, from: u64, to: u64, max_size: usize) -> Replay {
        let mut batch = BatchWriter::default();
        let mut first = None;
        for kept in &self.ring {
            let Some(number) = kept
                .number(key)
                .filter(|number| (from..=to).contains(number))
            else {
                continue;
            };
            let NumberedEvent {
                subject,
                header,
                body,
            } = &kept.event;
            if first.is_some() && batch.len() + batch::size(subject, header, body) > max_size {
                break;
            }
            first.get_or_insert(number);
            batch.add(subject, header, body);
        }
        let known = self.counters.get(key);
        let first_kept = match first {
            Some(first) => (first > from).then_some(first),
            // None of those that were asked for is kept, although they were published.
            None => (from <= known).then_some(to.min(known) + 1),
        };
        Replay {
            batch: batch.finish(),
            first_kept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::header::Header;

    fn reading(bytes: usize) -> Reading {
        let age = Duration::from_secs(60);
        let mut reading = Reading::new("e".into(), RingLimits { age, bytes });
        let now = Instant::now();
        for number in 0..10 {
            let destination = ["a", "b"][number % 2];
            let body = Bytes::from(vec![b'x'; 10]);
            reading.number(("s", "app"), destination, "StasisStart", &["c"], body, now);
        }
        reading
    }

    #[tokio::test]
    async fn lost_events_are_replayed_by_each_counter() {
        let reading = reading(1000);
        let destination = |name: &str| CounterKey::Destination(name.to_owned());
        for (key, from, to, count, first_kept) in [
            (CounterKey::All, 1, 10, 10, None),
            (CounterKey::All, 9, 20, 2, None),
            (CounterKey::All, 11, 20, 0, None),
            (destination("a"), 1, 5, 5, None),
            (destination("a"), 2, 3, 2, None),
            (destination("c"), 1, 3, 0, None),
            (CounterKey::Kind("StasisStart".into()), 4, 10, 7, None),
        ] {
            let replay = reading.replay(&key, from, to, 1 << 20);
            assert_eq!(
                batch::read(replay.batch).unwrap().len(),
                count,
                "{key:?} {from}..={to}"
            );
            assert_eq!(replay.first_kept, first_kept, "{key:?} {from}..={to}");
        }
        // At least one, and no more than fit.
        let replay = reading.replay(&CounterKey::All, 1, 10, 1);
        assert_eq!(batch::read(replay.batch).unwrap().len(), 1);
    }

    #[tokio::test]
    async fn silent_destinations_are_forgotten() {
        let mut reading = reading(1000);
        let limit = Duration::from_secs(600);
        let begun = Instant::now();
        let later = |seconds: u64| begun + Duration::from_secs(seconds);
        let forget = |reading: &mut Reading, now: Instant| {
            reading.forget_destinations(|name| name == "a", limit, now);
        };
        let names = |reading: &Reading| {
            let names = reading.counters.destinations.keys();
            names.cloned().collect::<Vec<_>>()
        };
        forget(&mut reading, begun);
        // It has reported in between.
        reading.use_destination("b", later(300));
        forget(&mut reading, later(899));
        assert_eq!(names(&reading), ["a", "b"]);
        forget(&mut reading, later(901));
        assert_eq!(names(&reading), ["a"]);
        assert_eq!(reading.used.len(), 1);

        // One that may have missed events learns that they are gone.
        reading.expire(later(901));
        let key = CounterKey::Destination("b".to_owned());
        let replay = reading.replay(&key, 3, 5, 1 << 20);
        assert_eq!(replay.first_kept, Some(6));
        // The numbers of all others go on from there, and the first one is marked.
        for (destination, number, is_first) in [
            ("a", 6, None),
            ("b", 6, Some(1)),
            ("b", 7, None),
            ("c", 6, Some(1)),
        ] {
            let body = Bytes::from_static(b"x");
            let event = reading.number(
                ("s", "app"),
                destination,
                "StasisStart",
                &["c"],
                body,
                later(902),
            );
            let header = Header::parse(&event.header).unwrap();
            assert_eq!(
                header.number(field::DESTINATION),
                Some(number),
                "{destination}"
            );
            assert_eq!(header.number(field::FIRST), is_first, "{destination}");
        }
    }

    #[tokio::test]
    async fn what_is_no_longer_kept_is_reported() {
        // The last four events fit.
        let mut reading = reading(40);
        let destination = CounterKey::Destination("a".to_owned());
        for (key, from, to, count, first_kept) in [
            (&CounterKey::All, 1, 10, 4, Some(7)),
            (&CounterKey::All, 7, 10, 4, None),
            (&CounterKey::All, 1, 3, 0, Some(4)),
            (&destination, 1, 5, 2, Some(4)),
        ] {
            let replay = reading.replay(key, from, to, 1 << 20);
            assert_eq!(
                batch::read(replay.batch).unwrap().len(),
                count,
                "{key:?} {from}..={to}"
            );
            assert_eq!(replay.first_kept, first_kept, "{key:?} {from}..={to}");
        }
        reading.expire(Instant::now() + Duration::from_secs(61));
        let replay = reading.replay(&CounterKey::All, 10, 10, 1 << 20);
        assert_eq!(replay.first_kept, Some(11));
    }
}
