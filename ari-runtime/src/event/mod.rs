//! Events: the raw text of a message, the type that decodes it, and the objects it names.

pub(crate) mod bindings;
pub(crate) mod connection_event;
pub(crate) mod envelope;
pub(crate) mod event_type;
pub(crate) mod object;
pub(crate) mod object_key;
