//! TLS of the client: trusted roots and the client's own certificate.

pub(crate) mod named;
pub(crate) mod settings;
