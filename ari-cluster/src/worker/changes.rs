//! A count of changes, which tasks wait for. They are woken in the order in which they began to wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Notify;

#[derive(Default)]
struct Count {
    count: AtomicU64,
    changed: Notify,
}

/// Counts changes.
#[derive(Default)]
pub(crate) struct Changes(Arc<Count>);

impl Changes {
    /// Reports a change.
    pub(crate) fn notify(&self) {
        self.0.count.fetch_add(1, Ordering::Release);
        self.0.changed.notify_waiters();
    }

    /// Returns a receiver for the changes from now on.
    pub(crate) fn subscribe(&self) -> ChangeReceiver {
        ChangeReceiver {
            seen: self.0.count.load(Ordering::Acquire),
            count: self.0.clone(),
        }
    }
}

/// Waits for changes.
pub(crate) struct ChangeReceiver {
    count: Arc<Count>,
    seen: u64,
}

impl ChangeReceiver {
    /// Ignores the changes up to now.
    pub(crate) fn mark_seen(&mut self) {
        self.seen = self.count.count.load(Ordering::Acquire);
    }

    /// Waits until there has been a change that was not seen. Cancel-safe.
    pub(crate) async fn changed(&mut self) {
        loop {
            let changed = self.count.changed.notified();
            let count = self.count.count.load(Ordering::Acquire);
            if count != self.seen {
                self.seen = count;
                return;
            }
            changed.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::task::JoinSet;
    use tokio::time::timeout;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn each_receiver_sees_each_change_once() {
        let changes = Changes::default();
        let mut first = changes.subscribe();
        let second = Duration::from_secs(1);
        assert!(timeout(second, first.changed()).await.is_err());
        changes.notify();
        first.changed().await;
        assert!(timeout(second, first.changed()).await.is_err());
        changes.notify();
        first.mark_seen();
        assert!(timeout(second, first.changed()).await.is_err());
        let mut waiting = JoinSet::new();
        for _ in 0..3 {
            let mut receiver = changes.subscribe();
            waiting.spawn(async move { receiver.changed().await });
        }
        tokio::task::yield_now().await;
        changes.notify();
        waiting.join_all().await;
    }
}
