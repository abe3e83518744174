// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelCreated`.

use crate::{models, runtime};

/// A channel came into being.
///
/// It is the first event of a channel the application originates, often ahead of the response to
/// that request. Channels made by others are announced only with `subscribeAll` or a subscription
/// to their endpoint. The channel is not yet in any application; wait for `StasisStart` before
/// controlling it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelCreated {
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
    /// The new channel, normally in state `Down` or `Ring`.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelCreated = tagged("type", "ChannelCreated"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelCreated",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
    ],
};
