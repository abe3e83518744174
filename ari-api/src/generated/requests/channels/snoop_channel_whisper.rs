// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `whisper`.

use crate::runtime;

/// Values of `whisper`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SnoopChannelWhisper {
    /// Whispers to nobody.
    None,
    /// Heard by the channel's device and by those it talks to.
    Both,
    /// Heard by the channel's device only.
    Out,
    /// Mixed into what the device says, so heard by those it talks to.
    In,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    SnoopChannelWhisper,
    None = "none",
    Both = "both",
    Out = "out",
    In = "in",
);
