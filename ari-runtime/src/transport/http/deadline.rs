//! Deadlines, with the duration that they were computed from, for error messages.

use std::io;
use std::time::Duration;

use tokio::time::Instant;

use crate::error::types::TransportError;

/// The longest duration that is passed to the clock. A longer limit counts as no limit.
pub(super) const MAX_TIMEOUT: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

#[derive(Clone, Copy)]
pub(super) struct Deadline {
    pub(super) at: Instant,
    pub(super) limit: Duration,
}

impl Deadline {
    pub(super) fn within(limit: Duration) -> Self {
        Deadline {
            at: Instant::now() + limit.min(MAX_TIMEOUT),
            limit,
        }
    }

    /// Returns the error for a deadline that has passed.
    pub(super) fn timed_out(&self, missing: &str) -> TransportError {
        let told = format!("{missing} within {:?}", self.limit);
        io::Error::new(io::ErrorKind::TimedOut, told).into()
    }
}
