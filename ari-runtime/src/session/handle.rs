//! The handle of one connected WebSocket with its applications.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::event::event_type::EventType;
#[cfg(feature = "server")]
use crate::race::race;
use crate::routing::queue::Queue;
use crate::session::core::Command;
use crate::session::counters::SessionStats;
use crate::session::session_state::SessionState;

/// A connected Stasis application: streams of its events, and requests over its WebSocket.
///
/// Cheap to clone. The WebSocket stays open as long as any clone or any stream of
/// [`Session::events`] exists.
pub struct Session<E> {
    pub(crate) state: Arc<SessionState<E>>,
    keep_open: Arc<KeepOpen<E>>,
}

/// Closes the socket when the last owner is dropped.
struct KeepOpen<E>(Arc<SessionState<E>>);

impl<E> Drop for KeepOpen<E> {
    fn drop(&mut self) {
        // The task may have ended before.
        let _ = self.0.core.commands.send(Command::Close);
    }
}

impl<E> Clone for Session<E> {
    fn clone(&self) -> Self {
        Session {
            state: self.state.clone(),
            keep_open: self.keep_open.clone(),
        }
    }
}

impl<E: EventType> Session<E> {
    /// Creates the first handle of a session. The socket closes when the last one is dropped.
    pub(super) fn new(state: Arc<SessionState<E>>) -> Self {
        Session {
            keep_open: Arc::new(KeepOpen(state.clone())),
            state,
        }
    }

    /// Returns the names of the applications that are connected by this WebSocket. If Asterisk has
    /// opened it, the names come from its messages, and the list is empty before the first one.
    pub fn applications(&self) -> Arc<[String]> {
        self.state.core.names.list()
    }

    /// Waits until the name of an application is known. Returns false if the session ends before.
    #[cfg(feature = "server")]
    pub(crate) async fn wait_named(&self) -> bool {
        // The list of names shows which of the two has finished.
        let _ = race(self.state.core.names.find(|_| Some(())), self.ended()).await;
        !self.state.core.names.list().is_empty()
    }

    /// Waits until there is an application for which `find` returns something.
    #[cfg(feature = "server")]
    pub(crate) async fn find_application<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.state.core.names.find(find).await
    }

    /// Waits until the session has ended.
    #[cfg(feature = "server")]
    pub(crate) async fn ended(&self) {
        self.state.core.ended().await;
    }

    /// Returns the counters since the session began.
    pub fn stats(&self) -> SessionStats {
        self.state.core.counters.snapshot()
    }

    /// Closes the WebSocket and ends its streams, after waiting for the responses of pending
    /// requests, but no longer than `limit`. No task of the session is running when this returns.
    pub async fn close(&self, limit: Duration) {
        self.state.core.close(limit).await;
    }

    pub(crate) fn remove_stream(&self, kind: Option<&'static str>, queue: &Arc<Queue<E>>) {
        self.state.subscribers.remove(kind, queue);
    }
}

impl<E> fmt::Debug for Session<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("applications", &self.state.core.names.list())
            .field("stats", &self.state.core.counters.snapshot())
            .finish_non_exhaustive()
    }
}
