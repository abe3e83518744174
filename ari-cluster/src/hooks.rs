//! Hooks of tests, which do nothing in other builds: faults that the simulation puts into the code on
//! purpose, each of which its checker must find, and what programs get and send.
//!
//! The simulation has hooks of its own for each thread. Tests with real processes have those of the
//! feature `testing`, for the whole process. Only a program of the tests puts a fault in there: no
//! setting and no variable does.

use ari_api::Error;
use ari_api::transport::Response;
#[cfg(any(test, feature = "testing"))]
use serde::{Deserialize, Serialize};
#[cfg(all(feature = "testing", not(test)))]
use tokio::time::Instant;

pub(crate) mod tasks;

/// A fault of the code.
#[cfg_attr(
    not(any(test, feature = "testing")),
    expect(dead_code, unreachable_pub, reason = "only tests put them in")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    /// The gateway executes requests of workers that have lost their call.
    NoFence,
    /// Readers do not count events.
    NoCounters,
    /// A subscription counts as known as soon as it is written, as with a flush.
    SubscribesLate,
    /// Events of a call go to another worker, as if calls were spread anew.
    Rebalance,
    /// Readers that own no calls begin with the first event that arrives, whatever was lost before.
    BeginsAnywhere,
    /// Workers are not told of gaps.
    HidesGaps,
    /// The gateway waits for the bus between two events.
    WaitsForBus,
    /// The gateway waits for the worker of an event before it reads the next one.
    WaitsForWorker,
    /// The gateway takes a worker whose connection is open for alive, also if it does not respond.
    TrustsFrozen,
    /// The gateway does not forget the channels of calls that have ended.
    KeepsObjects,
    /// The gateway numbers the events of a worker that it has forgotten from 1 on.
    ReusesNumbers,
    /// The gateway executes each copy of a request that has come in parts.
    KeepsParts,
    /// Readers take an event that is too large for the bus for one that has arrived.
    SkipsLarge,
}

/// Returns true if a fault is put in.
#[inline]
pub(crate) fn is_on(_mutant: Mutant) -> bool {
    #[cfg(test)]
    return simulated::is_on(_mutant);
    #[cfg(all(feature = "testing", not(test)))]
    return PUT_IN.get() == Some(&_mutant);
    #[cfg(not(any(test, feature = "testing")))]
    false
}

#[cfg(all(feature = "testing", not(test)))]
static PUT_IN: std::sync::OnceLock<Mutant> = std::sync::OnceLock::new();

/// Puts a fault into the code of this process, until it ends. Only the first call counts.
#[cfg(all(feature = "testing", not(test)))]
pub fn set_mutant(mutant: Mutant) {
    let _ = PUT_IN.set(mutant);
}

/// Reports a request that a worker is about to send for a call, given as its name and its generation.
#[inline]
pub(crate) fn request_begun(
    _id: &str,
    _server: &str,
    _target: &str,
    _worker: &str,
    _call: (&str, u64),
) {
    #[cfg(any(test, feature = "testing"))]
    observed(&Event::RequestBegun {
        id: _id.to_owned(),
        server: _server.to_owned(),
        target: _target.to_owned(),
        worker: _worker.to_owned(),
        call: _call.0.to_owned(),
        generation: _call.1,
    });
}

/// Reports the end of a request.
#[inline]
pub(crate) fn request_ended(_id: &str, _outcome: &Result<Response, Error>) {
    #[cfg(any(test, feature = "testing"))]
    observed(&Event::RequestEnded {
        id: _id.to_owned(),
        outcome: outcome_of(_outcome),
    });
}

/// Reports the calls that a worker believes to have from now on, with their generations, and those that
/// it does not believe to have any more.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn believed(worker: &str, server: &str, changes: Vec<(String, Option<u64>)>) {
    for (call, generation) in changes {
        observed(&Event::Believed {
            worker: worker.to_owned(),
            server: server.to_owned(),
            call,
            generation,
        });
    }
}

/// Reports the events and gaps of a place that have been delivered.
#[cfg(all(feature = "testing", not(test)))]
pub(crate) fn delivered(worker: &str, server: &str, items: Vec<(Instant, Option<(String, u64)>)>) {
    for (_, item) in items {
        observed(&Event::Delivered {
            worker: worker.to_owned(),
            server: server.to_owned(),
            item,
        });
    }
}

#[cfg(any(test, feature = "testing"))]
fn outcome_of(outcome: &Result<Response, Error>) -> Outcome {
    match outcome {
        Ok(_) => Outcome::Answered,
        Err(Error::NotSent { .. }) => Outcome::NotSent,
        Err(Error::OutcomeUnknown { .. }) => Outcome::Unknown,
        Err(_) => Outcome::Refused,
    }
}

/// The end of a request, as its sender sees it.
#[cfg(any(test, feature = "testing"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// There is a response of Asterisk.
    Answered,
    /// It was not sent to Asterisk.
    NotSent,
    /// The gateway has refused it.
    Refused,
    /// Perhaps it was executed.
    Unknown,
}

/// Something that a program of the cluster has seen.
#[cfg(any(test, feature = "testing"))]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Event {
    /// A worker is about to send a request for one of its calls.
    RequestBegun {
        /// The request.
        id: String,
        /// The server.
        server: String,
        /// The path with the query.
        target: String,
        /// The worker.
        worker: String,
        /// The call.
        call: String,
        /// The generation of its assignment.
        generation: u64,
    },
    /// A worker believes to have a call from now on, or no longer.
    Believed {
        /// The worker.
        worker: String,
        /// The server.
        server: String,
        /// The call.
        call: String,
        /// The generation of its assignment, or `None` if the worker no longer has it.
        generation: Option<u64>,
    },
    /// A request has ended.
    RequestEnded {
        /// The request.
        id: String,
        /// Its end.
        outcome: Outcome,
    },
    /// An event was delivered to the calls of a worker.
    Delivered {
        /// The worker.
        worker: String,
        /// The server.
        server: String,
        /// The epoch and the number, or `None` for a gap.
        item: Option<(String, u64)>,
    },
}

#[cfg(any(test, feature = "testing"))]
type Observer = Box<dyn Fn(&Event) + Send + Sync>;

#[cfg(any(test, feature = "testing"))]
static OBSERVER: std::sync::OnceLock<Observer> = std::sync::OnceLock::new();

/// Sets the function that receives what the programs of this process see. Only the first call counts.
#[cfg(any(test, feature = "testing"))]
pub fn observe(observer: impl Fn(&Event) + Send + Sync + 'static) {
    let _ = OBSERVER.set(Box::new(observer));
}

#[cfg(any(test, feature = "testing"))]
fn observed(event: &Event) {
    #[cfg(test)]
    simulated::observed(event);
    if let Some(observe) = OBSERVER.get() {
        observe(event);
    }
}

#[cfg(test)]
pub(crate) mod simulated {
    //! The hooks in tests, each for its thread.

    use std::cell::{Cell, RefCell};

    use super::{Event, Mutant};

    thread_local! {
        static ACTIVE: Cell<Option<Mutant>> = const { Cell::new(None) };
    }

    /// Returns true if a fault is put in.
    pub(super) fn is_on(mutant: Mutant) -> bool {
        ACTIVE.get() == Some(mutant)
    }

    /// Puts a fault in, for this thread.
    pub(crate) fn set(mutant: Option<Mutant>) {
        ACTIVE.set(mutant);
    }

    type Observer = Box<dyn Fn(&Event)>;

    thread_local! {
        static OBSERVER: RefCell<Option<Observer>> = const { RefCell::new(None) };
    }

    /// Sets the function that receives what the programs of this thread see.
    pub(crate) fn observe(observer: impl Fn(&Event) + 'static) {
        OBSERVER.set(Some(Box::new(observer)));
    }

    /// Reports what a program has seen.
    pub(super) fn observed(event: &Event) {
        OBSERVER.with_borrow(|observer| {
            if let Some(observe) = observer {
                observe(event);
            }
        });
    }
}
