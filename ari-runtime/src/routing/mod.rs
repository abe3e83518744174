//! Routes events to the streams of applications and objects.

pub(crate) mod health;
pub(crate) mod lazy_event;
pub(crate) mod pending_creations;
pub(crate) mod private_channels;
pub(crate) mod queue;
pub(crate) mod reorder;
pub(crate) mod router;
pub(crate) mod span;
pub(crate) mod stream;
pub(crate) mod subscribers;
