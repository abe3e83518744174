//! Several servers as one: their events in one stream, requests to the server that has the object,
//! and new objects on the least loaded server.

pub(crate) mod place;
pub(crate) mod route;
pub(crate) mod servers;
pub(crate) mod stream;

pub use place::{Placed, Placement};
pub use servers::{Fleet, FleetServer};
