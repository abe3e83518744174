//! The queue of checks that a session has to make, each with its time. The earliest time wins.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use crate::event::object_key::ObjectKey;

/// The time that an end event may take, both after the cause of the check and after the server's
/// response that the object does not exist.
pub(crate) const EVENT_GRACE: Duration = Duration::from_secs(1);

/// The queue of checks, for the task that performs them.
#[derive(Default)]
pub(crate) struct WorkQueue {
    scheduled: Mutex<Scheduled>,
    added: Notify,
}

/// The scheduled checks, each with its time.
#[derive(Default)]
struct Scheduled {
    objects: HashMap<ObjectKey, Instant>,
    /// The check for objects that the inventory lacks.
    inventory: Option<Instant>,
    /// The check that the server has the requested subscriptions and filters.
    subscriptions: Option<Instant>,
}

/// The checks that are due.
pub(super) struct Batch {
    pub(super) objects: Vec<ObjectKey>,
    pub(super) inventory: bool,
    pub(super) subscriptions: bool,
}

impl Scheduled {
    fn next_due(&self) -> Option<Instant> {
        let objects = self.objects.values().copied();
        objects
            .chain(self.inventory)
            .chain(self.subscriptions)
            .min()
    }

    fn take_due(&mut self, now: Instant) -> Batch {
        let objects = self.objects.extract_if(|_, due| *due <= now);
        Batch {
            objects: objects.map(|(object, _)| object).collect(),
            inventory: self.inventory.take_if(|due| *due <= now).is_some(),
            subscriptions: self.subscriptions.take_if(|due| *due <= now).is_some(),
        }
    }
}

/// Lets the earlier time win. Re-enqueuing never postpones a check, which could otherwise be
/// postponed forever.
fn earliest(known: &mut Instant, due: Instant) {
    *known = due.min(*known);
}

impl WorkQueue {
    fn lock(&self) -> MutexGuard<'_, Scheduled> {
        self.scheduled
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn enqueue_at(&self, pause: Duration, raise: impl FnOnce(&mut Scheduled, Instant)) {
        raise(&mut self.lock(), Instant::now() + pause);
        self.added.notify_one();
    }

    pub(crate) fn enqueue(&self, objects: impl IntoIterator<Item = ObjectKey>) {
        self.enqueue_within(EVENT_GRACE, objects);
    }

    pub(super) fn enqueue_within(
        &self,
        pause: Duration,
        objects: impl IntoIterator<Item = ObjectKey>,
    ) {
        self.enqueue_at(pause, |open, due| {
            for object in objects {
                earliest(open.objects.entry(object).or_insert(due), due);
            }
        });
    }

    /// Schedules a check for existing objects that a new subscription covers.
    pub(crate) fn enqueue_inventory(&self) {
        self.enqueue_inventory_within(EVENT_GRACE);
    }

    pub(super) fn enqueue_inventory_within(&self, pause: Duration) {
        self.enqueue_at(pause, |open, due| {
            earliest(open.inventory.get_or_insert(due), due)
        });
    }

    /// Schedules a check of the subscriptions, because the server may have lost one that it has
    /// just granted.
    pub(crate) fn enqueue_subscriptions(&self) {
        self.enqueue_subscriptions_within(EVENT_GRACE);
    }

    pub(super) fn enqueue_subscriptions_within(&self, pause: Duration) {
        self.enqueue_at(pause, |open, due| {
            earliest(open.subscriptions.get_or_insert(due), due)
        });
    }

    /// Waits until something is due, and takes it.
    pub(super) async fn next_batch(&self) -> Batch {
        loop {
            let first = self.lock().next_due();
            match first {
                Some(due) if due <= Instant::now() => return self.lock().take_due(Instant::now()),
                // Something that is enqueued while waiting may be due earlier.
                Some(due) => {
                    let _ = timeout_at(due, self.added.notified()).await;
                }
                None => self.added.notified().await,
            }
        }
    }
}
