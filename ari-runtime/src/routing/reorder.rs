//! Delays terminal channel events if a client has several sessions, so that late events from
//! another socket are not lost.
//!
//! A channel can move from one application to another. Its last event can arrive on the WebSocket
//! of one application before an earlier event arrives on the WebSocket of the other. Without the
//! delay the stream would already have ended, and an answered call would look like a failed one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::event::bindings::{AnyEvent, Bindings};
use crate::protocol::object_kind;

/// The time that one WebSocket may lag behind another. The server writes to both at the same time.
pub(crate) const REORDER_DELAY: Duration = Duration::from_millis(250);

/// Delayed events, oldest first. All have the same delay.
#[derive(Default)]
pub(crate) struct ReorderBuffer(Mutex<VecDeque<Arc<AnyEvent>>>);

impl ReorderBuffer {
    pub(crate) fn push(&self, event: Arc<AnyEvent>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.push_back(event);
    }

    pub(crate) fn pop(&self) -> Option<Arc<AnyEvent>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.pop_front()
    }
}

/// Returns true if events of a kind can overtake earlier events of the same object. Only channels
/// move between applications.
pub(crate) fn needs_reordering(bindings: &Bindings, kind: &str) -> bool {
    bindings
        .object_kind(object_kind::CHANNEL)
        .is_some_and(|class| class.terminal_events.contains(&kind))
}
