//! Channels that a library uses for its own purposes, such as one that carries the audio of a call.
//! Their events reach the streams of objects alone, so that no handler of an application takes such
//! a channel for a caller.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::HashMap;

use crate::event::envelope::{CHANNEL, RawEvent};
use crate::protocol::key;

/// The ids of the private channels, each with the number of its registrations.
#[derive(Default)]
pub(crate) struct PrivateChannels {
    ids: Mutex<HashMap<Box<str>, usize>>,
    /// The number of ids. Most messages need only this check.
    count: AtomicUsize,
}

impl PrivateChannels {
    fn lock(&self) -> MutexGuard<'_, HashMap<Box<str>, usize>> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns true if the channel of this event is private.
    pub(crate) fn covers(&self, event: &RawEvent<'_>) -> bool {
        if self.count.load(Ordering::Acquire) == 0 {
            return false;
        }
        // An event about the dialling of a channel has it as its peer.
        let id = event.object_id(&CHANNEL);
        let id = id.or_else(|| event.string_at(&[key::PEER, key::ID]));
        id.is_some_and(|id| self.lock().contains_key(&*id))
    }
}

/// Keeps the events of a channel away from the streams of applications until it is dropped.
/// Streams of the channel itself, and of other objects that an event names, get them as usual.
#[must_use = "the channel's events reach applications again when this is dropped"]
pub struct PrivateChannel {
    all: Arc<PrivateChannels>,
    id: Box<str>,
}

impl PrivateChannel {
    pub(crate) fn new(all: Arc<PrivateChannels>, id: &str) -> Self {
        let mut ids = all.lock();
        *ids.entry(id.into()).or_default() += 1;
        all.count.store(ids.len(), Ordering::Release);
        drop(ids);
        PrivateChannel { all, id: id.into() }
    }

    /// Returns the id of the channel.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Drop for PrivateChannel {
    fn drop(&mut self) {
        let mut ids = self.all.lock();
        if let Some(count) = ids.get_mut(&self.id) {
            *count -= 1;
            if *count == 0 {
                ids.remove(&self.id);
            }
        }
        self.all.count.store(ids.len(), Ordering::Release);
    }
}

impl std::fmt::Debug for PrivateChannel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PrivateChannel").field(&self.id).finish()
    }
}
