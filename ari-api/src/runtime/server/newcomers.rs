//! Limits the connections that are not sessions yet. They are not authenticated, so they must not
//! lock out others: when there are too many, the oldest is closed. Asterisk's handshake takes a few
//! milliseconds.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// The minimum and maximum of the limit. Many calls can begin at the same instant.
const LEAST: usize = 256;
const MOST: usize = 1024;

pub(super) struct Newcomers {
    limit: usize,
    room: Mutex<Room>,
}

#[derive(Default)]
struct Room {
    next: u64,
    /// By age, the oldest first. A connection whose sender is dropped is closed.
    present: VecDeque<(u64, oneshot::Sender<()>)>,
}

/// One such connection. It counts until it is dropped.
pub(super) struct Newcomer {
    number: u64,
    room: Arc<Newcomers>,
    stays: oneshot::Receiver<()>,
}

impl Newcomers {
    /// Allows as many connections as sessions, within bounds.
    pub(super) fn new(sessions: usize) -> Self {
        Newcomers {
            limit: sessions.clamp(LEAST, MOST),
            room: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a connection.
    pub(super) fn enter(self: &Arc<Self>) -> Newcomer {
        let (sender, stays) = oneshot::channel();
        let mut room = self.lock();
        room.next += 1;
        let number = room.next;
        room.present.push_back((number, sender));
        if room.present.len() > self.limit {
            room.present.pop_front();
        }
        Newcomer {
            number,
            room: self.clone(),
            stays,
        }
    }

    /// Closes the oldest connection, if there is one.
    pub(super) fn make_room(&self) {
        self.lock().present.pop_front();
    }
}

impl Newcomer {
    /// Waits until this connection has to be closed.
    pub(super) async fn sent_away(&mut self) {
        // No value is ever sent. This waits until the sender is dropped.
        let _ = (&mut self.stays).await;
    }
}

impl Drop for Newcomer {
    fn drop(&mut self) {
        let mut room = self.room.lock();
        if let Ok(at) = room
            .present
            .binary_search_by_key(&self.number, |(number, _)| *number)
        {
            room.present.remove(at);
        }
    }
}
