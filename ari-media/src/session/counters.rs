//! The counters of a service: its open sessions, and the sums of those that have ended.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::session::shared::Shared;
use crate::stats::{MediaStats, ServiceStats};

/// The counters of a service, which its sessions share.
#[derive(Default)]
pub(crate) struct Counters(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    open: Vec<Arc<Shared>>,
    opened: u64,
    failed: u64,
    rejected: u64,
    /// The sums of the sessions that have ended.
    ended: MediaStats,
}

impl Counters {
    pub(crate) fn count_opened(&self, session: &Arc<Shared>) {
        let mut counts = self.lock();
        counts.opened += 1;
        counts.open.push(session.clone());
    }

    /// Counts the end of a session, after which its own counters do not change.
    pub(crate) fn count_ended(&self, session: &Arc<Shared>) {
        let stats = session.lock().stats();
        let mut counts = self.lock();
        counts.open.retain(|open| !Arc::ptr_eq(open, session));
        counts.ended.add(&stats);
    }

    pub(crate) fn count_failed(&self) {
        self.lock().failed += 1;
    }

    pub(crate) fn count_rejected(&self) {
        self.lock().rejected += 1;
    }

    pub(crate) fn stats(&self) -> ServiceStats {
        let counts = self.lock();
        let mut audio = counts.ended;
        for session in &counts.open {
            audio.add(&session.lock().stats());
        }
        ServiceStats {
            open: counts.open.len(),
            opened: counts.opened,
            failed: counts.failed,
            rejected: counts.rejected,
            audio,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
