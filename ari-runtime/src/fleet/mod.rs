//! Several servers as one: their events in one stream, and requests to the server that has the
//! object.

pub(crate) mod route;
pub(crate) mod servers;
pub(crate) mod stream;

pub use servers::Fleet;
