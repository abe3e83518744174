//! Deadlines, with the duration that they were computed from, for error messages.

use std::io;
use std::time::Duration;

use tokio::time::Instant;

use crate::runtime::SendError;

/// The longest duration that is passed to the clock. A longer limit counts as no limit.
pub(super) const FARTHEST: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

#[derive(Clone, Copy)]
pub(super) struct Deadline {
    pub(super) at: Instant,
    pub(super) limit: Duration,
}

impl Deadline {
    pub(super) fn within(limit: Duration) -> Self {
        Deadline {
            at: Instant::now() + limit.min(FARTHEST),
            limit,
        }
    }

    /// Returns the error for a deadline that has passed.
    pub(super) fn passed(&self, missing: &str) -> SendError {
        let told = format!("{missing} within {:?}", self.limit);
        io::Error::new(io::ErrorKind::TimedOut, told).into()
    }
}
