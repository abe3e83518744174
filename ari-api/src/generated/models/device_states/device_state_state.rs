// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `state` of [`DeviceState`](crate::models::DeviceState).

use crate::runtime;

/// Values of `state` of [`DeviceState`](crate::models::DeviceState).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeviceStateState {
    /// Nothing is known: the device has no state, or its driver does not report one.
    Unknown,
    /// Idle.
    NotInuse,
    /// Takes part in a call.
    Inuse,
    /// Busy, taking no further calls.
    Busy,
    /// The device does not exist, as far as its driver knows.
    Invalid,
    /// The device is configured but cannot be reached, for example not registered.
    Unavailable,
    /// Ringing with an incoming call.
    Ringing,
    /// In a call, and ringing with a further one.
    Ringinuse,
    /// All its calls are on hold.
    Onhold,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    DeviceStateState,
    Unknown = "UNKNOWN",
    NotInuse = "NOT_INUSE",
    Inuse = "INUSE",
    Busy = "BUSY",
    Invalid = "INVALID",
    Unavailable = "UNAVAILABLE",
    Ringing = "RINGING",
    Ringinuse = "RINGINUSE",
    Onhold = "ONHOLD",
);
