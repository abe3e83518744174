//! A channel or a bridge of a recording.

/// An object: its kind, its id, and which of the objects with this id it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Object {
    kind: ObjectKind,
    id: String,
    generation: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ObjectKind {
    Channel,
    Bridge,
}

impl Object {
    /// Returns the first object with an id.
    pub(crate) fn new(kind: ObjectKind, id: &str) -> Self {
        Object {
            kind,
            id: id.to_owned(),
            generation: 0,
        }
    }

    pub(crate) fn channel(id: &str) -> Self {
        Object::new(ObjectKind::Channel, id)
    }

    pub(crate) fn bridge(id: &str) -> Self {
        Object::new(ObjectKind::Bridge, id)
    }

    /// Returns the object with the same id of another generation, counted from 0.
    pub(crate) fn with_generation(mut self, generation: usize) -> Self {
        self.generation = generation;
        self
    }

    pub(crate) fn kind(&self) -> ObjectKind {
        self.kind
    }

    /// Returns the id.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn generation(&self) -> usize {
        self.generation
    }

    pub(crate) fn is_channel(&self) -> bool {
        self.kind == ObjectKind::Channel
    }

    pub(crate) fn is_bridge(&self) -> bool {
        self.kind == ObjectKind::Bridge
    }

    /// Returns true if the kind and the id are the same.
    pub(crate) fn has_same_id(&self, other: &Object) -> bool {
        self.kind == other.kind && self.id == other.id
    }

    /// Returns true if both have the same label: all uses of a bridge have one.
    pub(crate) fn has_same_label(&self, other: &Object) -> bool {
        self == other || (self.is_bridge() && self.has_same_id(other))
    }
}
