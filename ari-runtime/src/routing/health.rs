//! The state of a client's connection to its server, as its sockets and requests show it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The open sockets of a client, and its last failure.
#[derive(Default)]
pub(crate) struct Health(Mutex<HealthState>);

/// The state at one moment.
#[derive(Clone, Default)]
pub(crate) struct HealthState {
    pub(crate) sockets: usize,
    /// The time of the last change between no open socket and one.
    pub(crate) since: Option<Instant>,
    pub(crate) last_error: Option<String>,
}

impl Health {
    fn lock(&self) -> MutexGuard<'_, HealthState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn snapshot(&self) -> HealthState {
        self.lock().clone()
    }

    pub(crate) fn on_error(&self, error: String) {
        self.lock().last_error = Some(error);
    }

    /// Counts a socket as open until the returned value is dropped.
    pub(crate) fn count_socket(self: &Arc<Self>) -> OpenSocket {
        let mut state = self.lock();
        state.sockets += 1;
        if state.sockets == 1 {
            state.since = Some(Instant::now());
        }
        OpenSocket(self.clone())
    }
}

/// A socket that is open.
pub(crate) struct OpenSocket(Arc<Health>);

impl Drop for OpenSocket {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.sockets -= 1;
        if state.sockets == 0 {
            state.since = Some(Instant::now());
        }
    }
}
