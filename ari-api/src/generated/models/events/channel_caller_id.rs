// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelCallerId`.

use crate::{models, runtime};

/// The caller's name or number on a channel changed.
///
/// Happens when the dialplan or the application sets the caller id, or the other side updates it
/// during the call.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelCallerId {
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
    /// Presentation of the number, as the bits used in signalling: 0 to 3 allowed, 32 to 35
    /// withheld, 67 not available.
    pub caller_presentation: i64,
    /// The same in English.
    pub caller_presentation_txt: String,
    /// The channel, `caller` being the new value.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelCallerId = tagged("type", "ChannelCallerId"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    caller_presentation = required("caller_presentation"),
    caller_presentation_txt = required("caller_presentation_txt"),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelCallerId",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("caller_presentation", "int"),
        ("caller_presentation_txt", "string"),
        ("channel", "Channel"),
    ],
};
