// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelToneDetected`.

use crate::{models, runtime};

/// The tone that was being watched for was heard on a channel.
///
/// Sent only if the dialplan function `TONE_DETECT` was set on the channel, for instance for a fax
/// or modem tone or the beep of an answering machine.
///
/// Available in Asterisk 22 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelToneDetected {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel the tone was heard on.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelToneDetected = tagged("type", "ChannelToneDetected"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelToneDetected",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
    ],
};
