// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelLeftBridge`.

use crate::{models, runtime};

/// A channel left a bridge.
///
/// The reason can be a removal by request, a hangup, a move to another bridge or a transfer. The
/// bridge itself remains: when one party is left alone in silence, or nobody is left, it is up to
/// the application to hang up and to destroy the bridge.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelLeftBridge {
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
    /// The bridge left.
    pub bridge: models::Bridge,
    /// The channel that left it; it may be about to be hung up.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelLeftBridge = tagged("type", "ChannelLeftBridge"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelLeftBridge",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("bridge", "Bridge"),
        ("channel", "Channel"),
    ],
};
