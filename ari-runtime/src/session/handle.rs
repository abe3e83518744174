//! The handle of one connected WebSocket with its applications.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::routing::queue::Queue;
use crate::session::core::Command;
use crate::session::counters::SessionStats;
use crate::session::session_state::SessionState;

/// A connected Stasis application: streams of its events, and requests over its WebSocket.
///
/// Cheap to clone. The WebSocket stays open as long as any clone or any stream of
/// [`Session::events`] exists.
pub struct Session<E> {
    pub(crate) untyped: UntypedSession,
    events: PhantomData<fn() -> E>,
}

/// A session without the type of its events.
#[derive(Clone)]
pub(crate) struct UntypedSession {
    pub(crate) state: Arc<SessionState>,
    _keep_open: Arc<KeepOpen>,
}

/// Closes the socket when the last owner is dropped.
struct KeepOpen(Arc<SessionState>);

impl Drop for KeepOpen {
    fn drop(&mut self) {
        // The task may have ended before.
        let _ = self.0.core.commands.send(Command::Close);
    }
}

impl UntypedSession {
    /// Creates the first handle of a session. The socket closes when the last one is dropped.
    pub(super) fn new(state: Arc<SessionState>) -> Self {
        UntypedSession {
            _keep_open: Arc::new(KeepOpen(state.clone())),
            state,
        }
    }

    /// Adds a queue for the events of one kind, or of all kinds, that arrive from now on.
    pub(crate) fn add_queue(&self, kind: Option<&'static str>) -> Arc<Queue> {
        let queue = Queue::new(self.state.core.settings.buffer);
        self.state.subscribers.add(kind, queue.clone());
        if self.state.core.ended.load(Ordering::Acquire) {
            queue.end(None);
        }
        queue
    }
}

impl fmt::Debug for UntypedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("applications", &self.state.core.names.list())
            .field("stats", &self.state.core.counters.snapshot())
            .finish_non_exhaustive()
    }
}

impl<E> Clone for Session<E> {
    fn clone(&self) -> Self {
        Session::new(self.untyped.clone())
    }
}

impl<E> Session<E> {
    /// Adds the type of the events, which must be that of the session's bindings.
    pub(crate) fn new(untyped: UntypedSession) -> Self {
        Session {
            untyped,
            events: PhantomData,
        }
    }

    /// Returns the names of the applications that are connected by this WebSocket. If Asterisk has
    /// opened it, the names come from its messages, and the list is empty before the first one.
    pub fn applications(&self) -> Arc<[String]> {
        self.untyped.state.core.names.list()
    }

    /// Waits until the name of an application is known. Returns false if the session ends before.
    #[cfg(feature = "server")]
    pub(crate) async fn wait_named(&self) -> bool {
        let named = self.untyped.state.core.names.find(|_| Some(()));
        // The list of names shows which of the two has finished.
        futures_lite::future::or(named, self.ended()).await;
        !self.untyped.state.core.names.list().is_empty()
    }

    /// Waits until there is an application for which `find` returns something.
    #[cfg(feature = "server")]
    pub(crate) async fn find_application<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.untyped.state.core.names.find(find).await
    }

    /// Waits until the session has ended.
    #[cfg(feature = "server")]
    pub(crate) async fn ended(&self) {
        self.untyped.state.core.ended().await;
    }

    /// Returns the counters since the session began.
    pub fn stats(&self) -> SessionStats {
        self.untyped.state.core.counters.snapshot()
    }

    /// Closes the WebSocket and ends its streams, after waiting for the responses of pending
    /// requests, but no longer than `limit`. No task of the session is running when this returns.
    pub async fn close(&self, limit: Duration) {
        self.untyped.state.core.close(limit).await;
    }

    /// Closes the WebSocket without waiting. Its streams end after the events that have arrived.
    pub(crate) fn request_close(&self) {
        // Without a task it is closed already.
        let _ = self.untyped.state.core.commands.send(Command::Close);
    }

    pub(crate) fn remove_stream(&self, kind: Option<&'static str>, queue: &Arc<Queue>) {
        self.untyped.state.subscribers.remove(kind, queue);
    }
}

impl<E> fmt::Debug for Session<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.untyped.fmt(f)
    }
}
