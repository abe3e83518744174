//! The queue of checks that a session has to make, each with its time.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use crate::event::object_key::ObjectKey;

/// The time that an end event may take, both after the cause of a check and after the server's
/// response that the object does not exist.
pub(crate) const EVENT_GRACE: Duration = Duration::from_secs(1);

/// A subject that a session compares with the server.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Check {
    /// The requested subscriptions and event filters, because the server may have lost one that it
    /// has just granted.
    Subscriptions,
    /// The existing objects that a new subscription covers.
    ExistingObjects,
    /// The applications of a WebSocket that has just opened.
    Registration,
    /// An object whose streams may no longer receive events.
    Object(ObjectKey),
}

/// The result of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing is left to do.
    Done,
    /// The server was not reached, or was not able to respond. A later check may succeed.
    Requeue,
}

impl Outcome {
    /// Returns the outcome of two checks together.
    pub(super) fn and(self, other: Outcome) -> Outcome {
        match self {
            Outcome::Done => other,
            Outcome::Requeue => Outcome::Requeue,
        }
    }
}

/// The queue of checks, for the task that performs them.
#[derive(Default)]
pub(crate) struct WorkQueue {
    due: Mutex<HashMap<Check, Instant>>,
    added: Notify,
}

impl WorkQueue {
    fn lock(&self) -> MutexGuard<'_, HashMap<Check, Instant>> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Schedules checks, after the time that events may take which make them unnecessary.
    pub(crate) fn enqueue(&self, checks: impl IntoIterator<Item = Check>) {
        self.enqueue_within(EVENT_GRACE, checks);
    }

    /// Schedules checks of objects.
    pub(crate) fn enqueue_objects(&self, objects: impl IntoIterator<Item = ObjectKey>) {
        self.enqueue(objects.into_iter().map(Check::Object));
    }

    /// Schedules checks. The earliest time wins: a check that is enqueued again and again would
    /// otherwise be postponed forever.
    pub(crate) fn enqueue_within(&self, delay: Duration, checks: impl IntoIterator<Item = Check>) {
        let at = Instant::now() + delay;
        let mut due = self.lock();
        for check in checks {
            let known = due.entry(check).or_insert(at);
            *known = at.min(*known);
        }
        drop(due);
        self.added.notify_one();
    }

    /// Waits until checks are due, and takes them.
    pub(super) async fn next_batch(&self) -> Vec<Check> {
        loop {
            let first = self.lock().values().min().copied();
            match first {
                Some(first) if first <= Instant::now() => {
                    let now = Instant::now();
                    let mut checks = self.lock();
                    let due = checks.extract_if(|_, due| *due <= now);
                    let mut due: Vec<_> = due.map(|(check, _)| check).collect();
                    due.sort_unstable();
                    return due;
                }
                // Something that is enqueued while waiting may be due earlier.
                Some(first) => {
                    let _ = timeout_at(first, self.added.notified()).await;
                }
                None => self.added.notified().await,
            }
        }
    }
}
