//! One call: the first channel, and all that belongs to it.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use tokio::time::Instant;

/// The maximum size of a call's log in bytes. When it is exceeded, the oldest events are removed.
const MAX_LOG_SIZE: usize = 256 * 1024;

/// An event with its type.
#[derive(Clone, Debug)]
pub(crate) struct LoggedEvent {
    pub(crate) kind: Arc<str>,
    pub(crate) text: Bytes,
}

/// The owner of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// It is being offered to workers.
    Offered {
        /// The time since which it has no worker.
        since: Instant,
    },
    /// A worker has it.
    Worker(String),
    /// Nobody has taken it. The gateway's policy has been applied.
    Nobody,
}

/// A call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// Increases with each offer. Requests with another generation are refused.
    pub(crate) generation: u64,
    pub(crate) owner: Owner,
    /// The time at which the owner has got it.
    pub(crate) owned_since: Instant,
    /// The generation with which its worker has claimed it, if it has.
    pub(crate) claimed: Option<u64>,
    /// True if it had another worker.
    pub(crate) resumed: bool,
    /// The number of times that a handler has returned while channels were left.
    pub(crate) abandoned: u32,
    pub(crate) channels: BTreeSet<String>,
    /// True if the server had none of its channels any more when an epoch began. No event says so, for
    /// example if Asterisk has restarted.
    pub(crate) is_over: bool,
    pub(crate) bridges: BTreeSet<String>,
    /// Its playbacks and recordings that run or wait, as `kind:id`, oldest first.
    pub(crate) media: VecDeque<String>,
    /// Events that wait for a worker.
    pub(crate) pending: Vec<LoggedEvent>,
    /// The events of the call, for its next worker.
    log: VecDeque<LoggedEvent>,
    log_size: usize,
    /// The state that the worker has left for its successor.
    pub(crate) state: Bytes,
}

impl Call {
    /// Creates a call that is to be offered.
    pub(crate) fn new(generation: u64, now: Instant) -> Self {
        Call {
            generation,
            owner: Owner::Offered { since: now },
            owned_since: now,
            claimed: None,
            resumed: false,
            abandoned: 0,
            channels: BTreeSet::new(),
            is_over: false,
            bridges: BTreeSet::new(),
            media: VecDeque::new(),
            pending: Vec::new(),
            log: VecDeque::new(),
            log_size: 0,
            state: Bytes::new(),
        }
    }

    /// Returns the worker.
    pub(crate) fn worker(&self) -> Option<&str> {
        match &self.owner {
            Owner::Worker(worker) => Some(worker),
            _ => None,
        }
    }

    /// Gives the call to a worker.
    pub(crate) fn assign(&mut self, worker: &str, now: Instant) {
        self.owner = Owner::Worker(worker.to_owned());
        self.owned_since = now;
    }

    /// Adds an event to the log.
    pub(crate) fn log(&mut self, event: LoggedEvent) {
        self.log_size += event.text.len();
        self.log.push_back(event);
        while self.log_size > MAX_LOG_SIZE {
            let Some(oldest) = self.log.pop_front() else {
                break;
            };
            self.log_size -= oldest.text.len();
        }
    }

    /// Returns the events of the call, oldest first.
    pub(crate) fn logged(&self) -> impl Iterator<Item = &LoggedEvent> {
        self.log.iter()
    }

    /// Takes the call from its worker, and returns the generation of the next offer.
    pub(crate) fn offer_again(&mut self, now: Instant) -> u64 {
        self.generation += 1;
        self.claimed = None;
        self.resumed = true;
        self.owner = Owner::Offered { since: now };
        self.generation
    }
}
