//! The sessions of a client. A call has at most one session with a bridge of its own, and the
//! client can end all of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use ari_api::Client;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::error::Error;
use crate::session::shared::Shared;

/// The sessions of a client, each from its first request until its objects on the server are
/// removed.
#[derive(Default)]
pub(crate) struct Sessions {
    state: Mutex<State>,
    /// Notifies of every change.
    changes: watch::Sender<()>,
}

#[derive(Default)]
struct State {
    next_id: u64,
    /// Each session. The reference is empty until the session is open.
    sessions: HashMap<u64, Weak<Shared>>,
    /// The calls that a session has put into a bridge of its own.
    calls: HashMap<String, CallBridge>,
}

/// The bridge of a session's own that a call is in.
struct CallBridge {
    id: String,
    /// The session that removes the bridge.
    owner: u64,
    usage: Usage,
}

enum Usage {
    /// The owner is being opened.
    Opening,
    /// The owner is open.
    Open,
    /// The owner has lost its connection. The call waits in the bridge.
    Kept,
    /// Another session is being opened in the bridge that the owner has kept.
    Borrowed,
    /// The objects of the owner are being removed.
    Ending,
}

/// The state of a bridge that a session has kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeptBridge {
    Waiting,
    /// Another session is being opened in it.
    Borrowed,
    /// Another session owns it.
    Gone,
}

/// The bridge for a new session of a call.
pub(crate) struct Reservation {
    pub(crate) registration: Registration,
    /// The id of the bridge.
    pub(crate) bridge: String,
    /// True if the bridge exists and contains the call, because the last session of the call has
    /// lost its connection.
    pub(crate) is_kept: bool,
}

/// The entry of a session, which is removed when this is dropped.
pub(crate) struct Registration {
    sessions: Arc<Sessions>,
    id: u64,
    /// The call, if the session puts it into a bridge of its own.
    call: Option<String>,
}

impl Sessions {
    /// Returns the sessions of a client.
    pub(crate) fn of(client: &Client) -> Arc<Sessions> {
        client.connection().extension()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a session that leaves its call where it is.
    pub(crate) fn register(self: &Arc<Self>) -> Registration {
        self.add(&mut self.lock(), None)
    }

    fn add(self: &Arc<Self>, state: &mut State, call: Option<&str>) -> Registration {
        let id = state.next_id;
        state.next_id += 1;
        state.sessions.insert(id, Weak::new());
        Registration {
            sessions: self.clone(),
            id,
            call: call.map(str::to_owned),
        }
    }

    /// Adds a session that puts its call into a bridge of its own, which will have this id. Waits
    /// until the objects of an earlier session of the call are removed. If the earlier session has
    /// lost its connection, the new one uses its bridge. Returns `None` after the limit.
    ///
    /// # Errors
    /// Returns [`Error::SessionExists`] if the call has a session.
    pub(crate) async fn reserve(
        self: &Arc<Self>,
        call: &str,
        bridge: &str,
        limit: Duration,
    ) -> Option<Result<Reservation, Error>> {
        let mut changes = self.changes.subscribe();
        let reserve = async {
            loop {
                if let Some(reserved) = self.try_reserve(call, bridge) {
                    return reserved;
                }
                // The sender lives as long as `self`.
                let _ = changes.changed().await;
            }
        };
        timeout(limit, reserve).await.ok()
    }

    /// Returns `None` while an earlier session is ending.
    fn try_reserve(
        self: &Arc<Self>,
        call: &str,
        bridge: &str,
    ) -> Option<Result<Reservation, Error>> {
        let state = &mut *self.lock();
        let Some(known) = state.calls.get_mut(call) else {
            let registration = self.add(state, Some(call));
            let new = CallBridge {
                id: bridge.to_owned(),
                owner: registration.id,
                usage: Usage::Opening,
            };
            state.calls.insert(call.to_owned(), new);
            return Some(Ok(Reservation {
                registration,
                bridge: bridge.to_owned(),
                is_kept: false,
            }));
        };
        let bridge = known.id.clone();
        let is_ending = match known.usage {
            Usage::Kept => {
                known.usage = Usage::Borrowed;
                let registration = self.add(state, Some(call));
                return Some(Ok(Reservation {
                    registration,
                    bridge,
                    is_kept: true,
                }));
            }
            Usage::Ending => true,
            Usage::Opening | Usage::Borrowed => false,
            Usage::Open => {
                let session = state.sessions.get(&known.owner).and_then(Weak::upgrade);
                session.is_none_or(|session| session.is_ending())
            }
        };
        if is_ending {
            return None;
        }
        let channel = call.to_owned();
        Some(Err(Error::SessionExists { channel, bridge }))
    }

    /// Ends all sessions, also those that are opened meanwhile, and waits until their objects on
    /// the server are removed.
    pub(crate) async fn close_all(&self) {
        let mut changes = self.changes.subscribe();
        loop {
            let sessions: Vec<_> = self.lock().sessions.values().cloned().collect();
            if sessions.is_empty() {
                return;
            }
            for session in sessions.iter().filter_map(Weak::upgrade) {
                session.request_close();
            }
            let _ = changes.changed().await;
        }
    }
}

impl Registration {
    /// Returns a receiver that notifies of every change.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.sessions.changes.subscribe()
    }

    /// Records that the session is open, and owns its bridge.
    pub(crate) fn opened(&self, shared: &Arc<Shared>) {
        let mut state = self.sessions.lock();
        state.sessions.insert(self.id, Arc::downgrade(shared));
        if let Some(known) = self.call_bridge(&mut state) {
            (known.owner, known.usage) = (self.id, Usage::Open);
        }
        drop(state);
        self.notify();
    }

    /// Keeps the bridge for the next session of the call.
    pub(crate) fn keep(&self) {
        self.set_usage(Usage::Kept);
    }

    /// Returns the state of the bridge that this session has kept.
    pub(crate) fn kept(&self) -> KeptBridge {
        match self.call_bridge(&mut self.sessions.lock()) {
            Some(known) if known.owner == self.id => match known.usage {
                Usage::Kept => KeptBridge::Waiting,
                Usage::Borrowed => KeptBridge::Borrowed,
                _ => KeptBridge::Gone,
            },
            _ => KeptBridge::Gone,
        }
    }

    /// Records that the objects of the session are being removed. Returns true if it must not
    /// remove its bridge, because the session that has kept it continues to do so.
    pub(crate) fn end(&self) -> bool {
        let mut state = self.sessions.lock();
        let is_borrowed = match self.call_bridge(&mut state) {
            Some(known) if known.owner == self.id => {
                known.usage = Usage::Ending;
                false
            }
            Some(known) => {
                known.usage = Usage::Kept;
                true
            }
            None => false,
        };
        drop(state);
        self.notify();
        is_borrowed
    }

    /// Records that the call is no longer in a bridge of this session.
    pub(crate) fn release_call(&self) {
        self.remove_call(&mut self.sessions.lock());
        self.notify();
    }

    fn remove_call(&self, state: &mut State) {
        if let Some(call) = &self.call
            && state.calls.get(call).is_some_and(|it| it.owner == self.id)
        {
            state.calls.remove(call);
        }
    }

    fn set_usage(&self, usage: Usage) {
        if let Some(known) = self.call_bridge(&mut self.sessions.lock())
            && known.owner == self.id
        {
            known.usage = usage;
        }
        self.notify();
    }

    fn call_bridge<'a>(&self, state: &'a mut State) -> Option<&'a mut CallBridge> {
        state.calls.get_mut(self.call.as_ref()?)
    }

    fn notify(&self) {
        self.sessions.changes.send_replace(());
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        let mut state = self.sessions.lock();
        state.sessions.remove(&self.id);
        self.remove_call(&mut state);
        drop(state);
        self.notify();
    }
}
