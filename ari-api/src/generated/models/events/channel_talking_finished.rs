// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelTalkingFinished`.

use crate::{models, runtime};

/// The party on a channel stopped speaking.
///
/// Sent only where `TALK_DETECT(set)` was set, and only after its silence threshold has passed
/// (2500 ms unless set otherwise): it comes that much later than the last word. Lower the threshold
/// for conversational speech.
///
/// Available in Asterisk 12.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelTalkingFinished {
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
    /// The channel that fell silent.
    pub channel: models::Channel,
    /// Time for which the party spoke; the silence that led to the event is not counted.
    ///
    /// Asterisk counts it in whole milliseconds.
    pub duration: std::time::Duration,
}

runtime::model!(
    ChannelTalkingFinished = tagged("type", "ChannelTalkingFinished"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    duration = required("duration", Milliseconds as Int),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelTalkingFinished",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
        ("duration", "int"),
    ],
};
