//! Objects of the server that streams can follow.

use crate::schema::operation::Operation;

/// An object: its class, and its id within the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectRef<'a> {
    /// The class, as ARI writes it in URIs: `channel`, `bridge`, `playback`, `endpoint`, ….
    pub kind: &'a str,
    /// The namespace of the id. This is the technology of an endpoint, and empty for all other
    /// classes.
    pub scope: &'a str,
    /// The id or name.
    pub id: &'a str,
}

impl<'a> ObjectRef<'a> {
    /// Creates an object whose id is unique.
    pub const fn new(kind: &'a str, id: &'a str) -> Self {
        ObjectRef {
            kind,
            scope: "",
            id,
        }
    }

    /// Creates an object whose id is unique within a scope.
    pub const fn scoped(kind: &'a str, scope: &'a str, id: &'a str) -> Self {
        ObjectRef { kind, scope, id }
    }

    /// Returns the object that a `target_uri` names: `channel:ID`, `bridge:ID`.
    pub fn from_uri(uri: &'a str) -> Option<Self> {
        let (class, id) = uri.split_once(':')?;
        Some(ObjectRef::new(class, id))
    }
}

impl std::fmt::Display for ObjectRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.scope {
            "" => write!(f, "{} {}", self.kind, self.id),
            scope => write!(f, "{} {scope}/{}", self.kind, self.id),
        }
    }
}

/// An owned object, used in errors, for example.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OwnedObject {
    /// See [`ObjectRef::kind`].
    pub kind: String,
    /// See [`ObjectRef::scope`].
    pub scope: String,
    /// See [`ObjectRef::id`].
    pub id: String,
}

impl OwnedObject {
    /// Returns the same object, borrowed.
    pub fn as_ref(&self) -> ObjectRef<'_> {
        ObjectRef::scoped(&self.kind, &self.scope, &self.id)
    }
}

impl From<ObjectRef<'_>> for OwnedObject {
    fn from(object: ObjectRef<'_>) -> Self {
        OwnedObject {
            kind: object.kind.to_owned(),
            scope: object.scope.to_owned(),
            id: object.id.to_owned(),
        }
    }
}

impl std::fmt::Display for OwnedObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_ref().fmt(f)
    }
}

/// A class of objects, as described by the bindings.
#[derive(Debug)]
pub struct ObjectKind {
    /// The name, as in [`ObjectRef::kind`].
    pub name: &'static str,
    /// Keys of messages whose value is the id of such an object, or a URI that ends in it.
    pub id_fields: &'static [&'static str],
    /// Kinds of messages that report the end of such an object. Empty if such objects do not end.
    pub terminal_events: &'static [&'static str],
    /// The operation that gets one object.
    pub get_operation: Option<&'static Operation>,
}
