//! Connections that are not sessions yet. Nobody has shown who they are, so they must not keep
//! anyone out: where there are too many, the one that takes longest has to go. Asterisk takes a few
//! milliseconds.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// How many there may be, at least and at most: many calls can begin in one instant.
const LEAST: usize = 256;
const MOST: usize = 1024;

pub(super) struct Newcomers {
    limit: usize,
    room: Mutex<Room>,
}

#[derive(Default)]
struct Room {
    next: u64,
    /// By age, the oldest first. Who loses its sender has to go.
    present: VecDeque<(u64, oneshot::Sender<()>)>,
}

/// One of them, until it is dropped.
pub(super) struct Newcomer {
    number: u64,
    room: Arc<Newcomers>,
    stays: oneshot::Receiver<()>,
}

impl Newcomers {
    /// As many as there may be sessions, within bounds.
    pub(super) fn new(sessions: usize) -> Self {
        Newcomers {
            limit: sessions.clamp(LEAST, MOST),
            room: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets one more in.
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

    /// Sends away the one that takes longest, if there is any.
    pub(super) fn make_room(&self) {
        self.lock().present.pop_front();
    }
}

impl Newcomer {
    /// Waits until this one has to go.
    pub(super) async fn sent_away(&mut self) {
        // Nothing is ever sent: this waits until the sender is gone.
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
