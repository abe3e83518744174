//! Policy for reconnecting after a WebSocket is lost, and for giving up.

use std::time::Duration;

use crate::error::types::Error;
use crate::values::body::random;

/// The policy for reopening an application's WebSocket after it is lost.
///
/// The delay before an attempt begins at [`ReconnectPolicy::initial_delay`] and doubles with each
/// attempt up to [`ReconnectPolicy::max_delay`]. Each delay is shortened at random by up to a half,
/// so that the applications of a server that restarts do not all reconnect at the same instant. The
/// delay is reset only after a connection has lasted longer than the longest delay and has received
/// something.
#[derive(Clone, Debug, PartialEq)]
pub struct ReconnectPolicy {
    initial_delay: Duration,
    max_delay: Duration,
    max_attempts: Option<u32>,
}

impl Default for ReconnectPolicy {
    /// Unlimited attempts, with delays from 250 ms to 15 seconds.
    fn default() -> Self {
        ReconnectPolicy {
            initial_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(15),
            max_attempts: None,
        }
    }
}

impl ReconnectPolicy {
    /// Returns the default policy.
    pub fn new() -> Self {
        Self::default()
    }

    /// Disables reconnecting: streams end when the WebSocket is lost.
    pub fn disabled() -> Self {
        ReconnectPolicy {
            max_attempts: Some(0),
            ..Self::default()
        }
    }

    /// Sets the delay before the first attempt. Defaults to 250 ms.
    pub fn initial_delay(mut self, pause: Duration) -> Self {
        self.initial_delay = pause;
        self
    }

    /// Sets the longest delay between two attempts. Defaults to 15 seconds.
    pub fn max_delay(mut self, pause: Duration) -> Self {
        self.max_delay = pause;
        self
    }

    /// Sets the maximum number of consecutive attempts, after which the streams end. Defaults to no
    /// limit.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(attempts);
        self
    }

    /// Returns the delay before an attempt, counted from 1. `None` if there are to be no more
    /// attempts.
    pub(crate) fn delay(&self, attempt: u32) -> Option<Duration> {
        if self.max_attempts.is_some_and(|attempts| attempt > attempts) {
            return None;
        }
        Some(backoff(self.initial_delay, self.max_delay, attempt))
    }

    /// Returns true if a connection has lasted long enough to show that connecting works.
    pub(crate) fn is_stable(&self, lived: Duration) -> bool {
        lived > self.max_delay
    }
}

/// Returns a random delay before a retry, counted from 1: between half of the delay and all of it,
/// which doubles with each retry up to `max`.
pub(crate) fn backoff(initial: Duration, max: Duration, retry: u32) -> Duration {
    let doubled = 1_u32 << retry.saturating_sub(1).min(20);
    let delay = initial.saturating_mul(doubled).min(max);
    delay.mul_f64(0.5 + (random() >> 12) as f64 / (1_u64 << 53) as f64)
}

/// The errors of Asterisk itself that a retry cannot change: a wrong password, and an address that
/// is not admitted.
const FINAL_STATUSES: [(u16, &str); 3] = [
    (401, "Authentication required"),
    (403, "Access denied by ACL"),
    (403, "Write access denied"),
];

/// Returns true if a retry may succeed after this error. It does not only if Asterisk itself has
/// refused permanently, which is recognized by its own message. A proxy may send the same status
/// codes, and 200 and 302, with a page of its own during maintenance. A server that is starting
/// responds with 404 and 503.
pub(crate) fn is_transient(error: &Error) -> bool {
    match error {
        Error::NotSent { .. } | Error::OutcomeUnknown { .. } => true,
        Error::Response(refusal) => {
            let message = refusal.message.as_deref().unwrap_or_default();
            !FINAL_STATUSES.contains(&(refusal.status, message))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_maximum() {
        let reconnect = ReconnectPolicy::new()
            .initial_delay(Duration::from_secs(1))
            .max_delay(Duration::from_secs(5));
        for (attempt, longest) in [(1, 1), (2, 2), (3, 4), (4, 5), (5, 5), (4_000_000_000, 5)] {
            let longest = Duration::from_secs(longest);
            for _ in 0..100 {
                let pause = reconnect.delay(attempt).unwrap();
                assert!(
                    pause >= longest / 2 && pause <= longest,
                    "{attempt}: {pause:?}"
                );
            }
        }
        assert_eq!(reconnect.clone().max_attempts(2).delay(3), None);
        assert_eq!(ReconnectPolicy::disabled().delay(1), None);
    }
}
