//! Connections that Asterisk is expected to open, each with a key that its first message repeats.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::carrier::Carrier;
use crate::connection::error::{Cause, ConnectionError, Step};

/// The expected connections by key.
pub(super) struct ExpectedConnections<K, T> {
    waiting: Mutex<HashMap<K, (u64, oneshot::Sender<T>)>>,
    /// The number of connections that were ever expected, to distinguish two with the same key.
    count: Mutex<u64>,
    carrier: Carrier,
}

/// A connection that Asterisk is expected to open. Dropping it refuses the connection.
#[must_use = "the connection is refused if this is dropped"]
pub struct ExpectedConnection<K: Eq + Hash, T> {
    key: K,
    number: u64,
    owner: Arc<ExpectedConnections<K, T>>,
    opened: oneshot::Receiver<T>,
}

impl<K: Eq + Hash + Clone, T> ExpectedConnections<K, T> {
    pub(super) fn new(carrier: Carrier) -> Arc<Self> {
        Arc::new(ExpectedConnections {
            waiting: Mutex::default(),
            count: Mutex::new(0),
            carrier,
        })
    }

    /// Expects a connection with this key. An earlier one with the same key is no longer expected.
    pub(super) fn expect(self: &Arc<Self>, key: K) -> ExpectedConnection<K, T> {
        let (sender, opened) = oneshot::channel();
        let number = {
            let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
            *count += 1;
            *count
        };
        self.lock().insert(key.clone(), (number, sender));
        ExpectedConnection {
            key,
            number,
            owner: self.clone(),
            opened,
        }
    }

    /// Passes a connection on. Returns it if it is not expected.
    pub(super) fn deliver(&self, key: &K, connection: T) -> Result<(), T> {
        let waiting = self.lock().remove(key);
        match waiting {
            Some((_, sender)) => sender.send(connection),
            None => Err(connection),
        }
    }
}

impl<K: Eq + Hash, T> ExpectedConnections<K, T> {
    fn lock(&self) -> MutexGuard<'_, HashMap<K, (u64, oneshot::Sender<T>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash, T> ExpectedConnection<K, T> {
    /// Returns the key.
    pub fn key(&self) -> &K {
        &self.key
    }

    /// Waits until Asterisk has connected and sent its first message.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with the step [`Step::Accept`] if that does not happen within
    /// `limit`, or if another connection with the same key is expected instead.
    pub async fn accept(mut self, limit: Duration) -> Result<T, ConnectionError> {
        let failed = |cause| ConnectionError::new(self.owner.carrier, Step::Accept, cause);
        match timeout(limit, &mut self.opened).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(_)) => Err(failed(Cause::Malformed(
                "the id is used by another channel: use a new one for each".to_owned(),
            ))),
            Err(_) => Err(failed(Cause::Timeout {
                missing: "no connection of this channel",
                limit,
            })),
        }
    }
}

impl<K: Eq + Hash, T> Drop for ExpectedConnection<K, T> {
    fn drop(&mut self) {
        let mut waiting = self.owner.lock();
        if waiting
            .get(&self.key)
            .is_some_and(|(number, _)| *number == self.number)
        {
            waiting.remove(&self.key);
        }
    }
}

impl<K: Eq + Hash + fmt::Debug, T> fmt::Debug for ExpectedConnection<K, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExpectedConnection")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
