//! Transports over the bus: requests to a gateway, and the events of calls and applications.

pub(crate) mod created;
pub(crate) mod requester;
pub(crate) mod server_transport;
pub(crate) mod socket;
