//! Errors: everything that can fail between an application and Asterisk.

pub(crate) mod connection;
mod display;
pub(crate) mod finding;
pub(crate) mod types;

pub use crate::json::JsonError;
pub use crate::values::timestamp::TimestampError;
pub use connection::{ConnectionError, ConnectionProblem};
pub use finding::Finding;
pub use types::{DecodeError, Error, ErrorResponse, GoneReason, TransportError};
