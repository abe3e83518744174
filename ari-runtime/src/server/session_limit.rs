//! The limit of sessions.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The number of sessions, and its limit.
pub(super) struct SessionLimit {
    limit: usize,
    permits: Arc<Semaphore>,
}

impl SessionLimit {
    pub(super) fn new(limit: usize) -> Self {
        let limit = limit.min(Semaphore::MAX_PERMITS);
        SessionLimit {
            limit,
            permits: Arc::new(Semaphore::new(limit)),
        }
    }

    pub(super) fn session_count(&self) -> usize {
        self.limit - self.permits.available_permits()
    }

    /// Reserves a place for one more session. The place is taken until the value is dropped.
    pub(super) fn acquire(&self) -> Option<OwnedSemaphorePermit> {
        self.permits.clone().try_acquire_owned().ok()
    }
}
