// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelStateChange`.

use crate::{models, runtime};

/// A channel's state changed, for instance from `Ringing` to `Up`.
///
/// `Up` means answered, so this is how to notice that a channel made with `create` and `dial` was
/// picked up. Early media does not change the state; `Dial` shows progress more finely.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelStateChange {
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
    /// The channel, `state` being the new state.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelStateChange = tagged("type", "ChannelStateChange"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelStateChange",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
    ],
};
