//! Hooks of the simulation, which do nothing outside of tests: faults that it puts into the code on
//! purpose, each of which its checker must find, and the ends of requests, which it observes.

use ari_api::Error;
use ari_api::transport::Response;

/// A fault of the code.
#[cfg_attr(not(test), expect(dead_code, reason = "only tests put them in"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutant {
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
    /// The gateway does not forget the channels of calls that have ended.
    KeepsObjects,
}

/// Returns true if a fault is put in.
#[inline]
pub(crate) fn is_on(_mutant: Mutant) -> bool {
    #[cfg(test)]
    return testing::is_on(_mutant);
    #[cfg(not(test))]
    false
}

/// Reports the end of a request.
#[inline]
pub(crate) fn request_ended(_id: &str, _outcome: &Result<Response, Error>) {
    #[cfg(test)]
    testing::request_ended(_id, _outcome);
}

#[cfg(test)]
pub(crate) mod testing {
    //! The hooks in tests, each for its thread.

    use std::cell::{Cell, RefCell};

    use super::{Error, Mutant, Response};

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

    /// The end of a request, as its sender sees it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Outcome {
        Answered,
        NotSent,
        Refused,
        Unknown,
    }

    type Observer = Box<dyn Fn(&str, Outcome)>;

    thread_local! {
        static OBSERVER: RefCell<Option<Observer>> = const { RefCell::new(None) };
    }

    /// Sets the function that observes the ends of this thread's requests.
    pub(crate) fn observe_requests(observer: impl Fn(&str, Outcome) + 'static) {
        OBSERVER.set(Some(Box::new(observer)));
    }

    /// Reports the end of a request.
    pub(super) fn request_ended(id: &str, outcome: &Result<Response, Error>) {
        let outcome = match outcome {
            Ok(_) => Outcome::Answered,
            Err(Error::NotSent { .. }) => Outcome::NotSent,
            Err(Error::OutcomeUnknown { .. }) => Outcome::Unknown,
            Err(_) => Outcome::Refused,
        };
        OBSERVER.with_borrow(|observer| {
            if let Some(observe) = observer {
                observe(id, outcome);
            }
        });
    }
}
