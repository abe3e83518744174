// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `terminateOn`.

use crate::runtime;

/// Values of `terminateOn`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordTerminateOn {
    /// No digit ends the recording.
    None,
    /// Any digit ends the recording.
    Any,
    /// The star key ends the recording.
    Star,
    /// The pound key ends the recording.
    Pound,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    RecordTerminateOn,
    None = "none",
    Any = "any",
    Star = "*",
    Pound = "#",
);
