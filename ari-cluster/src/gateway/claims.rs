//! Claims of workers to the calls that they serve, in a new epoch and to make sure.

use std::time::Duration;

use tokio::time::Instant;

use super::call::Call;
use super::journal::Record;
use super::state::{Action, State};
use crate::wire::claim::{Claim, Verdict};

/// The time after an assignment during which a claim may lack the call, because it was sent before.
const CLAIM_DELAY: Duration = Duration::from_secs(5);

impl State {
    /// Accepts calls that a worker serves after a new epoch has begun.
    pub(crate) fn claim(
        &mut self,
        worker: &str,
        claims: &[Claim],
        now: Instant,
    ) -> (Verdict, Vec<Action>) {
        let mut verdict = Verdict::default();
        let mut actions = Vec::new();
        if let Some(reading) = &mut self.reading {
            reading.use_destination(worker, now);
        }
        for claim in claims {
            let id = &claim.call;
            if self.has(worker, id, claim.generation) {
                let call = self.calls.get(id);
                if call.is_some_and(|call| call.is_over && call.channels.is_empty()) {
                    verdict.over.push(id.clone());
                }
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
}
