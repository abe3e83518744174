// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `BridgeDestroyed`.

use crate::{models, runtime};

/// A bridge was destroyed.
///
/// Channels that were in it stay alive and in their application. Drop all state of the bridge: its
/// id is no longer valid.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeDestroyed {
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
    /// The bridge as it last was.
    pub bridge: models::Bridge,
}

runtime::model!(
    BridgeDestroyed = tagged("type", "BridgeDestroyed"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "BridgeDestroyed",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("bridge", "Bridge"),
    ],
};
