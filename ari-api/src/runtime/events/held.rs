//! Ends of channels that are held back for an instant, where a client has several sessions.
//!
//! A channel can move from one application to another. What the WebSocket of the one tells of it
//! can arrive after its end on that of the other: its stream would have ended by then, and an
//! answered call would look like one that failed.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::sleep;

use super::counters::add;
use super::object::class;
use super::shared::Core;
use crate::runtime::Message;

/// By how much one WebSocket may lag behind another: the server writes to both at once.
const HOLD: Duration = Duration::from_millis(250);

/// Events that are held back, oldest first: all for the same time.
pub(super) struct Held<E>(Mutex<VecDeque<Arc<E>>>);

impl<E> Default for Held<E> {
    fn default() -> Self {
        Held(Mutex::default())
    }
}

impl<E> Held<E> {
    pub(super) fn push(&self, event: Arc<E>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.push_back(event);
    }

    fn pop(&self) -> Option<Arc<E>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.pop_front()
    }
}

/// Whether events of a kind can overtake what belongs before them. Only channels move.
pub(super) fn may_overtake<E: Message>(kind: &str) -> bool {
    class::<E>("channel").is_some_and(|class| class.ends.contains(&kind))
}

/// Delivers an event that has been held back, once it is time.
pub(super) async fn deliver<E: Message>(core: Arc<Core<E>>) {
    sleep(HOLD).await;
    deliver_next(&core);
}

/// Delivers all of them now: the session ends.
pub(super) fn deliver_all<E: Message>(core: &Core<E>) {
    while deliver_next(core) {}
}

fn deliver_next<E: Message>(core: &Core<E>) -> bool {
    let Some(event) = core.held.pop() else {
        return false;
    };
    let mut waiting = Vec::new();
    let missed = core.hub.deliver(&event, &mut Vec::new(), &mut waiting);
    add(&core.counters.missed, missed);
    for waker in waiting {
        waker.wake();
    }
    true
}
