// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `BridgeMerged`.

use crate::{models, runtime};

/// Two bridges became one; all channels of one moved into the other.
///
/// Attended transfers do this. Sent to applications subscribed to either bridge. Replace the old
/// bridge id by the new one in what you keep.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeMerged {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The bridge that goes on, now holding the channels of both.
    pub bridge: models::Bridge,
    /// The bridge whose channels moved out; it is about to be destroyed.
    pub bridge_from: models::Bridge,
}

runtime::model!(
    BridgeMerged = tagged("type", "BridgeMerged"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
    bridge_from = required("bridge_from"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "BridgeMerged",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("bridge", "Bridge"),
        ("bridge_from", "Bridge"),
    ],
};
