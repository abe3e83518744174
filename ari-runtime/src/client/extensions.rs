//! Values that libraries keep for a client, such as the sessions that it has opened.

use std::any::{Any, TypeId};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;

/// A value of each type that was asked for.
#[derive(Default)]
pub(super) struct Extensions(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Extensions {
    /// Returns the value of a type, which is created if there is none.
    pub(super) fn get<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let value = values.entry(TypeId::of::<T>());
        let value = value.or_insert_with(|| Arc::<T>::default());
        // The key is the type, so this never fails.
        value.clone().downcast().unwrap_or_default()
    }
}

impl fmt::Debug for Extensions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extensions")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn each_type_has_one_value() {
        let extensions = Extensions::default();
        extensions.get::<AtomicUsize>().store(7, Ordering::Relaxed);
        extensions.get::<Mutex<String>>();
        let again = extensions.get::<AtomicUsize>();
        assert_eq!(again.load(Ordering::Relaxed), 7);
    }
}
