// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `direction`.

use crate::runtime;

/// Values of `direction`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MuteDirection {
    /// Both directions.
    Both,
    /// Audio that comes from the channel's device: Asterisk and the other parties no longer hear
    /// it.
    In,
    /// Audio that goes to the channel's device: it no longer hears anything.
    Out,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    MuteDirection,
    Both = "both",
    In = "in",
    Out = "out",
);
