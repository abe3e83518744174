//! Policy for sending requests again, and the budget that limits it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::session::reconnect::backoff;

/// The policy for sending a request again after a failure: off unless
/// [`ClientBuilder::retry`](crate::client::ClientBuilder::retry) sets it.
///
/// A request is sent again only if it is certain that Asterisk did not execute it, or if a second
/// execution changes nothing:
///
/// | failure | requests that are sent again |
/// |---|---|
/// | [`Error::NotSent`](crate::Error::NotSent) | all, because nothing reached the server |
/// | 503 with a message of Asterisk, which is starting | all, because nothing was executed |
/// | [`Error::OutcomeUnknown`](crate::Error::OutcomeUnknown); 502, 503 and 504 of a proxy | only those that may be repeated, see below |
/// | everything else | none |
///
/// These may be repeated:
///
/// - `GET`, except for reading a dialplan function such as `INC(x)`, and `DELETE`, except for
///   cancelling a subscription, which Asterisk counts. If the first attempt has removed the object,
///   the repeat ends in 404.
/// - Setting the state of a device, a mailbox, an event filter or an object of the dynamic
///   configuration.
/// - `originate` and `create` of a channel with an id that the program has chosen, and
///   `create_with_id` of a bridge: Asterisk refuses a second object with the same id. The refusal of
///   a repeat is replaced by the object that the first attempt has created. Asterisk accepts the id
///   again after the channel has ended: a call that the far end has refused before the repeat is
///   dialled once more.
///
/// Nothing else is sent twice: no call without an id of its own, no playback, DTMF, message,
/// variable, or change of a bridge.
///
/// The delay before an attempt begins at [`RetryPolicy::initial_delay`] and doubles up to
/// [`RetryPolicy::max_delay`]. Each is shortened at random by up to a half, so that clients of a
/// server that restarts do not all return at the same instant. The timeout of a request limits all
/// its attempts together with the delays between them. Closing the client ends the attempts.
///
/// The budget protects a server that is overloaded: all clones of a client share it, and a request
/// that fails while the budget is used up is not sent again.
///
/// The policy applies in the same way to requests over a WebSocket. It does not apply to the opening
/// of WebSockets, for which there is [`ReconnectPolicy`](crate::client::ReconnectPolicy).
#[derive(Clone, Debug, PartialEq)]
pub struct RetryPolicy {
    initial_delay: Duration,
    max_delay: Duration,
    max_attempts: u32,
    /// The number of retries that each request adds to the budget.
    share: f64,
    /// The largest number of retries in the budget.
    burst: u32,
}

impl Default for RetryPolicy {
    /// Three attempts, with delays from 100 ms to 2 seconds, and a budget of a retry for every fifth
    /// request and of 10 more.
    fn default() -> Self {
        RetryPolicy {
            initial_delay: Duration::from_millis(100),
            max_delay: Duration::from_secs(2),
            max_attempts: 3,
            share: 0.2,
            burst: 10,
        }
    }
}

impl RetryPolicy {
    /// Returns the default policy.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the delay before the first retry. Defaults to 100 ms.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// Sets the longest delay between two attempts. Defaults to 2 seconds.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the maximum number of attempts of each request, including the first. Defaults to 3. With
    /// 0 or 1 nothing is sent again.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the budget: each request adds `share` of a retry to it (0.2 by default, from 0 to 1), and
    /// every ten seconds add `burst` retries (10 by default). It begins with `burst` retries and
    /// never holds more.
    pub fn budget(mut self, share: f64, burst: u32) -> Self {
        // `clamp` returns a NaN as it is.
        self.share = if share.is_nan() {
            0.0
        } else {
            share.clamp(0.0, 1.0)
        };
        self.burst = burst;
        self
    }

    /// Returns the delay before the attempt that follows `attempt`, which is counted from 1. `None`
    /// if there are to be no more.
    pub(crate) fn delay_after(&self, attempt: u32) -> Option<Duration> {
        (attempt < self.max_attempts).then(|| backoff(self.initial_delay, self.max_delay, attempt))
    }
}

/// The time in which the budget is filled again without any request.
const REFILL_TIME: Duration = Duration::from_secs(10);

/// A policy with the budget that all clones of a client share.
#[derive(Debug)]
pub(crate) struct Retries {
    pub(crate) policy: RetryPolicy,
    budget: Mutex<Budget>,
}

#[derive(Debug)]
struct Budget {
    retries: f64,
    updated: Instant,
}

impl Retries {
    /// Creates a full budget.
    pub(crate) fn new(policy: RetryPolicy) -> Self {
        let budget = Budget {
            retries: f64::from(policy.burst),
            updated: Instant::now(),
        };
        Retries {
            policy,
            budget: Mutex::new(budget),
        }
    }

    /// Adds the share of a new request to the budget.
    pub(crate) fn on_request(&self) {
        self.update(|retries| (retries + self.policy.share, ()));
    }

    /// Takes a retry from the budget. Returns false if it is used up.
    pub(crate) fn take(&self) -> bool {
        self.update(|retries| match retries >= 1.0 {
            true => (retries - 1.0, true),
            false => (retries, false),
        })
    }

    fn update<T>(&self, change: impl FnOnce(f64) -> (f64, T)) -> T {
        let burst = f64::from(self.policy.burst);
        let mut budget = self.budget.lock().unwrap_or_else(PoisonError::into_inner);
        let elapsed = budget.updated.elapsed().as_secs_f64();
        let refilled = budget.retries + burst * elapsed / REFILL_TIME.as_secs_f64();
        let (retries, result) = change(refilled.min(burst));
        budget.retries = retries.min(burst);
        budget.updated = Instant::now();
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn budget_is_spent_and_refilled() {
        let retries = Retries::new(RetryPolicy::new().budget(0.5, 2));
        let take = |times: usize| (0..times).filter(|_| retries.take()).count();
        assert_eq!(take(5), 2);
        for _ in 0..3 {
            retries.on_request();
        }
        assert_eq!(take(5), 1);
        tokio::time::advance(REFILL_TIME / 4).await;
        assert_eq!(take(5), 1);
        tokio::time::advance(REFILL_TIME * 10).await;
        assert_eq!(take(5), 2);
    }

    #[test]
    fn attempts_are_limited() {
        let policy = RetryPolicy::new().max_attempts(3);
        assert!(policy.delay_after(2).is_some());
        for (attempts, after) in [(3, 3), (1, 1), (0, 1)] {
            let policy = policy.clone().max_attempts(attempts);
            assert_eq!(policy.delay_after(after), None);
        }
    }
}
