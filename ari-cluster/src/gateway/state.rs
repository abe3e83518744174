//! The state of a gateway: the calls of one application on one server, and who has them.
//!
//! Nothing here does I/O or waits. Each method is one step, after which the state is consistent, so
//! that a task of the gateway can end at any point.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use ari_api::stream::{find_event_type, visit_ids};
use bytes::Bytes;
use serde_json::Value;
use tokio::time::Instant;

use super::answered::Answered;
use super::call::{Call, LoggedEvent, Owner};
use super::counters::Tally;
use super::journal::{Journal, Record};
use super::reading::{CounterKey, Counters, NumberedEvent, Reading, Replay, RingLimits};
use crate::hooks::{self, Mutant};
use crate::wire::claim::{Claim, Verdict};
use crate::wire::subject::NOBODY;

/// The time for which the events of an ended reading can still be asked for.
const LINGER: Duration = Duration::from_secs(20);

/// The number of times that a handler may return while the call still has channels. After that the
/// call is not offered again.
const MAX_ABANDONED: u32 = 3;

/// The name of the user event by which a gateway finds out if its socket gets events. It is not passed
/// on.
pub(super) const PROBE_EVENT: &str = "ari-gateway-probe";

/// The number of calls that are remembered after their end, so that nobody claims them.
const MAX_ENDED_CALLS: usize = 10_000;

/// The time after an assignment during which a claim may lack the call, because it was sent before.
const CLAIM_DELAY: Duration = Duration::from_secs(5);

/// The maximum size of the state that a worker leaves for its successor, in bytes.
pub(crate) const MAX_STATE_SIZE: usize = 16 * 1024;

/// The work that a step leaves to the gateway.
#[derive(Debug)]
pub(crate) enum Action {
    /// Publish an event.
    Publish(NumberedEvent),
    /// Offer a call to workers.
    Offer(String),
    /// Apply the policy for calls that nobody serves to channels.
    ApplyPolicy {
        /// The call's channels in the application.
        channels: Vec<String>,
        /// True if the call had a worker.
        resumed: bool,
    },
    /// Another client has taken the application over.
    Replaced,
}

/// The contents of an offer.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) generation: u64,
    pub(crate) resumed: bool,
    /// The time for which the call has been without a worker.
    pub(crate) waiting: Duration,
    pub(crate) channels: Vec<String>,
    pub(crate) bridges: Vec<String>,
    pub(crate) state: Bytes,
    pub(crate) log: Vec<Bytes>,
}

/// The calls of one application on one server.
pub(crate) struct State {
    pub(crate) server: String,
    pub(crate) application: String,
    pub(super) ring: RingLimits,
    pub(super) reading: Option<Reading>,
    /// The last reading, for readers that have lost its last events.
    ended: Option<(Instant, Reading)>,
    pub(super) calls: BTreeMap<String, Call>,
    /// The call of each channel and bridge.
    pub(super) objects: HashMap<String, String>,
    pub(super) answered: Answered,
    /// The time at which the epoch has begun. It is the first generation of calls that are found on
    /// the server, so that generations grow even if an earlier gateway has left nothing.
    pub(super) begun: u64,
    /// The last generations of calls that have ended, oldest first.
    pub(super) ended_calls: VecDeque<(String, u64)>,
    /// Until then, calls that the gateway does not know are accepted from the workers that serve
    /// them.
    claims_until: Option<Instant>,
    /// True if another client has taken the application over. Its last events are still read, but
    /// nothing else is done: another gateway responds to requests that arrive from now on.
    pub(super) is_replaced: bool,
    /// True if the other client is a gateway, and everything has been handed over to it.
    pub(super) is_handed_over: bool,
    /// The time of the last event.
    pub(super) last_event: Option<Instant>,
    /// True if the server takes no new calls.
    pub(crate) is_draining: bool,
    /// The number of heartbeats so far.
    pub(crate) beats: u64,
    pub(crate) tally: Tally,
    pub(super) journal: Journal,
}

impl State {
    pub(crate) fn new(
        server: String,
        application: String,
        ring: RingLimits,
        journal: Journal,
    ) -> Self {
        State {
            server,
            application,
            ring,
            reading: None,
            ended: None,
            calls: BTreeMap::new(),
            objects: HashMap::new(),
            answered: Answered::default(),
            begun: 0,
            ended_calls: VecDeque::new(),
            claims_until: None,
            is_replaced: false,
            is_handed_over: false,
            last_event: None,
            is_draining: false,
            beats: 0,
            tally: Tally::default(),
            journal,
        }
    }

    /// Returns the current epoch.
    pub(crate) fn epoch(&self) -> Option<&str> {
        self.reading.as_ref().map(|reading| &*reading.epoch)
    }

    /// Returns the counters of the current epoch.
    pub(crate) fn counters(&self) -> Option<&Counters> {
        self.reading.as_ref().map(|reading| &reading.counters)
    }

    /// Returns the sizes of the tables.
    #[cfg(test)]
    pub(super) fn table_sizes(&self) -> Vec<(&'static str, usize)> {
        let counters = self.counters().cloned().unwrap_or_default();
        let reading = self.reading.as_ref();
        vec![
            ("calls", self.calls.len()),
            ("objects", self.objects.len()),
            ("requests", self.answered.len()),
            ("events", reading.map_or(0, Reading::kept_count)),
            ("destinations", counters.destinations.len()),
            ("types", counters.kinds.len()),
            // These are limited, and not by time.
            (
                "ended calls",
                self.ended_calls.len().saturating_sub(MAX_ENDED_CALLS),
            ),
        ]
    }

    /// Returns the numbers of calls and of channels.
    pub(crate) fn load(&self) -> (usize, usize) {
        let channels = self.calls.values().map(|call| call.channels.len());
        (self.calls.len(), channels.sum())
    }

    /// Begins a new epoch, at `begun` in milliseconds since 1970. Until `claims_until`, workers claim the calls that they serve.
    pub(crate) fn begin_reading(&mut self, epoch: String, begun: u64, claims_until: Instant) {
        self.begin(Reading::new(epoch, self.ring), begun, claims_until, false);
    }

    /// Continues the epoch of another gateway. All of its calls are known.
    pub(super) fn begin_continued(&mut self, reading: Reading, begun: u64, now: Instant) {
        self.begin(reading, begun, now, true);
    }

    fn begin(&mut self, reading: Reading, begun: u64, claims_until: Instant, is_continued: bool) {
        self.journal.write(|| Record::ReadingStarted {
            epoch: reading.epoch.clone(),
            is_continued,
        });
        self.tally.end_gap(Instant::now());
        self.reading = Some(reading);
        self.begun = begun;
        self.claims_until = Some(claims_until);
        self.is_replaced = false;
        self.is_handed_over = false;
    }

    /// Ends the epoch. Events that were read can still be asked for.
    pub(crate) fn end_reading(&mut self, now: Instant) {
        if self.is_replaced {
            // The calls are the other gateway's.
            self.calls.clear();
            self.objects.clear();
        }
        if let Some(reading) = self.reading.take() {
            self.journal.write(|| Record::ReadingEnded {
                epoch: reading.epoch.clone(),
            });
            self.ended = Some((now, reading));
            if !self.is_replaced {
                self.tally.begin_gap(now);
            }
        }
    }

    /// Processes an event that was read.
    pub(crate) fn on_event(&mut self, text: &str, now: Instant) -> Vec<Action> {
        if self.reading.is_none() {
            return Vec::new();
        }
        let Ok(kind) = find_event_type(text, "type") else {
            tracing::warn!(
                server = self.server,
                "Asterisk has sent a message without a type"
            );
            return Vec::new();
        };
        if kind == "ChannelUserevent" && is_probe(text) {
            return Vec::new();
        }
        self.last_event = Some(now);
        self.tally.counted.events_read += 1;
        let mut actions = Vec::new();
        let subject = Subject::of(&kind, text);
        if let Some(Subject::Enters { channel, replaces }) = &subject {
            let known = self.objects.get(channel).cloned();
            let call = known.or_else(|| self.objects.get(replaces.as_ref()?).cloned());
            let call = call.unwrap_or_else(|| {
                self.calls.insert(channel.clone(), Call::new(0, now));
                actions.push(Action::Offer(channel.clone()));
                channel.clone()
            });
            self.bind_channel(&call, channel);
        }
        let mut calls: Vec<String> = Vec::new();
        visit_ids(text, &mut |id| {
            if let Some(call) = self.objects.get(id)
                && !calls.contains(call)
            {
                calls.push(call.clone());
            }
        });
        let event = LoggedEvent {
            kind: Arc::from(&*kind),
            text: Bytes::copy_from_slice(text.as_bytes()),
        };
        self.distribute(&event, &calls, now, &mut actions);
        match subject {
            Some(Subject::Leaves { channel }) => {
                if let Some(call) = self.objects.get(&channel).cloned() {
                    if let Some(call) = self.calls.get_mut(&call) {
                        call.channels.remove(&channel);
                    }
                    self.end_if_over(&call, now, &mut actions);
                }
            }
            Some(Subject::BridgeEnds { bridge }) => {
                if let Some(call) = self.objects.remove(&bridge)
                    && let Some(call) = self.calls.get_mut(&call)
                {
                    call.bridges.remove(&bridge);
                }
            }
            Some(Subject::Replaced { application }) if application == self.application => {
                self.is_replaced = true;
                actions.push(Action::Replaced);
            }
            _ => {}
        }
        actions
    }

    /// Publishes an event to the owners of calls, once to each, or keeps it for calls that are being
    /// offered.
    fn distribute(
        &mut self,
        event: &LoggedEvent,
        calls: &[String],
        now: Instant,
        actions: &mut Vec<Action>,
    ) {
        let mut destinations: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let mut is_waiting = false;
        for id in calls {
            let Some(call) = self.calls.get_mut(id) else {
                continue;
            };
            call.log(event.clone());
            match &call.owner {
                Owner::Worker(worker) => destinations.entry(worker.clone()).or_default().push(id),
                Owner::Offered { .. } => {
                    call.pending.push(event.clone());
                    is_waiting = true;
                }
                Owner::Nobody => {}
            }
        }
        if destinations.is_empty() && !is_waiting {
            destinations.insert(
                NOBODY.to_owned(),
                calls.iter().map(String::as_str).collect(),
            );
        }
        if hooks::is_on(Mutant::Rebalance) {
            let workers = self.workers();
            let moved = destinations.into_iter().map(|(destination, calls)| {
                let moved = workers.iter().rev().find(|worker| **worker != destination);
                (moved.cloned().unwrap_or(destination), calls)
            });
            destinations = moved.collect();
        }
        for (destination, calls) in destinations {
            actions.extend(self.publish(&destination, event, &calls, now));
        }
    }

    fn publish(
        &mut self,
        destination: &str,
        event: &LoggedEvent,
        calls: &[&str],
        now: Instant,
    ) -> Option<Action> {
        let reading = self.reading.as_mut()?;
        let names = (&*self.server, &*self.application);
        let numbered = reading.number(
            names,
            destination,
            &event.kind,
            calls,
            event.text.clone(),
            now,
        );
        self.tally.counted.events_published += 1;
        self.journal.write(|| Record::Published {
            epoch: reading.epoch.clone(),
            number: reading.counters.all,
            destination: destination.to_owned(),
            in_destination: reading
                .counters
                .destinations
                .get(destination)
                .copied()
                .unwrap_or(0),
            calls: calls.iter().map(|call| (*call).to_owned()).collect(),
            kind: event.kind.to_string(),
        });
        Some(Action::Publish(numbered))
    }

    /// Publishes the events that have waited for an owner.
    fn publish_pending(
        &mut self,
        id: &str,
        destination: &str,
        now: Instant,
        actions: &mut Vec<Action>,
    ) {
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        for event in std::mem::take(&mut call.pending) {
            actions.extend(self.publish(destination, &event, &[id], now));
        }
    }

    /// Makes a channel part of a call.
    pub(super) fn bind_channel(&mut self, call: &str, channel: &str) {
        if let Some(bound) = self.calls.get_mut(call) {
            bound.channels.insert(channel.to_owned());
            self.objects.insert(channel.to_owned(), call.to_owned());
        }
    }

    /// Makes objects part of a call before they exist.
    pub(super) fn bind(&mut self, call: &str, objects: &[String]) {
        for object in objects {
            match object.split_once(':') {
                Some(("channel", id)) => self.bind_channel(call, id),
                Some(("half", id)) if self.calls.contains_key(call) => {
                    self.objects.insert(id.to_owned(), call.to_owned());
                }
                Some(("bridge", id)) => {
                    if let Some(bound) = self.calls.get_mut(call) {
                        bound.bridges.insert(id.to_owned());
                        self.objects.insert(id.to_owned(), call.to_owned());
                    }
                }
                _ => {}
            }
        }
    }

    /// Undoes [`State::bind`] for objects that were not created.
    pub(super) fn unbind(&mut self, objects: &[String], now: Instant) -> Vec<Action> {
        let mut actions = Vec::new();
        for object in objects {
            let Some((_, id)) = object.split_once(':') else {
                continue;
            };
            if let Some(call) = self.objects.remove(id) {
                if let Some(call) = self.calls.get_mut(&call) {
                    call.channels.remove(id);
                    call.bridges.remove(id);
                }
                self.end_if_over(&call, now, &mut actions);
            }
        }
        actions
    }

    /// Begins an offer of a call. `None` if the call has an owner or has ended.
    pub(crate) fn begin_offer(&mut self, id: &str, now: Instant) -> Option<Offer> {
        let call = self.calls.get_mut(id)?;
        let Owner::Offered { since } = call.owner else {
            return None;
        };
        if self.is_replaced {
            return None;
        }
        // The worker of an earlier offer, whose response was lost, may believe that it has the call.
        call.generation += 1;
        self.tally.counted.offers += 1;
        self.journal.write(|| Record::Offered {
            call: id.to_owned(),
            generation: call.generation,
        });
        Some(Offer {
            generation: call.generation,
            resumed: call.resumed,
            waiting: now.saturating_duration_since(since),
            channels: call.channels.iter().cloned().collect(),
            bridges: call.bridges.iter().cloned().collect(),
            state: call.state.clone(),
            log: call.logged().map(|event| event.text.clone()).collect(),
        })
    }

    /// Gives a call to the worker that has accepted an offer.
    pub(crate) fn accept(
        &mut self,
        id: &str,
        generation: u64,
        worker: &str,
        now: Instant,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        let Some(call) = self.calls.get_mut(id) else {
            return actions;
        };
        let is_offered = matches!(call.owner, Owner::Offered { .. });
        if call.generation != generation || !is_offered || self.is_replaced {
            return actions;
        }
        call.assign(worker, now);
        self.journal.write(|| Record::Assigned {
            call: id.to_owned(),
            generation,
            worker: worker.to_owned(),
        });
        self.publish_pending(id, worker, now, &mut actions);
        actions
    }

    /// Gives up offering a call, and returns the channels that the policy is for.
    pub(crate) fn give_up(&mut self, id: &str, now: Instant) -> Vec<Action> {
        let mut actions = Vec::new();
        let Some(call) = self.calls.get_mut(id) else {
            return actions;
        };
        if !matches!(call.owner, Owner::Offered { .. }) || self.is_replaced {
            return actions;
        }
        call.owner = Owner::Nobody;
        call.generation += 1;
        let (channels, resumed) = (call.channels.iter().cloned().collect(), call.resumed);
        self.journal.write(|| Record::PolicyApplied {
            call: id.to_owned(),
        });
        self.publish_pending(id, NOBODY, now, &mut actions);
        self.end_if_over(id, now, &mut actions);
        actions.push(Action::ApplyPolicy { channels, resumed });
        actions
    }

    /// Removes a call that has no channels, unless a worker still has it.
    fn end_if_over(&mut self, id: &str, now: Instant, actions: &mut Vec<Action>) {
        let is_over = self
            .calls
            .get(id)
            .is_some_and(|call| call.channels.is_empty() && call.worker().is_none());
        if is_over {
            self.publish_pending(id, NOBODY, now, actions);
            self.remove(id);
        }
    }

    /// Removes a call that was to be created and was not.
    pub(super) fn end_new_call(&mut self, id: &str, now: Instant, actions: &mut Vec<Action>) {
        let is_empty = self
            .calls
            .get(id)
            .is_some_and(|call| call.channels.is_empty() && call.logged().next().is_none());
        if is_empty {
            self.publish_pending(id, NOBODY, now, actions);
            self.remove(id);
        }
    }

    fn remove(&mut self, id: &str) {
        if let Some(call) = self.calls.remove(id) {
            self.ended_calls.push_back((id.to_owned(), call.generation));
            if self.ended_calls.len() > MAX_ENDED_CALLS {
                self.ended_calls.pop_front();
            }
            if !hooks::is_on(Mutant::KeepsObjects) {
                self.objects.retain(|_, call| call != id);
            }
            self.journal.write(|| Record::CallEnded {
                call: id.to_owned(),
            });
        }
    }

    /// Returns the workers that have calls.
    pub(crate) fn workers(&self) -> Vec<String> {
        let mut workers: Vec<_> = self.calls.values().filter_map(Call::worker).collect();
        workers.sort_unstable();
        workers.dedup();
        workers.into_iter().map(str::to_owned).collect()
    }

    /// Returns true if a worker has a call in this generation.
    pub(crate) fn has(&self, worker: &str, id: &str, generation: u64) -> bool {
        self.calls
            .get(id)
            .is_some_and(|call| call.generation == generation && call.worker() == Some(worker))
    }

    /// Offers the calls of a worker that no longer lives.
    pub(crate) fn on_worker_lost(&mut self, worker: &str, now: Instant) -> Vec<Action> {
        let calls: Vec<_> = self
            .calls
            .iter()
            .filter(|(_, call)| call.worker() == Some(worker))
            .map(|(id, _)| id.clone())
            .collect();
        let mut actions = Vec::new();
        for id in calls {
            self.offer_again(&id, now, &mut actions);
        }
        actions
    }

    fn offer_again(&mut self, id: &str, now: Instant, actions: &mut Vec<Action>) {
        if let Some(call) = self.calls.get_mut(id) {
            call.offer_again(now);
            match call.channels.is_empty() {
                true => self.end_if_over(id, now, actions),
                false => actions.push(Action::Offer(id.to_owned())),
            }
        }
    }

    /// Takes a call back from the worker that gives it up.
    pub(crate) fn release(
        &mut self,
        worker: &str,
        id: &str,
        generation: u64,
        now: Instant,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        if self.has(worker, id, generation) {
            self.offer_again(id, now, &mut actions);
        }
        actions
    }

    /// Ends the work of a worker on a call whose handler has returned. If channels are left, the call
    /// is offered again, but not without end.
    pub(crate) fn done(
        &mut self,
        worker: &str,
        id: &str,
        generation: u64,
        now: Instant,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        if !self.has(worker, id, generation) {
            return actions;
        }
        let Some(call) = self.calls.get_mut(id) else {
            return actions;
        };
        call.abandoned += 1;
        let is_last = call.abandoned >= MAX_ABANDONED;
        self.offer_again(id, now, &mut actions);
        if is_last && self.calls.contains_key(id) {
            return self.give_up(id, now);
        }
        actions
    }

    /// Keeps the state that a worker leaves for its successor. Returns false if the worker does not
    /// have the call, or the state is too large.
    pub(crate) fn keep(&mut self, worker: &str, id: &str, generation: u64, state: Bytes) -> bool {
        if state.len() > MAX_STATE_SIZE || !self.has(worker, id, generation) {
            return false;
        }
        if let Some(call) = self.calls.get_mut(id) {
            call.state = state;
        }
        true
    }

    /// Accepts calls that a worker serves after a new epoch has begun.
    pub(crate) fn claim(
        &mut self,
        worker: &str,
        claims: &[Claim],
        now: Instant,
    ) -> (Verdict, Vec<Action>) {
        let mut verdict = Verdict::default();
        let mut actions = Vec::new();
        for claim in claims {
            let id = &claim.call;
            if self.has(worker, id, claim.generation) {
                continue;
            }
            // The response to an earlier claim was lost.
            let known = self.calls.get(id);
            let is_repeated = known.is_some_and(|call| {
                call.worker() == Some(worker) && call.claimed == Some(claim.generation)
            });
            if is_repeated {
                let generation = known.map_or(0, |call| call.generation);
                verdict.generations.insert(id.clone(), generation);
                continue;
            }
            match self.accept_claim(worker, claim, now) {
                Some(generation) => {
                    verdict.generations.insert(id.clone(), generation);
                    self.publish_pending(id, worker, now, &mut actions);
                }
                None => verdict.lost.push(id.clone()),
            }
        }
        // Calls whose end the worker has reported in vain, or whose assignment it never learned of.
        let is_claimed = |id: &String| claims.iter().any(|claim| claim.call == *id);
        let forgotten: Vec<_> = self
            .calls
            .iter()
            .filter(|(id, call)| {
                let since = now.saturating_duration_since(call.owned_since);
                call.worker() == Some(worker) && since > CLAIM_DELAY && !is_claimed(id)
            })
            .map(|(id, call)| (id.clone(), call.generation))
            .collect();
        for (id, generation) in forgotten {
            actions.extend(self.done(worker, &id, generation, now));
        }
        (verdict, actions)
    }

    /// Gives a call to the worker that claims it, if that is allowed. Returns the new generation.
    fn accept_claim(&mut self, worker: &str, claim: &Claim, now: Instant) -> Option<u64> {
        let id = &claim.call;
        let is_open = self.claims_until.is_some_and(|until| now < until);
        let is_newer = match self.calls.get(id) {
            None => {
                let mut ended = self.ended_calls.iter();
                !ended.any(|(ended, last)| ended == id && claim.generation <= *last)
            }
            // Claimed with an older generation. Others are not open to claims.
            Some(call) => call
                .claimed
                .is_some_and(|claimed| claim.generation > claimed),
        };
        if !is_open || !is_newer {
            return None;
        }
        let call = self.calls.entry(id.clone());
        let call = call.or_insert_with(|| Call::new(self.begun, now));
        // Greater than that of every worker before, also if its claim never arrives.
        call.generation = call.generation.max(claim.generation) + 1;
        call.claimed = Some(claim.generation);
        call.resumed = true;
        call.assign(worker, now);
        let generation = call.generation;
        self.journal.write(|| Record::Assigned {
            call: id.clone(),
            generation,
            worker: worker.to_owned(),
        });
        // The first channel, although the worker may not have got any event yet. If it is gone, the
        // comparison with the server finds that.
        let channels = claim.channels.iter().chain([id]);
        let channels = channels.map(|id| format!("channel:{id}"));
        let bridges = claim.bridges.iter().map(|id| format!("bridge:{id}"));
        let objects: Vec<_> = channels.chain(bridges).collect();
        self.bind(id, &objects);
        Some(generation)
    }

    /// Compares the calls with the channels of the server, and with those in the application, grouped
    /// by the bridges that connect them. Channels that are gone leave their calls, and unknown ones in
    /// the application become calls that are offered.
    pub(crate) fn reconcile(
        &mut self,
        existing: &BTreeSet<String>,
        groups: &[Vec<String>],
        now: Instant,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        let known: Vec<_> = self.calls.keys().cloned().collect();
        for id in known {
            if let Some(call) = self.calls.get_mut(&id) {
                call.channels.retain(|channel| existing.contains(channel));
            }
            self.end_if_over(&id, now, &mut actions);
        }
        for group in groups {
            let known = group
                .iter()
                .find_map(|channel| self.objects.get(channel).cloned());
            let Some(first) = group.first() else { continue };
            let known = known.or_else(|| self.calls.contains_key(first).then(|| first.clone()));
            let call = known.unwrap_or_else(|| {
                let mut call = Call::new(self.begun, now);
                call.resumed = true;
                self.calls.insert(first.clone(), call);
                actions.push(Action::Offer(first.clone()));
                first.clone()
            });
            for channel in group {
                if !self.objects.contains_key(channel) {
                    self.bind_channel(&call, channel);
                }
            }
        }
        actions
    }

    /// Returns the events that a reader has lost. `None` if the epoch is unknown, or another gateway has
    /// the events.
    pub(crate) fn replay(
        &self,
        epoch: &str,
        key: &CounterKey,
        (from, to): (u64, u64),
        max_size: usize,
        now: Instant,
    ) -> Option<Replay> {
        let current = self.reading.as_ref();
        let current = current.filter(|reading| !reading.is_of_other(key, from, now));
        let readings = current
            .into_iter()
            .chain(self.ended.as_ref().map(|(_, ended)| ended));
        // The other gateway has what follows after a handover.
        let is_of_this = |reading: &&Reading| {
            reading.epoch == epoch && (current.is_some() || from <= reading.counters.get(key))
        };
        let mut readings = readings.filter(is_of_this);
        Some(readings.next()?.replay(key, from, to, max_size))
    }

    /// Returns the number of the first event of a counter since a time. `None` if the epoch is unknown,
    /// or another gateway has gone on with it.
    pub(crate) fn first_since(
        &self,
        epoch: &str,
        key: &CounterKey,
        since: Duration,
        now: Instant,
    ) -> Option<u64> {
        let ended = self.ended.as_ref().filter(|_| !self.is_handed_over);
        let mut readings = self.reading.iter().chain(ended.map(|(_, ended)| ended));
        let reading = readings.find(|reading| reading.epoch == epoch)?;
        Some(reading.first_since(key, since, now))
    }

    /// Removes what is too old.
    pub(crate) fn expire(&mut self, now: Instant) {
        if let Some(reading) = &mut self.reading {
            reading.expire(now);
        }
        self.ended
            .take_if(|(since, _)| now.saturating_duration_since(*since) > LINGER);
        self.answered.expire(now);
    }
}

/// Returns true if a user event is one of the gateway itself.
fn is_probe(text: &str) -> bool {
    let event: Value = serde_json::from_str(text).unwrap_or_default();
    event.get("eventname").and_then(Value::as_str) == Some(PROBE_EVENT)
}

/// The part of an event that changes calls.
enum Subject {
    /// A channel enters the application, and takes the place of another.
    Enters {
        channel: String,
        replaces: Option<String>,
    },
    /// A channel leaves the application.
    Leaves { channel: String },
    /// A bridge ends.
    BridgeEnds { bridge: String },
    /// Another client takes an application over.
    Replaced { application: String },
}

impl Subject {
    fn of(kind: &str, text: &str) -> Option<Subject> {
        if !matches!(
            kind,
            "StasisStart"
                | "StasisEnd"
                | "ChannelDestroyed"
                | "BridgeDestroyed"
                | "ApplicationReplaced"
        ) {
            return None;
        }
        let event: Value = serde_json::from_str(text).ok()?;
        let id = |key: &str| Some(event.get(key)?.get("id")?.as_str()?.to_owned());
        Some(match kind {
            "StasisStart" => Subject::Enters {
                channel: id("channel")?,
                replaces: id("replace_channel"),
            },
            "BridgeDestroyed" => Subject::BridgeEnds {
                bridge: id("bridge")?,
            },
            "ApplicationReplaced" => Subject::Replaced {
                application: event.get("application")?.as_str()?.to_owned(),
            },
            _ => Subject::Leaves {
                channel: id("channel")?,
            },
        })
    }
}
