// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `BridgeCreated`.

use crate::{models, runtime};

/// A bridge was created.
///
/// An application receives this for bridges it is subscribed to, or for all with `subscribeAll`,
/// which includes those made by the dialplan and by Asterisk's own features.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeCreated {
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
    /// The new bridge.
    pub bridge: models::Bridge,
}

runtime::model!(
    BridgeCreated = tagged("type", "BridgeCreated"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "BridgeCreated",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("bridge", "Bridge"),
    ],
};
