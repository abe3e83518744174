// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `StasisEnd`.

use crate::{models, runtime};

/// A channel left the application.
///
/// It hung up, went on in the dialplan, was moved to another application, or was replaced by
/// another channel: it does not mean that the call is over. The channel's subscription has ended,
/// and operations on the channel now fail. Free what you hold for the channel, and look after its
/// other legs and its bridge: Asterisk leaves them as they are. For a hangup by request it can
/// arrive ahead of the response.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StasisEnd {
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
    /// The channel that left.
    pub channel: models::Channel,
}

runtime::model!(
    StasisEnd = tagged("type", "StasisEnd"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "StasisEnd",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
    ],
};
