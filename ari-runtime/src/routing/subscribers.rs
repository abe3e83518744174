//! Routes events to the streams of an application: streams of all events, and streams of one type.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use foldhash::HashMap;

use crate::routing::queue::{Item, Queue};

#[derive(Default)]
pub(crate) struct Subscribers {
    inner: Mutex<SubscriberQueues>,
    /// True if there is any stream. Most messages need only this check.
    any: AtomicBool,
}

#[derive(Default)]
struct SubscriberQueues {
    all: Vec<Arc<Queue>>,
    by_kind: HashMap<&'static str, Vec<Arc<Queue>>>,
}

impl Subscribers {
    fn lock(&self) -> MutexGuard<'_, SubscriberQueues> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a stream of all events, or of one kind.
    pub(crate) fn add(&self, kind: Option<&'static str>, queue: Arc<Queue>) {
        let mut inner = self.lock();
        match kind {
            None => inner.all.push(queue),
            Some(kind) => inner.by_kind.entry(kind).or_default().push(queue),
        }
        self.any.store(true, Ordering::Release);
    }

    pub(crate) fn remove(&self, kind: Option<&'static str>, queue: &Arc<Queue>) {
        let mut inner = self.lock();
        let other = |known: &Arc<Queue>| !Arc::ptr_eq(known, queue);
        match kind {
            None => inner.all.retain(other),
            Some(kind) => {
                if let Some(queues) = inner.by_kind.get_mut(kind) {
                    queues.retain(other);
                    if queues.is_empty() {
                        inner.by_kind.remove(kind);
                    }
                }
            }
        }
        let any = !inner.all.is_empty() || !inner.by_kind.is_empty();
        self.any.store(any, Ordering::Release);
    }

    /// Returns the number of streams that want events of this kind.
    pub(crate) fn count(&self, kind: &str) -> usize {
        if !self.any.load(Ordering::Acquire) {
            return 0;
        }
        let inner = self.lock();
        inner.all.len() + inner.by_kind.get(kind).map_or(0, Vec::len)
    }

    /// Passes an item to the streams that want this kind. Returns the number of streams whose
    /// buffer was full.
    pub(crate) fn deliver(
        &self,
        kind: &str,
        item: impl Fn() -> Item,
        waiting: &mut Vec<Waker>,
    ) -> u64 {
        if !self.any.load(Ordering::Acquire) {
            return 0;
        }
        let inner = self.lock();
        let of_kind = inner.by_kind.get(kind).into_iter().flatten();
        let missed = inner.all.iter().chain(of_kind);
        missed
            .map(|queue| u64::from(!queue.push(item(), waiting)))
            .sum()
    }

    /// Passes something to every stream. Returns the number of streams whose buffer was full.
    pub(crate) fn for_each(&self, mut tell: impl FnMut(&Queue) -> bool) -> u64 {
        let inner = self.lock();
        let queues = inner.all.iter().chain(inner.by_kind.values().flatten());
        queues.map(|queue| u64::from(!tell(queue))).sum()
    }
}
