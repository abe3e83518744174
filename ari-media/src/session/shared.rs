//! The state that the handles of a session share with the task that drives its connection.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{Notify, oneshot, watch};

use crate::capture::{Capture, Received};
use crate::event::{CloseReason, Mark, MediaEvent};
use crate::playout::{ClearId, Cleared, MarkId, Playout, PlayoutEvent};
use crate::stats::MediaStats;

/// The largest number of events, besides audio, that wait for a program that does not read. Beyond
/// it, the oldest is dropped.
const MAX_EVENTS: usize = 4096;

/// The queues of both directions, and the tasks that wait for them.
pub(crate) struct Shared {
    state: Mutex<State>,
    /// Wakes the task that drives the connection, to send data or to end the session.
    pub(crate) driver: Notify,
    /// Wakes the tasks that wait for room in the queue to the caller.
    pub(crate) room: Notify,
    /// Wakes the receiver when a frame or an event is available.
    pub(crate) received: Notify,
    /// True once all objects of the session on the server are removed.
    finished: watch::Sender<bool>,
}

pub(crate) struct State {
    pub(crate) playout: Playout,
    pub(crate) capture: Capture,
    events: VecDeque<MediaEvent>,
    /// The reason why the session has ended.
    closed: Option<CloseReason>,
    /// True once the receiver has returned the reason.
    is_drained: bool,
    /// True once a handle has asked for the end.
    pub(crate) close_requested: bool,
    /// The names of marks whose events the program receives.
    marks: HashMap<MarkId, Arc<str>>,
    /// The tasks that wait until a mark is played.
    mark_waiters: HashMap<MarkId, oneshot::Sender<bool>>,
    clear_waiters: HashMap<ClearId, oneshot::Sender<Cleared>>,
}

/// Returns the present instant, on the virtual clock if there is one.
pub(crate) fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

impl Shared {
    pub(crate) fn new(playout: Playout, capture: Capture) -> Arc<Self> {
        Arc::new(Shared {
            state: Mutex::new(State {
                playout,
                capture,
                events: VecDeque::new(),
                closed: None,
                is_drained: false,
                close_requested: false,
                marks: HashMap::new(),
                mark_waiters: HashMap::new(),
                clear_waiters: HashMap::new(),
            }),
            driver: Notify::new(),
            room: Notify::new(),
            received: Notify::new(),
            finished: watch::Sender::new(false),
        })
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the task to end the session.
    pub(crate) fn request_close(&self) {
        self.lock().close_requested = true;
        self.driver.notify_one();
    }

    /// Returns true if the session has ended, or was asked to.
    pub(crate) fn is_ending(&self) -> bool {
        let state = self.lock();
        state.close_requested || state.closed.is_some()
    }

    /// Ends both directions. Frames and events that wait can still be received.
    pub(crate) fn close(&self, reason: CloseReason) {
        let mut state = self.lock();
        if state.closed.is_none() {
            state.playout.close();
            state.pass_events();
            state.capture.finish();
            state.closed = Some(reason);
            // No task is left that could play or clear audio.
            state.mark_waiters.clear();
            state.clear_waiters.clear();
        }
        drop(state);
        self.room.notify_waiters();
        self.received.notify_one();
    }

    /// Reports that all objects of the session on the server are removed.
    pub(crate) fn finish(&self) {
        self.finished.send_replace(true);
    }

    /// Waits until all objects of the session on the server are removed.
    pub(crate) async fn wait_until_finished(&self) {
        // The sender lives as long as `self`.
        let _ = self
            .finished
            .subscribe()
            .wait_for(|finished| *finished)
            .await;
    }
}

impl State {
    /// Returns the counters of the session.
    pub(crate) fn stats(&self) -> MediaStats {
        MediaStats::new(&self.playout, self.capture.stats())
    }

    /// Returns the reason if the session has ended.
    pub(crate) fn close_reason(&self) -> Option<&CloseReason> {
        self.closed.as_ref()
    }

    /// Adds an event for the receiver.
    pub(crate) fn push_event(&mut self, event: MediaEvent) {
        if self.events.len() == MAX_EVENTS {
            let dropped = self.events.pop_front();
            tracing::warn!(
                ?dropped,
                "a program does not read the events of its media session"
            );
        }
        self.events.push_back(event);
    }

    /// Returns the next item for the receiver. The inner `None` is the end.
    pub(crate) fn next_item(&mut self) -> Option<Option<MediaEvent>> {
        if let Some(event) = self.events.pop_front() {
            return Some(Some(event));
        }
        if let Some(received) = self.capture.next_received() {
            return Some(Some(match received {
                Received::Frame(frame) => MediaEvent::Audio(frame),
                Received::Packet(packet) => MediaEvent::Packet(packet),
                Received::Lost(duration) => MediaEvent::Gap(duration),
            }));
        }
        let reason = self.closed.clone()?;
        if std::mem::replace(&mut self.is_drained, true) {
            return Some(None);
        }
        Some(Some(MediaEvent::Closed(reason)))
    }

    /// Sets the name of a mark, which its event carries.
    pub(crate) fn name_mark(&mut self, mark: MarkId, name: Arc<str>) {
        self.marks.insert(mark, name);
    }

    /// Returns a receiver of true when the mark is played, or of false if it is cleared.
    pub(crate) fn await_mark(&mut self, mark: MarkId) -> oneshot::Receiver<bool> {
        let (sender, receiver) = oneshot::channel();
        self.mark_waiters.insert(mark, sender);
        receiver
    }

    /// Returns a receiver of the result, which is sent when the cleared audio can no longer be
    /// heard.
    pub(crate) fn await_cleared(&mut self, clear: ClearId) -> oneshot::Receiver<Cleared> {
        let (sender, receiver) = oneshot::channel();
        self.clear_waiters.insert(clear, sender);
        receiver
    }

    /// Passes the events of the queue to the caller to the waiting tasks and to the receiver.
    /// Returns true if the receiver has to be woken.
    pub(crate) fn pass_events(&mut self) -> bool {
        let mut has_event = false;
        while let Some(event) = self.playout.next_event() {
            let (mark, was_played) = match event {
                PlayoutEvent::MarkPlayed(mark) => (mark, true),
                PlayoutEvent::MarkCleared(mark) => (mark, false),
                PlayoutEvent::Cleared(clear, cleared) => {
                    if let Some(waiter) = self.clear_waiters.remove(&clear) {
                        let _ = waiter.send(cleared);
                    }
                    continue;
                }
                PlayoutEvent::Stalled => {
                    self.push_event(MediaEvent::Stalled);
                    has_event = true;
                    continue;
                }
            };
            if let Some(waiter) = self.mark_waiters.remove(&mark) {
                let _ = waiter.send(was_played);
            }
            if let Some(name) = self.marks.remove(&mark) {
                let mark = Mark::new(name);
                self.push_event(match was_played {
                    true => MediaEvent::MarkPlayed(mark),
                    false => MediaEvent::MarkCleared(mark),
                });
                has_event = true;
            }
        }
        has_event
    }
}
