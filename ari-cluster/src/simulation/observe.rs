//! The observations of a simulation.

use std::cell::RefCell;
use std::time::Duration;

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
    /// An event that was sent to a gateway, which it did not read.
    Unread {
        server: String,
        kind: String,
        channel: String,
    },
    /// An event has waited too long until the gateway read it.
    ReadLate {
        server: String,
        delay: Duration,
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

/// The longest time that an event may wait for the gateway. Asterisk cuts off clients that stop
/// reading.
const READ_LIMIT: Duration = Duration::from_millis(100);

/// Adds the time that an event has waited for the gateway of a server, if it is too long.
pub(super) fn add_delay(server: &str, delay: Duration) {
    if delay > READ_LIMIT {
        let server = server.to_owned();
        add(Observation::ReadLate { server, delay });
    }
}

/// Adds a note.
pub(crate) fn note(text: impl Into<String>) {
    add(Observation::Note(text.into()));
}

/// Takes all observations.
pub(crate) fn take() -> Vec<(Instant, Observation)> {
    SEEN.take()
}
