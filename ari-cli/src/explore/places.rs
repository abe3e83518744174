//! The number of connections that are open at once. Those without the token have places of their own,
//! so that they never keep out the page.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use hyper::StatusCode;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::reply::ApiError;

/// The maximum number of connections that have sent the token.
const MAX_TRUSTED: usize = 64;
/// The maximum number of connections that have not. For a further one the oldest is closed.
const MAX_ANONYMOUS: usize = 32;

/// The places of all connections.
pub(super) struct Places {
    trusted: Arc<Semaphore>,
    /// The oldest is the first.
    anonymous: Mutex<VecDeque<Arc<Notify>>>,
}

/// The place of one connection, which becomes free when this is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    trusted: OnceLock<OwnedSemaphorePermit>,
    /// Is notified when another connection needs the place.
    needed: Arc<Notify>,
}

impl Places {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Places {
            trusted: Arc::new(Semaphore::new(MAX_TRUSTED)),
            anonymous: Mutex::default(),
        })
    }

    fn anonymous(&self) -> MutexGuard<'_, VecDeque<Arc<Notify>>> {
        self.anonymous
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the place of a new connection, which has not sent the token yet.
    pub(super) fn enter(self: &Arc<Self>) -> Place {
        let mut anonymous = self.anonymous();
        while anonymous.len() >= MAX_ANONYMOUS {
            if let Some(oldest) = anonymous.pop_front() {
                oldest.notify_one();
            }
        }
        let needed = Arc::new(Notify::new());
        anonymous.push_back(Arc::clone(&needed));
        Place {
            places: Arc::clone(self),
            trusted: OnceLock::new(),
            needed,
        }
    }
}

impl Place {
    /// Moves the connection to those that have sent the token. Fails if there are too many.
    pub(super) fn trust(&self) -> Result<(), ApiError> {
        if self.is_trusted() {
            return Ok(());
        }
        let permit = Arc::clone(&self.places.trusted).try_acquire_owned();
        let permit = permit.map_err(|_| {
            ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "the page has too many connections: close some of its tabs",
            )
        })?;
        let _ = self.trusted.set(permit);
        self.leave_anonymous();
        Ok(())
    }

    pub(super) fn is_trusted(&self) -> bool {
        self.trusted.get().is_some()
    }

    /// Waits until the connection has to be closed in favour of another one.
    pub(super) async fn wait_needed(&self) {
        self.needed.notified().await;
        if self.is_trusted() {
            std::future::pending::<()>().await;
        }
    }

    fn leave_anonymous(&self) {
        let mut anonymous = self.places.anonymous();
        anonymous.retain(|needed| !Arc::ptr_eq(needed, &self.needed));
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.leave_anonymous();
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_ANONYMOUS, MAX_TRUSTED, Place, Places};

    async fn is_needed(place: &Place) -> bool {
        tokio::select! {
            biased;
            () = place.wait_needed() => true,
            () = std::future::ready(()) => false,
        }
    }

    #[tokio::test]
    async fn oldest_connection_without_token_is_closed() {
        let places = Places::new();
        let first = places.enter();
        let second = places.enter();
        assert!(first.trust().is_ok() && first.trust().is_ok());
        let mut others: Vec<_> = (1..MAX_ANONYMOUS).map(|_| places.enter()).collect();
        assert!(!is_needed(&second).await);
        others.push(places.enter());
        assert!(is_needed(&second).await);
        assert!(!is_needed(&others[0]).await);
        drop(second);
        // One that ends makes room.
        others.pop();
        others.push(places.enter());
        assert!(!is_needed(&others[0]).await);
        others.push(places.enter());
        assert!(is_needed(&others[0]).await);
        assert!(!is_needed(&first).await);
    }

    #[test]
    fn connections_with_token_are_limited() {
        let places = Places::new();
        let trusted: Vec<_> = (0..MAX_TRUSTED)
            .map(|_| {
                let place = places.enter();
                assert!(place.trust().is_ok());
                place
            })
            .collect();
        let further = places.enter();
        assert!(further.trust().is_err() && !further.is_trusted());
        drop(trusted);
        assert!(further.trust().is_ok());
    }
}
