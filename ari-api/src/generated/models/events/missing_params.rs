// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `MissingParams`.

use crate::runtime;

/// Error message in place of events: the WebSocket was opened without a parameter it needs.
///
/// Only Asterisk 12 and 13 send it, when the connection named no application. Open a new connection
/// with the parameter; this one delivers nothing.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MissingParams {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Names of the parameters that were missing, such as `app`.
    pub params: Vec<String>,
}

runtime::model!(
    MissingParams = tagged("type", "MissingParams"),
    asterisk_id = optional("asterisk_id"),
    params = required("params"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "MissingParams",
    fields: &[("type", "string"), ("asterisk_id", "string"), ("params", "List[string]")],
};
