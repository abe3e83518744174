//! One application on one server, as a worker sees it: the order of its events, the life of its
//! gateway, and the worker's calls on it.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::call::OwnCall;
use crate::hooks::{self, Mutant};
use crate::reader::inbox::{Item, Missing, Start};
use crate::reader::source::Source;
use crate::wire::card::Card;
use crate::wire::claim::{Claim, Verdict};

/// The interval at which a worker makes sure that it has its calls.
const CLAIM_INTERVAL: Duration = Duration::from_secs(5);

/// The same for a worker that has none, and once had.
const IDLE_CLAIM_INTERVAL: Duration = Duration::from_secs(30);

/// The number of refusals after which a call is given up. The first may be due to a claim that
/// overtakes the acceptance of an offer.
const MAX_REFUSALS: u32 = 3;

/// An event with the calls that it is about.
#[derive(Clone, Debug)]
pub(crate) struct CallEvent {
    pub(crate) calls: Vec<String>,
    pub(crate) body: Bytes,
    /// The number for this worker, for the simulation.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) number: u64,
}

/// The response of a gateway to claims.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) epoch: String,
    /// The number of the last event for this worker.
    pub(crate) last: u64,
    pub(crate) verdict: Verdict,
}

/// An application on a server.
pub(crate) struct Place {
    source: Source<CallEvent>,
    pub(crate) calls: BTreeMap<String, OwnCall>,
    /// The epoch in which the gateway has last confirmed the calls. Sockets open in it.
    claimed: Option<String>,
    next_claim: Instant,
    /// True while missing events are being asked for, or a claim is under way.
    pub(crate) is_asking: bool,
    pub(crate) is_claiming: bool,
    refusals: BTreeMap<String, u32>,
    /// True once an epoch is known.
    is_known: bool,
    /// The epochs and numbers of the events, and `None` for a gap, with their times.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) delivered: Vec<(Instant, Option<(String, u64)>)>,
    /// The calls that this worker believes to have, with their generations, as they were reported.
    #[cfg(any(test, feature = "testing"))]
    believed: BTreeMap<String, u64>,
}

impl Place {
    pub(crate) fn new(now: Instant) -> Self {
        Place {
            source: Source::new(Start::First, now),
            calls: BTreeMap::new(),
            claimed: None,
            next_claim: now + CLAIM_INTERVAL,
            is_asking: false,
            is_claiming: false,
            refusals: BTreeMap::new(),
            is_known: false,
            #[cfg(any(test, feature = "testing"))]
            delivered: Vec::new(),
            #[cfg(any(test, feature = "testing"))]
            believed: BTreeMap::new(),
        }
    }

    /// Returns the calls that this worker believes to have since the last time, and those that it no
    /// longer believes to have.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn belief_changes(&mut self) -> Vec<(String, Option<u64>)> {
        let has = |call: &OwnCall| call.is_confirmed && !call.is_lost;
        let calls = self.calls.iter().filter(|(_, call)| has(call));
        let calls = calls.map(|(id, call)| (id.clone(), call.generation.get()));
        let now: BTreeMap<_, _> = calls.collect();
        let before = std::mem::replace(&mut self.believed, now);
        let lost = before.keys().filter(|id| !self.believed.contains_key(*id));
        let lost = lost.map(|id| (id.clone(), None));
        let had = self.believed.iter();
        let had = had.filter(|(id, generation)| before.get(*id) != Some(*generation));
        let had = had.map(|(id, generation)| (id.clone(), Some(*generation)));
        lost.chain(had).collect()
    }

    /// Returns the state, for the history of a simulation.
    #[cfg(test)]
    pub(crate) fn describe(&self) -> String {
        let calls = self
            .calls
            .iter()
            .map(|(id, call)| (call.claim(id), call.is_confirmed, call.is_lost));
        format!(
            "epoch {:?}, claimed {:?}, missing {:?}, asking {}, claiming {}, calls {:?}",
            self.epoch(),
            self.claimed,
            self.source.missing(),
            self.is_asking,
            self.is_claiming,
            calls.collect::<Vec<_>>()
        )
    }

    /// Returns the current epoch.
    pub(crate) fn epoch(&self) -> Option<&str> {
        self.source.epoch()
    }

    /// Returns the epoch in which requests may be sent and sockets may be opened: the gateway has
    /// confirmed this worker's calls in it.
    pub(crate) fn open_epoch(&self) -> Option<&str> {
        let epoch = self.source.epoch()?;
        (self.claimed.as_deref() == Some(epoch)).then_some(epoch)
    }

    /// Processes the epoch that an offer names. Returns false if the offer has to be refused, because
    /// the events of the epoch are not in order yet.
    pub(crate) fn on_offer(&mut self, epoch: &str, now: Instant) -> bool {
        let is_first = !self.is_known;
        self.is_known = true;
        let items = self.source.on_epoch(epoch, now);
        self.deliver(items);
        if self.source.epoch() != Some(epoch) {
            return false;
        }
        if is_first {
            // All events for this worker are still to come.
            self.claimed = Some(epoch.to_owned());
        }
        self.open_epoch().is_some()
    }

    /// Processes the number of an event, which follows, before which the gateway has forgotten this
    /// worker.
    pub(crate) fn on_first(&mut self, epoch: &str, first: u64) {
        let items = self.source.on_first(epoch, first);
        self.deliver(items);
    }

    /// Processes the number of an event that is too large for the bus.
    pub(crate) fn on_large_event(&mut self, epoch: &str, number: u64) {
        let items = self.source.on_large_event(epoch, number);
        self.deliver(items);
    }

    /// Processes an event.
    pub(crate) fn on_event(&mut self, epoch: &str, number: u64, event: CallEvent) {
        let items = self.source.on_event(epoch, number, event);
        self.deliver(items);
    }

    /// Processes the end of a replay.
    pub(crate) fn on_replayed(&mut self, epoch: &str, first_kept: Option<u64>) {
        let items = self.source.on_replayed(epoch, first_kept);
        self.deliver(items);
    }

    /// Processes a heartbeat.
    pub(crate) fn on_beat(&mut self, card: &Card, worker: &str, now: Instant) {
        self.is_known |= card.epoch.is_some();
        let items = self.source.on_beat(card, card.last_for(worker), now);
        self.deliver(items);
    }

    /// Processes the passing of time: a gateway that is silent for long counts as unreachable.
    pub(crate) fn on_tick(&mut self, now: Instant) {
        let items = self.source.on_tick(now);
        self.deliver(items);
    }

    fn deliver(&mut self, items: Vec<Item<CallEvent>>) {
        for item in items {
            if hooks::is_on(Mutant::HidesGaps) && matches!(item, Item::Gap) {
                self.claimed = None;
                self.next_claim = Instant::now();
                continue;
            }
            match item {
                Item::Event(event) => {
                    #[cfg(any(test, feature = "testing"))]
                    if let Some(epoch) = self.source.epoch() {
                        let item = Some((epoch.to_owned(), event.number));
                        self.delivered.push((Instant::now(), item));
                    }
                    for call in &event.calls {
                        if let Some(call) = self.calls.get_mut(call) {
                            call.on_event(&event.body);
                        }
                    }
                }
                Item::Gap => {
                    #[cfg(any(test, feature = "testing"))]
                    self.delivered.push((Instant::now(), None));
                    // The library opens the sockets again, and compares the state with the server.
                    for call in self.calls.values_mut() {
                        call.socket = None;
                    }
                    self.claimed = None;
                    self.next_claim = Instant::now();
                }
            }
        }
    }

    /// Returns the missing events, unless they are being asked for.
    pub(crate) fn missing(&self) -> Option<Missing> {
        match self.is_asking {
            true => None,
            false => self.source.missing(),
        }
    }

    /// Returns the claims that are due, with their epoch.
    pub(crate) fn claims(&self, now: Instant) -> Option<(String, Vec<Claim>)> {
        let epoch = self.source.epoch()?.to_owned();
        if self.is_claiming || now < self.next_claim {
            return None;
        }
        let calls = self.calls.iter().filter(|(_, call)| !call.is_lost);
        Some((epoch, calls.map(|(id, call)| call.claim(id)).collect()))
    }

    /// Requests that the calls are confirmed soon.
    pub(crate) fn claim_soon(&mut self, now: Instant) {
        self.next_claim = self.next_claim.min(now);
    }

    /// Processes the response to claims. `None` if there is none.
    pub(crate) fn on_claimed(
        &mut self,
        claims: &[Claim],
        response: Option<&Claimed>,
        now: Instant,
    ) {
        let current = response.filter(|it| Some(&*it.epoch) == self.source.epoch());
        let Some(Claimed {
            epoch,
            last,
            verdict,
        }) = current
        else {
            self.next_claim = now + Duration::from_millis(250);
            return;
        };
        let items = self.source.on_last(epoch, *last);
        self.deliver(items);
        let interval = match self.calls.is_empty() {
            true => IDLE_CLAIM_INTERVAL,
            false => CLAIM_INTERVAL,
        };
        self.next_claim = now + interval;
        for claim in claims {
            let Some(call) = self.calls.get_mut(&claim.call) else {
                continue;
            };
            if call.generation.get() != claim.generation {
                continue;
            }
            if let Some(generation) = verdict.generations.get(&claim.call) {
                call.generation.set(*generation);
            }
            if verdict.over.contains(&claim.call) {
                call.end();
            }
            if !verdict.lost.contains(&claim.call) {
                call.is_confirmed = true;
                self.refusals.remove(&claim.call);
                continue;
            }
            let refusals = self.refusals.entry(claim.call.clone()).or_default();
            *refusals += 1;
            if call.is_confirmed || *refusals >= MAX_REFUSALS {
                call.is_lost = true;
                call.socket = None;
                self.refusals.remove(&claim.call);
            } else {
                self.next_claim = now + Duration::from_millis(300);
            }
        }
        self.claimed = Some(epoch.clone());
    }
}
