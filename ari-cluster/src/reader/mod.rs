//! Readers of events: they find what the bus has dropped, and ask the gateway for it.

pub(crate) mod follow;
pub(crate) mod inbox;
pub(crate) mod replay;
pub(crate) mod source;
pub(crate) mod who;
