//! The signs of life of a session's socket, for probes.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The state of the socket: open or lost, and the time of its last frame.
pub(crate) struct Activity {
    is_open: AtomicBool,
    created: Instant,
    /// In milliseconds after `created`.
    last: AtomicU64,
}

impl Default for Activity {
    /// Creates the state of a socket that has just been opened.
    fn default() -> Self {
        Activity {
            is_open: AtomicBool::new(true),
            created: Instant::now(),
            last: AtomicU64::new(0),
        }
    }
}

impl Activity {
    /// Records that the socket was opened again.
    pub(crate) fn on_open(&self) {
        self.on_frame(Instant::now());
        self.is_open.store(true, Ordering::Release);
    }

    /// Records that the socket is lost.
    pub(crate) fn on_lost(&self) {
        self.is_open.store(false, Ordering::Release);
    }

    /// Records that a frame was received: a message, a ping or a pong.
    pub(crate) fn on_frame(&self, now: Instant) {
        let after = now.saturating_duration_since(self.created).as_millis();
        let after = u64::try_from(after).unwrap_or(u64::MAX);
        self.last.store(after, Ordering::Relaxed);
    }

    pub(crate) fn is_open(&self) -> bool {
        self.is_open.load(Ordering::Acquire)
    }

    /// Returns the time of the last frame, or that at which the socket was opened.
    pub(crate) fn last_received(&self) -> Instant {
        self.created + Duration::from_millis(self.last.load(Ordering::Relaxed))
    }
}
