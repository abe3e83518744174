//! Routes events to the streams of applications and objects.

pub(crate) mod queue;
pub(crate) mod reorder;
pub(crate) mod router;
pub(crate) mod stream;
pub(crate) mod subscribers;
