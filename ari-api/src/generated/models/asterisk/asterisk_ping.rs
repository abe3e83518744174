// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `AsteriskPing`.

use crate::runtime;

/// Answer to `ping`.
///
/// Available in Asterisk 13.25.0, 16.2.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AsteriskPing {
    /// Entity id of the server; the same value as `asterisk_id` in events.
    pub asterisk_id: String,
    /// Always `pong`.
    pub ping: String,
    /// Time on the server when it answered.
    pub timestamp: String,
}

runtime::model!(
    AsteriskPing = named("AsteriskPing"),
    asterisk_id = required("asterisk_id"),
    ping = required("ping"),
    timestamp = required("timestamp"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "AsteriskPing",
    fields: &[("asterisk_id", "string"), ("ping", "string"), ("timestamp", "string")],
};
