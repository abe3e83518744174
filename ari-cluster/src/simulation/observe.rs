//! What the simulation observes.

use std::cell::RefCell;

use ari_api::Error;
use ari_api::transport::Response;
use tokio::time::Instant;

use crate::gateway::Record;

/// The end of a request, as its sender sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Answered,
    NotSent,
    Refused,
    Unknown,
}

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
    /// What the simulation itself has done.
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

/// Notes the end of a request.
pub(crate) fn request_ended(id: &str, outcome: &Result<Response, Error>) {
    let outcome = match outcome {
        Ok(_) => Outcome::Answered,
        Err(Error::NotSent { .. }) => Outcome::NotSent,
        Err(Error::OutcomeUnknown { .. }) => Outcome::Unknown,
        Err(_) => Outcome::Refused,
    };
    let id = id.to_owned();
    add(Observation::Request { id, outcome });
}
