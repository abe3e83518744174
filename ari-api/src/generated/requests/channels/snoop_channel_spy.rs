// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `spy`.

use crate::runtime;

/// Values of `spy`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SnoopChannelSpy {
    /// Hears nothing.
    None,
    /// Hears both directions, mixed.
    Both,
    /// Hears what is sent to the channel's device.
    Out,
    /// Hears what the channel's device says.
    In,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    SnoopChannelSpy,
    None = "none",
    Both = "both",
    Out = "out",
    In = "in",
);
