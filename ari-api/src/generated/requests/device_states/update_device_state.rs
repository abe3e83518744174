// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `deviceState`.

use crate::runtime;

/// Values of `deviceState`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UpdateDeviceState {
    /// Idle.
    NotInuse,
    /// In use; a lamp is lit.
    Inuse,
    /// Busy, taking no further calls.
    Busy,
    /// The device does not exist.
    Invalid,
    /// The device exists but cannot be reached.
    Unavailable,
    /// Ringing; a lamp typically flashes.
    Ringing,
    /// In use, and ringing with a further call.
    Ringinuse,
    /// The device has put its call on hold.
    Onhold,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    UpdateDeviceState,
    NotInuse = "NOT_INUSE",
    Inuse = "INUSE",
    Busy = "BUSY",
    Invalid = "INVALID",
    Unavailable = "UNAVAILABLE",
    Ringing = "RINGING",
    Ringinuse = "RINGINUSE",
    Onhold = "ONHOLD",
);
