//! The place of a session within the limit of its service.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedSemaphorePermit;

/// The permit of a session within the limit, which its handles and its task share. It is released
/// at the end of the session, even if a program keeps a handle.
#[derive(Clone)]
pub(crate) struct Permit(Arc<Mutex<Option<Arc<OwnedSemaphorePermit>>>>);

impl Permit {
    pub(crate) fn new(permit: Option<Arc<OwnedSemaphorePermit>>) -> Self {
        Permit(Arc::new(Mutex::new(permit)))
    }

    /// Returns a permit for the session that follows this one. `None` if this one is over, and
    /// another session may have its place.
    pub(crate) fn pass_on(&self) -> Option<Self> {
        let permit = self.lock().clone()?;
        Some(Permit::new(Some(permit)))
    }

    /// Releases the place, unless it was passed on.
    pub(crate) fn release(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<OwnedSemaphorePermit>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
