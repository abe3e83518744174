// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `state` of [`Channel`](crate::models::Channel).

use crate::runtime;

/// Values of `state` of [`Channel`](crate::models::Channel).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChannelState {
    /// Created, but not dialed and not in use.
    Down,
    /// Down, with a line reserved for it.
    Rsrved,
    /// The device is off the hook.
    OffHook,
    /// A number has been dialed outward; nothing is ringing yet.
    Dialing,
    /// An incoming call that is not answered yet.
    Ring,
    /// An outgoing call; the called device rings.
    Ringing,
    /// Answered; audio flows.
    Up,
    /// The line is busy.
    Busy,
    /// Digits have been dialed while off the hook.
    DialingOffhook,
    /// An incoming call was detected, and the line waits for the ring.
    PreRing,
    /// Asterisk does not know the state.
    Unknown,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ChannelState,
    Down = "Down",
    Rsrved = "Rsrved",
    OffHook = "OffHook",
    Dialing = "Dialing",
    Ring = "Ring",
    Ringing = "Ringing",
    Up = "Up",
    Busy = "Busy",
    DialingOffhook = "Dialing Offhook",
    PreRing = "Pre-ring",
    Unknown = "Unknown",
);
