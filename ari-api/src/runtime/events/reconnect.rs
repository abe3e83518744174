//! When to connect again after a WebSocket is lost, and when to give up.

use std::time::Duration;

use crate::runtime::Error;
use crate::runtime::values::random;

/// How an application's WebSocket is opened again when it is lost.
///
/// The pause before an attempt begins at [`Reconnect::first_pause`] and doubles from attempt to
/// attempt up to [`Reconnect::longest_pause`]; each is shortened at random by up to a half, so that
/// the applications of a server that restarts do not all come back in the same instant. The pauses
/// begin anew only after a connection has lived for longer than the longest of them, and something
/// was heard on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconnect {
    first_pause: Duration,
    longest_pause: Duration,
    attempts: Option<u32>,
}

impl Default for Reconnect {
    /// From a quarter of a second up to 15 seconds, without end.
    fn default() -> Self {
        Reconnect {
            first_pause: Duration::from_millis(250),
            longest_pause: Duration::from_secs(15),
            attempts: None,
        }
    }
}

impl Reconnect {
    /// The default.
    pub fn new() -> Self {
        Self::default()
    }

    /// Not at all: a WebSocket that is lost ends its streams.
    pub fn never() -> Self {
        Reconnect {
            attempts: Some(0),
            ..Self::default()
        }
    }

    /// The pause before the first attempt: 250 ms unless set.
    pub fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// The longest pause between two attempts: 15 seconds unless set.
    pub fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// How many attempts are made in a row before the streams end: no limit unless set.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = Some(attempts);
        self
    }

    /// The pause before an attempt, counted from 1; none where there shall be no more.
    pub(in crate::runtime) fn pause(&self, attempt: u32) -> Option<Duration> {
        if self.attempts.is_some_and(|attempts| attempt > attempts) {
            return None;
        }
        let doubled = 1_u32 << attempt.saturating_sub(1).min(20);
        let pause = self
            .first_pause
            .saturating_mul(doubled)
            .min(self.longest_pause);
        // Between a half and the whole.
        Some(pause.mul_f64(0.5 + (random() >> 12) as f64 / (1_u64 << 53) as f64))
    }

    /// Whether a connection that lived so long shows that connecting works.
    pub(super) fn is_stable(&self, lived: Duration) -> bool {
        lived > self.longest_pause
    }
}

/// The refusals of Asterisk itself that another attempt cannot change: a wrong password stays wrong,
/// and an address that is not admitted stays out.
const FINAL: [(u16, &str); 3] = [
    (401, "Authentication required"),
    (403, "Access denied by ACL"),
    (403, "Write access denied"),
];

/// Whether to try again after this error: unless Asterisk itself has said that it is of no use, by
/// its own message in its own form, as a proxy answers the same statuses, and 200 and 302, with a
/// page of its own while something is being mended. A server that is starting answers 404 and 503.
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
