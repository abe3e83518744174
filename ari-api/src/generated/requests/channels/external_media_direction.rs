// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `direction`.

use crate::runtime;

/// Values of `direction`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExternalMediaDirection {
    /// Media flows both ways.
    Both,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ExternalMediaDirection,
    Both = "both",
);
