//! The messages on the bus: subjects, the header, and bodies of several events. The body of an event
//! or of a response is Asterisk's own, byte for byte.

pub(crate) mod batch;
pub(crate) mod card;
pub(crate) mod claim;

pub(crate) mod header;
pub(crate) mod named_objects;
pub(crate) mod refusal;
pub(crate) mod subject;
pub(crate) mod verb;
