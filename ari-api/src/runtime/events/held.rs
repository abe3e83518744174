//! Delays terminal channel events if a client has several sessions, so that late events from
//! another socket are not lost.
//!
//! A channel can move from one application to another. Its last event can arrive on the WebSocket
//! of one application before an earlier event arrives on the WebSocket of the other. Without the
//! delay the stream would already have ended, and an answered call would look like a failed one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::sleep;

use super::counters::add;
use super::object::class;
use super::shared::Core;
use crate::runtime::Message;

/// The time that one WebSocket may lag behind another. The server writes to both at the same time.
const HOLD: Duration = Duration::from_millis(250);

/// Delayed events, oldest first. All have the same delay.
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

/// Returns true if events of a kind can overtake earlier events of the same object. Only channels
/// move between applications.
pub(super) fn may_overtake<E: Message>(kind: &str) -> bool {
    class::<E>("channel").is_some_and(|class| class.ends.contains(&kind))
}

/// Delivers one delayed event after the delay.
pub(super) async fn deliver<E: Message>(core: Arc<Core<E>>) {
    sleep(HOLD).await;
    deliver_next(&core);
}

/// Delivers all delayed events immediately, because the session ends.
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
