//! The bounded queue of one stream. It counts the items that are dropped when it is full.
//!
//! It is not a channel of tokio because ten thousand streams may be open, and an empty channel
//! takes several kilobytes.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::raw::Raw;
use super::{ConnectionEvent, OwnedObject};
use crate::runtime::{DecodeError, Error, GoneReason};

/// An item of a queue, before it is converted to the stream's own item type.
pub(super) enum Item<E> {
    Event(Arc<E>),
    /// An event that is decoded when it is taken.
    Raw(Arc<Raw<E>>),
    Undecodable(Arc<DecodeError>),
    Connection(ConnectionEvent),
    /// The number of items that were dropped at this point.
    Missed(u64),
    /// The end of the stream, with its reason if it is not the regular end.
    End(Option<Ending>),
}

/// The reason why a stream ended before its object or its session was closed.
#[derive(Clone, Debug)]
pub(in crate::runtime) enum Ending {
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

impl Ending {
    /// The reason for ending streams if no application is connected.
    pub(in crate::runtime) fn unconnected() -> Self {
        Ending::Disconnected {
            reason: "no application is connected by this client, so no event can arrive: connect \
                     one first"
                .to_owned(),
            source: None,
        }
    }

    /// The reason for not waiting for an application that is not connected.
    pub(in crate::runtime) fn unconnected_as(application: &str) -> Self {
        Ending::Disconnected {
            reason: format!(
                "this client has not connected the application {application:?}, so no event can \
                 arrive: connect it first"
            ),
            source: None,
        }
    }

    /// The reason for aborting a connection attempt if the client is closed.
    pub(in crate::runtime) fn closed() -> Self {
        Ending::Disconnected {
            reason: "the client was closed while the application was being connected".to_owned(),
            source: None,
        }
    }

    /// Returns the reason as text.
    pub(super) fn reason(self) -> String {
        match self {
            Ending::Disconnected { reason, .. } => reason,
            Ending::Gone { reason, .. } => reason.to_string(),
        }
    }
}

impl From<Ending> for Error {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Disconnected { reason, source } => Error::Disconnected {
                reason,
                source: source.map(|source| Box::new(source) as _),
            },
            Ending::Gone { object, reason } => Error::Gone { object, reason },
        }
    }
}

/// Capacity beyond the limit for connection events, which are rare and must not be lost in a burst
/// of events.
const SPARE: usize = 64;

pub(super) struct Queue<E> {
    limit: usize,
    /// The items that the stream has fetched. It fetches all waiting items at once, so that it
    /// seldom contends with the reading task for the lock.
    fetched: Mutex<VecDeque<Item<E>>>,
    /// The number of fetched items.
    fetched_count: AtomicUsize,
    state: Mutex<State<E>>,
}

struct State<E> {
    items: VecDeque<Item<E>>,
    /// The number of items dropped since the last one that was added.
    missed: u64,
    ended: bool,
    waker: Option<Waker>,
}

impl<E> Queue<E> {
    pub(super) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Queue {
            limit,
            fetched: Mutex::default(),
            fetched_count: AtomicUsize::new(0),
            state: Mutex::new(State {
                items: VecDeque::new(),
                missed: 0,
                ended: false,
                waker: None,
            }),
        })
    }

    fn lock(&self) -> MutexGuard<'_, State<E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an event or a decoding error. Returns false if the queue was full. The caller must wake
    /// the wakers in `waiting`, because waking another thread for each event of a burst costs
    /// several times as much as the event.
    pub(super) fn push(&self, item: Item<E>, waiting: &mut Vec<Waker>) -> bool {
        let (added, waker) = self.add(item, self.limit);
        waiting.extend(waker);
        added
    }

    /// Adds a connection event. Returns false if the queue was full.
    pub(super) fn announce(&self, event: ConnectionEvent) -> bool {
        let limit = self.limit.saturating_add(SPARE);
        let (added, waker) = self.add(Item::Connection(event), limit);
        if let Some(waker) = waker {
            waker.wake();
        }
        added
    }

    /// Adds an item. Returns false if the queue was full, and the waker of the task that waits for
    /// the item.
    fn add(&self, item: Item<E>, limit: usize) -> (bool, Option<Waker>) {
        let mut state = self.lock();
        if state.ended {
            return (true, None);
        }
        if state.items.len() + self.fetched_count.load(Ordering::Relaxed) >= limit {
            state.missed += 1;
            return (false, None);
        }
        state.mark_missed();
        state.items.push_back(item);
        (true, state.waker.take())
    }

    /// Ends the stream after the items that are already queued.
    pub(super) fn end(&self, ending: Option<Ending>) {
        let mut state = self.lock();
        if state.ended {
            return;
        }
        state.mark_missed();
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
    pub(super) fn poll(&self, context: &mut Context<'_>) -> Poll<Item<E>> {
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        if fetched.is_empty() {
            let mut state = self.lock();
            if state.items.is_empty() {
                if state.missed > 0 {
                    return Poll::Ready(Item::Missed(std::mem::take(&mut state.missed)));
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
                if fetched.is_empty() && fetched.capacity() > SPARE {
                    *fetched = VecDeque::new();
                }
                Poll::Ready(item)
            }
            None => Poll::Pending,
        }
    }
}

impl<E> State<E> {
    /// Records the number of dropped items at the point where they were dropped.
    fn mark_missed(&mut self) {
        if self.missed > 0 {
            let missed = std::mem::take(&mut self.missed);
            self.items.push_back(Item::Missed(missed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drain(queue: &Queue<u32>) -> Vec<String> {
        let mut context = Context::from_waker(Waker::noop());
        let mut found = Vec::new();
        while let Poll::Ready(item) = queue.poll(&mut context) {
            found.push(match item {
                Item::Event(event) => event.to_string(),
                Item::Missed(missed) => format!("missed {missed}"),
                Item::Connection(event) => event.to_string(),
                Item::Raw(_) | Item::Undecodable(_) => "something else".to_owned(),
                Item::End(_) => {
                    found.push("end".to_owned());
                    break;
                }
            });
        }
        found
    }

    #[test]
    fn what_finds_no_room_is_counted_where_it_is_missing() {
        let queue = Queue::new(2);
        let push = |number| queue.push(Item::Event(Arc::new(number)), &mut Vec::new());
        assert!(push(1) && push(2) && !push(3) && !push(4));
        assert!(queue.announce(ConnectionEvent::Connected));
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
    fn word_of_the_connection_is_bounded_too() {
        let queue = Queue::<u32>::new(1);
        let told = (0..1000)
            .filter(|_| queue.announce(ConnectionEvent::Connected))
            .count();
        assert_eq!(told, 1 + SPARE);
        assert_eq!(drain(&queue).last().unwrap(), "missed 935");
    }
}
