// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelEnteredBridge`.

use crate::{models, runtime};

/// A channel joined a bridge and can hear the others in it.
///
/// The effect of `addChannel` becomes visible here, also for channels that others put into the
/// bridge. Use it, rather than the response, to keep a list of the participants of a conference.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelEnteredBridge {
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
    /// The bridge joined.
    pub bridge: models::Bridge,
    /// The channel that joined it.
    pub channel: Option<models::Channel>,
}

runtime::model!(
    ChannelEnteredBridge = tagged("type", "ChannelEnteredBridge"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
    channel = optional("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelEnteredBridge",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("bridge", "Bridge"),
        ("channel", "Channel"),
    ],
};
