//! Deadlines of limits that programs set, which may be as long as they like.

use std::time::Duration;

use tokio::time::Instant;

/// The longest time until a deadline: 30 years. The clock cannot express [`Duration::MAX`].
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 3600);

/// Returns the time at which a limit that begins now is over.
pub(crate) fn after(limit: Duration) -> Instant {
    Instant::now() + limit.min(FAR)
}

/// Returns a limit that can be added to other limits.
pub(crate) fn bounded(limit: Duration) -> Duration {
    limit.min(FAR)
}
