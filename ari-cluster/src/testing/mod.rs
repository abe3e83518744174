//! The invariants of a cluster, and the checker of them, for the simulation and for tests with real
//! processes.

mod check;
mod observe;
mod overlap;

pub use check::{Delivered, Run, Watched, check};
pub use observe::Observation;
pub use overlap::Overlaps;

#[cfg(not(test))]
pub use crate::hooks::set_mutant;
pub use crate::hooks::{Event, Mutant, Outcome, observe};
