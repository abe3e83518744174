// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelConnectedLine`.

use crate::{models, runtime};

/// The name or number of the party at the other end changed for a channel.
///
/// Happens when a call is answered, picked up, bridged or transferred; phones use it to show whom
/// one is talking to.
///
/// Available in Asterisk 13.1.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelConnectedLine {
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
    /// The channel, `connected` being the new value.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelConnectedLine = tagged("type", "ChannelConnectedLine"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelConnectedLine",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
    ],
};
