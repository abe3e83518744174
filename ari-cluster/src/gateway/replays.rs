//! Questions of readers that have lost events, or want to know where they begin.

use std::time::Duration;

use tokio::time::Instant;

use super::reading::{CounterKey, Reading, Replay};
use super::state::State;

impl State {
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
}
