//! The bounded queue of one stream. It counts the items that are dropped when it is full.
//!
//! It is not a channel of tokio because ten thousand streams may be open, and an empty channel
//! takes several kilobytes.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use crate::error::types::{DecodeError, Error, GoneReason};
use crate::event::bindings::AnyEvent;
use crate::event::connection_event::ConnectionEvent;
use crate::event::object::OwnedObject;
use crate::routing::lazy_event::LazyEvent;

/// An item of a queue, before it is converted to the stream's own item type.
pub(crate) enum Item {
    Event(Arc<AnyEvent>),
    /// An event that is decoded when it is taken.
    Raw(LazyEvent),
    DecodeError(Arc<DecodeError>),
    Connection(ConnectionEvent),
    /// The number of items that were dropped at this point.
    Dropped(u64),
    /// The end of the stream, with its reason if it is not the regular end.
    End(Option<CloseReason>),
}

/// The reason why a stream ended before its object or its session was closed.
#[derive(Clone, Debug)]
pub(crate) enum CloseReason {
    /// The WebSocket is lost permanently.
    Disconnected {
        reason: String,
        source: Option<Arc<Error>>,
    },
    /// The object no longer exists or is no longer subscribed to, and its end event did not arrive.
    Gone {
        object: OwnedObject,
        reason: GoneReason,
    },
}

impl CloseReason {
    /// The reason for ending streams if no application is connected.
    pub(crate) fn not_connected() -> Self {
        CloseReason::Disconnected {
            reason: "no application is connected by this client, so no event can arrive: connect \
                     one first"
                .to_owned(),
            source: None,
        }
    }

    /// The reason for not waiting for an application that is not connected.
    pub(crate) fn application_not_connected(application: &str) -> Self {
        CloseReason::Disconnected {
            reason: format!(
                "this client has not connected the application {application:?}, so no event can \
                 arrive: connect it first"
            ),
            source: None,
        }
    }

    /// The reason for aborting a connection attempt if the client is closed.
    pub(crate) fn client_closed() -> Self {
        CloseReason::Disconnected {
            reason: "the client was closed while the application was being connected".to_owned(),
            source: None,
        }
    }

    /// Returns the reason as text.
    pub(crate) fn reason(self) -> String {
        match self {
            CloseReason::Disconnected { reason, .. } => reason,
            CloseReason::Gone { reason, .. } => reason.to_string(),
        }
    }
}

impl From<CloseReason> for Error {
    fn from(ending: CloseReason) -> Self {
        match ending {
            CloseReason::Disconnected { reason, source } => Error::Disconnected {
                reason,
                source: source.map(|source| Box::new(source) as _),
            },
            CloseReason::Gone { object, reason } => Error::ObjectGone { object, reason },
        }
    }
}

/// Capacity beyond the limit for connection events, which are rare and must not be lost in a burst
/// of events.
const CONTROL_HEADROOM: usize = 64;

pub(crate) struct Queue {
    limit: usize,
    /// The items that the stream has fetched. It fetches all waiting items at once, so that it
    /// seldom contends with the reading task for the lock.
    fetched: Mutex<VecDeque<Item>>,
    /// The number of fetched items.
    fetched_count: AtomicUsize,
    state: Mutex<QueueState>,
}

struct QueueState {
    items: VecDeque<Item>,
    /// The number of items dropped since the last one that was added.
    dropped: u64,
    ended: bool,
    waker: Option<Waker>,
}

impl Queue {
    pub(crate) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Queue {
            limit,
            fetched: Mutex::default(),
            fetched_count: AtomicUsize::new(0),
            state: Mutex::new(QueueState {
                items: VecDeque::new(),
                dropped: 0,
                ended: false,
                waker: None,
            }),
        })
    }

    fn lock(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an event or a decoding error. Returns false if the queue was full. The caller must wake
    /// the wakers in `waiting`, because waking another thread for each event of a burst costs
    /// several times as much as the event.
    pub(crate) fn push(&self, item: Item, waiting: &mut Vec<Waker>) -> bool {
        let (added, waker) = self.add(item, self.limit);
        waiting.extend(waker);
        added
    }

    /// Adds a connection event. Returns false if the queue was full.
    pub(crate) fn push_connection_event(&self, event: ConnectionEvent) -> bool {
        let limit = self.limit.saturating_add(CONTROL_HEADROOM);
        let (added, waker) = self.add(Item::Connection(event), limit);
        if let Some(waker) = waker {
            waker.wake();
        }
        added
    }

    /// Adds an item. Returns false if the queue was full, and the waker of the task that waits for
    /// the item.
    fn add(&self, item: Item, limit: usize) -> (bool, Option<Waker>) {
        let mut state = self.lock();
        if state.ended {
            return (true, None);
        }
        if state.items.len() + self.fetched_count.load(Ordering::Relaxed) >= limit {
            state.dropped += 1;
            return (false, None);
        }
        state.mark_dropped();
        state.items.push_back(item);
        (true, state.waker.take())
    }

    /// Ends the stream after the items that are already queued.
    pub(crate) fn end(&self, ending: Option<CloseReason>) {
        let mut state = self.lock();
        if state.ended {
            return;
        }
        state.mark_dropped();
        state.ended = true;
        state.items.push_back(Item::End(ending));
        // Wake outside of the lock.
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Polls for the next item. [`Item::End`] is the last one, and is returned again by every later
    /// poll.
    pub(crate) fn poll(&self, context: &mut Context<'_>) -> Poll<Item> {
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        if fetched.is_empty() {
            let mut state = self.lock();
            if state.items.is_empty() {
                if state.dropped > 0 {
                    return Poll::Ready(Item::Dropped(std::mem::take(&mut state.dropped)));
                }
                let waker = state.waker.as_ref();
                if !waker.is_some_and(|waker| waker.will_wake(context.waker())) {
                    state.waker = Some(context.waker().clone());
                }
                return Poll::Pending;
            }
            std::mem::swap(&mut *fetched, &mut state.items);
            // Set before anything is added, so that both together stay below the limit.
            self.fetched_count.store(fetched.len(), Ordering::Relaxed);
        }
        let item = fetched.pop_front();
        self.fetched_count.store(fetched.len(), Ordering::Relaxed);
        match item {
            Some(Item::End(ending)) => {
                fetched.push_back(Item::End(None));
                Poll::Ready(Item::End(ending))
            }
            Some(item) => {
                // Free the memory after a burst.
                if fetched.is_empty() && fetched.capacity() > CONTROL_HEADROOM {
                    *fetched = VecDeque::new();
                }
                Poll::Ready(item)
            }
            None => Poll::Pending,
        }
    }
}

impl QueueState {
    /// Records the number of dropped items at the point where they were dropped.
    fn mark_dropped(&mut self) {
        if self.dropped > 0 {
            let missed = std::mem::take(&mut self.dropped);
            self.items.push_back(Item::Dropped(missed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drain(queue: &Queue) -> Vec<String> {
        let mut context = Context::from_waker(Waker::noop());
        let mut found = Vec::new();
        while let Poll::Ready(item) = queue.poll(&mut context) {
            found.push(match item {
                Item::Event(event) => event.downcast_ref::<i32>().unwrap().to_string(),
                Item::Dropped(missed) => format!("missed {missed}"),
                Item::Connection(event) => event.to_string(),
                Item::Raw(_) | Item::DecodeError(_) => "something else".to_owned(),
                Item::End(_) => {
                    found.push("end".to_owned());
                    break;
                }
            });
        }
        found
    }

    #[test]
    fn dropped_items_are_counted_in_place() {
        let queue = Queue::new(2);
        let push = |number| queue.push(Item::Event(Arc::new(number)), &mut Vec::new());
        assert!(push(1) && push(2) && !push(3) && !push(4));
        assert!(queue.push_connection_event(ConnectionEvent::Connected));
        assert_eq!(drain(&queue), ["1", "2", "missed 2", "connected"]);
        assert!(push(5) && push(6) && !push(7));
        assert_eq!(drain(&queue), ["5", "6", "missed 1"]);
        assert!(push(8) && push(9) && !push(10));
        queue.end(None);
        assert!(push(11), "what comes behind the end is of no interest");
        assert_eq!(drain(&queue), ["8", "9", "missed 1", "end"]);
        assert_eq!(drain(&queue), ["end"]);
    }

    #[test]
    fn connection_events_are_bounded() {
        let queue = Queue::new(1);
        let told = (0..1000)
            .filter(|_| queue.push_connection_event(ConnectionEvent::Connected))
            .count();
        assert_eq!(told, 1 + CONTROL_HEADROOM);
        assert_eq!(drain(&queue).last().unwrap(), "missed 935");
    }
}
