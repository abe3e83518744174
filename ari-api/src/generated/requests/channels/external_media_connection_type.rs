// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `connection_type`.

use crate::runtime;

/// Values of `connection_type`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExternalMediaConnectionType {
    /// Asterisk connects to the program.
    Client,
    /// The program connects to Asterisk.
    ///
    /// Available in Asterisk 20.16.0, 21.11.0, 22.6.0 and later.
    Server,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ExternalMediaConnectionType,
    Client = "client",
    Server = "server",
);
