//! The ARI side of a session: the channels and bridges around the connection that carries audio,
//! and the task that drives it.

pub(crate) mod counters;
mod driver;
pub(crate) mod endpoint;
mod membership;
pub(crate) mod open;
pub(crate) mod permit;
pub(crate) mod registry;
mod resources;
pub(crate) mod settings;
pub(crate) mod shared;
