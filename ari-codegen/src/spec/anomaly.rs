//! Unusual parts of specs.

use std::fmt;

use crate::error::Place;

/// Something in a spec that is unusual or not understood, yet does not prevent bindings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// Its place in the spec.
    pub place: Place,
    /// The unusual part.
    pub problem: String,
}

impl fmt::Display for Anomaly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}
