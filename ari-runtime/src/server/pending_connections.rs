//! Limits the connections that are not sessions yet. They are not authenticated, so they must not
//! lock out others: when there are too many, the oldest is closed. Asterisk's handshake takes a few
//! milliseconds.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// The minimum and maximum of the limit. Many calls can begin at the same instant.
const MIN_PENDING: usize = 256;
const MAX_PENDING: usize = 1024;

pub(super) struct PendingConnections {
    limit: usize,
    state: Mutex<PendingState>,
}

#[derive(Default)]
struct PendingState {
    next_id: u64,
    /// By age, the oldest first. A connection whose sender is dropped is closed.
    connections: VecDeque<(u64, oneshot::Sender<()>)>,
}

/// One such connection. It counts until it is dropped.
pub(super) struct PendingConnection {
    id: u64,
    owner: Arc<PendingConnections>,
    eviction: oneshot::Receiver<()>,
}

impl PendingConnections {
    /// Allows as many connections as sessions, within bounds.
    pub(super) fn new(sessions: usize) -> Self {
        PendingConnections {
            limit: sessions.clamp(MIN_PENDING, MAX_PENDING),
            state: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, PendingState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a connection.
    pub(super) fn add(self: &Arc<Self>) -> PendingConnection {
        let (sender, stays) = oneshot::channel();
        let mut room = self.lock();
        room.next_id += 1;
        let number = room.next_id;
        room.connections.push_back((number, sender));
        if room.connections.len() > self.limit {
            room.connections.pop_front();
        }
        PendingConnection {
            id: number,
            owner: self.clone(),
            eviction: stays,
        }
    }

    /// Closes the oldest connection, if there is one.
    pub(super) fn evict_oldest(&self) {
        self.lock().connections.pop_front();
    }
}

impl PendingConnection {
    /// Waits until this connection has to be closed.
    pub(super) async fn evicted(&mut self) {
        // No value is ever sent. This waits until the sender is dropped.
        let _ = (&mut self.eviction).await;
    }
}

impl Drop for PendingConnection {
    fn drop(&mut self) {
        let mut room = self.owner.lock();
        if let Ok(at) = room
            .connections
            .binary_search_by_key(&self.id, |(number, _)| *number)
        {
            room.connections.remove(at);
        }
    }
}
