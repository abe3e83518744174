//! Counter of requests in flight.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

#[derive(Default)]
pub(crate) struct RequestCounter {
    count: AtomicUsize,
    wait_idle: Notify,
}

impl RequestCounter {
    /// Counts a request until the guard is dropped.
    pub(crate) fn track(self: &Arc<Self>) -> RequestTracker {
        self.count.fetch_add(1, Ordering::Relaxed);
        RequestTracker(self.clone())
    }

    /// Returns the number of requests in flight.
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Waits until no request is in flight.
    pub(crate) async fn none(&self) {
        loop {
            let none = self.wait_idle.notified();
            if self.count.load(Ordering::Acquire) == 0 {
                return;
            }
            none.await;
        }
    }
}

/// A request in flight.
pub(crate) struct RequestTracker(Arc<RequestCounter>);

impl Drop for RequestTracker {
    fn drop(&mut self) {
        if self.0.count.fetch_sub(1, Ordering::Release) == 1 {
            self.0.wait_idle.notify_waiters();
        }
    }
}
