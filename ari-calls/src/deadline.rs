//! Limits that programs set. Those of this program may be as long as they like, those of Asterisk
//! not.

use std::time::Duration;

use tokio::time::Instant;

use crate::error::CallError;

/// The longest time until a deadline: 30 years. The clock cannot express [`Duration::MAX`].
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 3600);

/// The longest duration of steps in which people talk, by default.
pub(crate) const LONGEST_TALK: Duration = Duration::from_secs(24 * 3600);

/// Returns the time at which a limit that begins now is over.
pub(crate) fn after(limit: Duration) -> Instant {
    Instant::now() + limit.min(FAR)
}

/// Returns a limit that can be added to other limits.
pub(crate) fn bounded(limit: Duration) -> Duration {
    limit.min(FAR)
}

/// The longest limit of Asterisk, which counts milliseconds in 32 bits.
const LONGEST_REQUEST: Duration = Duration::from_secs(i32::MAX as u64 / 1000);

/// Returns an error for a limit that Asterisk does not take. `name` is what is limited.
pub(crate) fn check_requested(name: &str, limit: Duration) -> Result<(), CallError> {
    if limit.as_millis() > 0 && limit <= LONGEST_REQUEST {
        return Ok(());
    }
    Err(CallError::InvalidSettings(format!(
        "{name} of {limit:?} is not possible: Asterisk takes at least 1 ms and at most \
         {LONGEST_REQUEST:?}"
    )))
}

/// Returns an error for a text that must not be empty. `name` is what it sets.
pub(crate) fn check_text(name: &str, text: &str) -> Result<(), CallError> {
    match text.is_empty() {
        false => Ok(()),
        true => Err(CallError::InvalidSettings(format!("{name} is empty"))),
    }
}
