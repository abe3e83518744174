//! What a session has counted.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts of an application's WebSocket since it was first connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionStats {
    /// Messages that arrived.
    pub received: u64,
    /// Events that were decoded, because a stream wanted them.
    pub decoded: u64,
    /// Events that no stream wanted: they were not decoded.
    pub unwanted: u64,
    /// Messages that could not be decoded.
    pub undecodable: u64,
    /// Items that found no room in the buffer of a stream. Each such stream has yielded
    /// [`Error::Lagged`](crate::runtime::Error::Lagged) in their place.
    pub missed: u64,
    /// How often the WebSocket was lost and opened again.
    pub reconnected: u64,
}

#[derive(Default)]
pub(super) struct Counters {
    pub(super) received: AtomicU64,
    pub(super) decoded: AtomicU64,
    pub(super) unwanted: AtomicU64,
    pub(super) undecodable: AtomicU64,
    pub(super) missed: AtomicU64,
    pub(super) reconnected: AtomicU64,
}

/// Counts more.
pub(super) fn add(counter: &AtomicU64, more: u64) {
    if more > 0 {
        counter.fetch_add(more, Ordering::Relaxed);
    }
}

/// Counts one more where the task of the session alone counts, for every message: an addition that
/// others could interrupt costs more than all else that is counted.
pub(super) fn add_alone(counter: &AtomicU64) {
    let count = counter.load(Ordering::Relaxed);
    counter.store(count.wrapping_add(1), Ordering::Relaxed);
}

impl Counters {
    pub(super) fn read(&self) -> SessionStats {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        SessionStats {
            received: read(&self.received),
            decoded: read(&self.decoded),
            unwanted: read(&self.unwanted),
            undecodable: read(&self.undecodable),
            missed: read(&self.missed),
            reconnected: read(&self.reconnected),
        }
    }
}
