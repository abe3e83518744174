//! Objects of the server that streams can follow.

use crate::runtime::{Message, Operation};

/// An object: its class, and its id within the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object<'a> {
    /// The class, as ARI writes it in URIs: `channel`, `bridge`, `playback`, `endpoint`, ….
    pub class: &'a str,
    /// The namespace of the id. This is the technology of an endpoint, and empty for all other
    /// classes.
    pub scope: &'a str,
    /// The id or name.
    pub id: &'a str,
}

impl<'a> Object<'a> {
    /// Creates an object whose id is unique.
    pub const fn new(class: &'a str, id: &'a str) -> Self {
        Object {
            class,
            scope: "",
            id,
        }
    }

    /// Creates an object whose id is unique within a scope.
    pub const fn scoped(class: &'a str, scope: &'a str, id: &'a str) -> Self {
        Object { class, scope, id }
    }

    /// Returns the object that a `target_uri` names: `channel:ID`, `bridge:ID`.
    pub fn of_uri(uri: &'a str) -> Option<Self> {
        let (class, id) = uri.split_once(':')?;
        Some(Object::new(class, id))
    }
}

impl std::fmt::Display for Object<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.scope {
            "" => write!(f, "{} {}", self.class, self.id),
            scope => write!(f, "{} {scope}/{}", self.class, self.id),
        }
    }
}

/// An owned object, used in errors, for example.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OwnedObject {
    /// See [`Object::class`].
    pub class: String,
    /// See [`Object::scope`].
    pub scope: String,
    /// See [`Object::id`].
    pub id: String,
}

impl OwnedObject {
    /// Returns the same object, borrowed.
    pub fn as_object(&self) -> Object<'_> {
        Object::scoped(&self.class, &self.scope, &self.id)
    }
}

impl From<Object<'_>> for OwnedObject {
    fn from(object: Object<'_>) -> Self {
        OwnedObject {
            class: object.class.to_owned(),
            scope: object.scope.to_owned(),
            id: object.id.to_owned(),
        }
    }
}

impl std::fmt::Display for OwnedObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_object().fmt(f)
    }
}

/// A class of objects, as described by the bindings.
#[derive(Debug)]
pub struct Class {
    /// The name, as in [`Object::class`].
    pub name: &'static str,
    /// Keys of messages whose value is the id of such an object, or a URI that ends in it.
    pub keys: &'static [&'static str],
    /// Kinds of messages that report the end of such an object. Empty if such objects do not end.
    pub ends: &'static [&'static str],
    /// The operation that gets one object.
    pub get: Option<&'static Operation>,
}

/// The key of an object in maps and queues.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ObjectKey {
    class: &'static str,
    scope: Box<str>,
    id: Box<str>,
}

impl ObjectKey {
    /// Creates the key of an object. `None` if the bindings do not know its class.
    pub(super) fn of<E: Message>(object: Object<'_>) -> Option<Self> {
        let class = class::<E>(object.class)?;
        Some(ObjectKey {
            class: class.name,
            scope: object.scope.into(),
            id: object.id.into(),
        })
    }

    pub(super) fn object(&self) -> Object<'_> {
        Object::scoped(self.class, &self.scope, &self.id)
    }

    pub(super) fn class(&self) -> &'static str {
        self.class
    }
}

/// Returns a class by its name.
pub(super) fn class<E: Message>(name: &str) -> Option<&'static Class> {
    E::CLASSES.iter().find(|class| class.name == name)
}
