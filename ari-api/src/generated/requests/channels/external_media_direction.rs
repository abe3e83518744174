// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `direction`.

use crate::runtime;

/// Values of `direction`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExternalMediaDirection {
    /// Media flows both ways.
    Both,
    /// The program only receives: it hears the call.
    ///
    /// Available in Asterisk 20.19.0, 22.9.0, 23.3.0 and later.
    In,
    /// The program only sends: it speaks into the call.
    ///
    /// Available in Asterisk 20.19.0, 22.9.0, 23.3.0 and later.
    Out,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ExternalMediaDirection,
    Both = "both",
    In = "in",
    Out = "out",
);
