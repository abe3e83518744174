//! Policy for reconnecting after a WebSocket is lost, and for giving up.

use std::time::Duration;

use crate::runtime::Error;
use crate::runtime::values::random;

/// The policy for reopening an application's WebSocket after it is lost.
///
/// The delay before an attempt begins at [`Reconnect::first_pause`] and doubles with each attempt
/// up to [`Reconnect::longest_pause`]. Each delay is shortened at random by up to a half, so that
/// the applications of a server that restarts do not all reconnect at the same instant. The delay
/// is reset only after a connection has lasted longer than the longest delay and has received
/// something.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconnect {
    first_pause: Duration,
    longest_pause: Duration,
    attempts: Option<u32>,
}

impl Default for Reconnect {
    /// Unlimited attempts, with delays from 250 ms to 15 seconds.
    fn default() -> Self {
        Reconnect {
            first_pause: Duration::from_millis(250),
            longest_pause: Duration::from_secs(15),
            attempts: None,
        }
    }
}

impl Reconnect {
    /// Returns the default policy.
    pub fn new() -> Self {
        Self::default()
    }

    /// Disables reconnecting: streams end when the WebSocket is lost.
    pub fn never() -> Self {
        Reconnect {
            attempts: Some(0),
            ..Self::default()
        }
    }

    /// Sets the delay before the first attempt. Defaults to 250 ms.
    pub fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// Sets the longest delay between two attempts. Defaults to 15 seconds.
    pub fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// Sets the maximum number of consecutive attempts, after which the streams end. Defaults to no
    /// limit.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = Some(attempts);
        self
    }

    /// Returns the delay before an attempt, counted from 1. `None` if there are to be no more
    /// attempts.
    pub(in crate::runtime) fn pause(&self, attempt: u32) -> Option<Duration> {
        if self.attempts.is_some_and(|attempts| attempt > attempts) {
            return None;
        }
        let doubled = 1_u32 << attempt.saturating_sub(1).min(20);
        let pause = self
            .first_pause
            .saturating_mul(doubled)
            .min(self.longest_pause);
        // Between half of the delay and all of it.
        Some(pause.mul_f64(0.5 + (random() >> 12) as f64 / (1_u64 << 53) as f64))
    }

    /// Returns true if a connection has lasted long enough to show that connecting works.
    pub(super) fn is_stable(&self, lived: Duration) -> bool {
        lived > self.longest_pause
    }
}

/// The errors of Asterisk itself that a retry cannot change: a wrong password, and an address that
/// is not admitted.
const FINAL: [(u16, &str); 3] = [
    (401, "Authentication required"),
    (403, "Access denied by ACL"),
    (403, "Write access denied"),
];

/// Returns true if a retry may succeed after this error. It does not only if Asterisk itself has
/// refused permanently, which is recognized by its own message. A proxy may send the same status
/// codes, and 200 and 302, with a page of its own during maintenance. A server that is starting
/// responds with 404 and 503.
pub(in crate::runtime) fn is_passing(error: &Error) -> bool {
    match error {
        Error::NotSent { .. } | Error::OutcomeUnknown { .. } => true,
        Error::Refused(refusal) => {
            let message = refusal.message.as_deref().unwrap_or_default();
            !FINAL.contains(&(refusal.status, message))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let reconnect = Reconnect::new()
            .first_pause(Duration::from_secs(1))
            .longest_pause(Duration::from_secs(5));
        for (attempt, longest) in [(1, 1), (2, 2), (3, 4), (4, 5), (5, 5), (4_000_000_000, 5)] {
            let longest = Duration::from_secs(longest);
            for _ in 0..100 {
                let pause = reconnect.pause(attempt).unwrap();
                assert!(
                    pause >= longest / 2 && pause <= longest,
                    "{attempt}: {pause:?}"
                );
            }
        }
        assert_eq!(reconnect.clone().attempts(2).pause(3), None);
        assert_eq!(Reconnect::never().pause(1), None);
    }
}
