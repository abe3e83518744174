// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `state` of [`Endpoint`](crate::models::Endpoint).

use crate::runtime;

/// Values of `state` of [`Endpoint`](crate::models::Endpoint).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EndpointState {
    /// The channel driver does not track whether the device can be reached, or has not found out
    /// yet.
    Unknown,
    /// The device cannot be reached: not registered, or it does not answer qualify requests.
    Offline,
    /// The device can be reached.
    Online,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    EndpointState,
    Unknown = "unknown",
    Offline = "offline",
    Online = "online",
);
