//! The event type of bindings, described by values. Sessions and routers use it instead of a type
//! parameter, so that they are compiled once for all event types.

use std::any::Any;
use std::sync::Arc;

use crate::error::types::Error;
use crate::event::event_type::EventType;
use crate::event::object::{ObjectKind, ObjectRef};
use crate::schema::operation::{Method, Operation};

/// An event of any bindings.
pub(crate) type AnyEvent = dyn Any + Send + Sync;

/// A function that is called with every object that an event is about, and with true if the event
/// reports its end.
pub(crate) type FoundObjectFn<'a> = dyn FnMut(ObjectRef<'_>, bool) + 'a;

/// An [`EventType`], described by values. Its events are of one type, which only the public streams
/// name.
#[derive(Debug)]
pub(crate) struct Bindings {
    pub(crate) discriminator: &'static str,
    pub(crate) object_kinds: &'static [ObjectKind],
    pub(crate) operations: fn() -> &'static [&'static Operation],
    /// See [`EventType::decode`].
    pub(crate) decode: fn(&str) -> Result<Arc<AnyEvent>, Error>,
    /// See [`EventType::decode_as`].
    pub(crate) decode_as: fn(&str, &str) -> Result<Arc<AnyEvent>, Error>,
    /// See [`EventType::visit_objects`].
    pub(crate) visit_objects: fn(&AnyEvent, &mut FoundObjectFn<'_>),
}

impl Bindings {
    /// Returns the description of an event type.
    pub(crate) const fn for_events<E: EventType>() -> &'static Self {
        const {
            &Bindings {
                discriminator: E::DISCRIMINATOR,
                object_kinds: E::OBJECT_KINDS,
                operations: E::operations,
                decode: |raw| Ok(Arc::new(E::decode(raw)?)),
                decode_as: |kind, raw| Ok(Arc::new(E::decode_as(kind, raw)?)),
                visit_objects: |event, found| {
                    if let Some(event) = event.downcast_ref::<E>() {
                        event.visit_objects(found);
                    }
                },
            }
        }
    }

    /// Returns a class of objects by its name.
    pub(crate) fn object_kind(&self, name: &str) -> Option<&'static ObjectKind> {
        self.object_kinds.iter().find(|class| class.name == name)
    }

    /// Returns an operation, which may be for a release that lacks it.
    pub(crate) fn operation(
        &self,
        method: Method,
        path: &str,
    ) -> Result<&'static Operation, Error> {
        let mut operations = (self.operations)().iter().copied();
        operations
            .find(|operation| operation.method == method && operation.path == path)
            .ok_or_else(|| Error::InvalidConfig(format!("the bindings lack {method} {path}")))
    }
}
