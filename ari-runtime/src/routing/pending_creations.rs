//! Objects whose creation was requested and not confirmed yet. The server may not know them.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::event::object_key::ObjectKey;

/// The objects that are being created, and the checks that were requested for them in the meantime.
#[derive(Default)]
pub(crate) struct PendingCreations(Mutex<HashMap<ObjectKey, Creation>>);

#[derive(Default)]
pub(crate) struct Creation {
    pub(crate) requests: usize,
    pub(crate) needs_check: bool,
}

impl PendingCreations {
    pub(crate) fn lock(&self) -> MutexGuard<'_, HashMap<ObjectKey, Creation>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns true if an object is being created. In that case it is checked afterwards.
    pub(crate) fn enqueue_check(&self, object: &ObjectKey) -> bool {
        let mut under_way = self.lock();
        let creation = under_way.get_mut(object);
        creation
            .map(|creation| creation.needs_check = true)
            .is_some()
    }

    pub(crate) fn contains(&self, object: &ObjectKey) -> bool {
        self.lock().contains_key(object)
    }
}
