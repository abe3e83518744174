//! Until when something has to happen, and how long that was, for messages.

use std::io;
use std::time::Duration;

use tokio::time::Instant;

use crate::runtime::SendError;

/// The farthest that a clock is asked for: a limit beyond it is none.
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

    /// What is said when it has passed.
    pub(super) fn passed(&self, missing: &str) -> SendError {
        let told = format!("{missing} within {:?}", self.limit);
        io::Error::new(io::ErrorKind::TimedOut, told).into()
    }
}
