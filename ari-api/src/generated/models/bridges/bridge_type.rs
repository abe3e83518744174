// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `bridge_type` of [`Bridge`](crate::models::Bridge).

use crate::runtime;

/// Values of `bridge_type` of [`Bridge`](crate::models::Bridge).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BridgeType {
    /// Participants hear each other.
    Mixing,
    /// Participants wait without hearing each other.
    Holding,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    BridgeType,
    Mixing = "mixing",
    Holding = "holding",
);
