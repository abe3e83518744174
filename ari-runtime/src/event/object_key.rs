//! Keys of objects, whose class the bindings know.

use crate::event::bindings::Bindings;
use crate::event::object::ObjectRef;

/// The key of an object in maps and queues.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ObjectKey {
    kind: &'static str,
    scope: Box<str>,
    id: Box<str>,
}

impl ObjectKey {
    /// Creates the key of an object. `None` if the bindings do not know its class.
    pub(crate) fn new(bindings: &Bindings, object: ObjectRef<'_>) -> Option<Self> {
        let class = bindings.object_kind(object.kind)?;
        Some(ObjectKey {
            kind: class.name,
            scope: object.scope.into(),
            id: object.id.into(),
        })
    }

    pub(crate) fn as_ref(&self) -> ObjectRef<'_> {
        ObjectRef::scoped(self.kind, &self.scope, &self.id)
    }

    pub(crate) fn class(&self) -> &'static str {
        self.kind
    }
}
