//! The assignment of calls to workers: offers, and the ways in which a worker loses a call.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::call::{Call, Owner};
use super::journal::Record;
use super::state::{Action, State};
use crate::wire::subject::NOBODY;

/// The number of times that a handler may return while the call still has channels. After that the
/// call is not offered again.
const MAX_ABANDONED: u32 = 3;

/// The maximum size of the state that a worker leaves for its successor, in bytes.
pub(crate) const MAX_STATE_SIZE: usize = 16 * 1024;

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

impl State {
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

    pub(super) fn offer_again(&mut self, id: &str, now: Instant, actions: &mut Vec<Action>) {
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
}
