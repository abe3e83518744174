//! Faults that are put into the code on purpose. The checker must find each.

use std::cell::Cell;

/// A fault of the code.
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
}

thread_local! {
    static ACTIVE: Cell<Option<Mutant>> = const { Cell::new(None) };
}

/// Returns true if a fault is put in.
pub(crate) fn is_on(mutant: Mutant) -> bool {
    ACTIVE.get() == Some(mutant)
}

/// Puts a fault in, for this thread.
pub(crate) fn set(mutant: Option<Mutant>) {
    ACTIVE.set(mutant);
}
