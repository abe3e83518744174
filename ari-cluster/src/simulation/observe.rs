//! The observations of a simulation.

use std::cell::RefCell;
use std::time::Duration;

use tokio::time::Instant;

pub(crate) use crate::testing::Observation;

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
