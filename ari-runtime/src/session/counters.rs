//! Counters of a session.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters of an application's WebSocket since it was first connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionStats {
    /// Messages that arrived.
    pub received: u64,
    /// Events that were decoded, because a stream wanted them.
    pub decoded: u64,
    /// Events that no stream wanted. They were not decoded.
    pub skipped: u64,
    /// Messages that could not be decoded.
    pub decode_errors: u64,
    /// Items that were dropped because the buffer of a stream was full. Each such stream has
    /// yielded [`Error::Lagged`](crate::error::types::Error::Lagged) in their place.
    pub dropped: u64,
    /// The number of times that the WebSocket was lost and reopened.
    pub reconnects: u64,
}

#[derive(Default)]
pub(crate) struct Counters {
    pub(crate) received: AtomicU64,
    pub(crate) decoded: AtomicU64,
    pub(crate) skipped: AtomicU64,
    pub(crate) decode_errors: AtomicU64,
    pub(crate) dropped: AtomicU64,
    pub(crate) reconnects: AtomicU64,
}

/// Adds to a counter.
pub(crate) fn add(counter: &AtomicU64, more: u64) {
    if more > 0 {
        counter.fetch_add(more, Ordering::Relaxed);
    }
}

/// Adds one to a counter that only the session's task changes. It does so for every message, and an
/// atomic addition would cost more than all other counting together.
pub(crate) fn add_unsynchronized(counter: &AtomicU64) {
    let count = counter.load(Ordering::Relaxed);
    counter.store(count.wrapping_add(1), Ordering::Relaxed);
}

impl Counters {
    pub(crate) fn snapshot(&self) -> SessionStats {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        SessionStats {
            received: read(&self.received),
            decoded: read(&self.decoded),
            skipped: read(&self.skipped),
            decode_errors: read(&self.decode_errors),
            dropped: read(&self.dropped),
            reconnects: read(&self.reconnects),
        }
    }
}
