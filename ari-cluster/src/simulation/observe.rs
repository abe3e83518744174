//! The observations of a simulation.

use std::cell::RefCell;

use tokio::time::Instant;

use crate::gateway::Record;
use crate::hooks::testing::Outcome;

/// An observation.
#[derive(Clone, Debug)]
pub(crate) enum Observation {
    Gateway {
        server: String,
        gateway: usize,
        record: Record,
    },
    Request {
        id: String,
        outcome: Outcome,
    },
    /// A step of the simulation itself.
    Note(String),
}

thread_local! {
    static SEEN: RefCell<Vec<(Instant, Observation)>> = const { RefCell::new(Vec::new()) };
}

/// Adds an observation.
pub(crate) fn add(observation: Observation) {
    SEEN.with_borrow_mut(|seen| seen.push((Instant::now(), observation)));
}

/// Adds a note.
pub(crate) fn note(text: impl Into<String>) {
    add(Observation::Note(text.into()));
}

/// Takes all observations.
pub(crate) fn take() -> Vec<(Instant, Observation)> {
    SEEN.take()
}
