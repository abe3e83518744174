// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelTalkingStarted`.

use crate::{models, runtime};

/// The party on a channel began to speak.
///
/// Sent only if talk detection was turned on, by setting the variable `TALK_DETECT(set)` on the
/// channel. Used for interrupting a prompt, for showing the current speaker of a conference, for
/// distinguishing a person from silence. Loud noise counts as speech.
///
/// Available in Asterisk 12.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelTalkingStarted {
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
    /// The channel on which speech was heard.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelTalkingStarted = tagged("type", "ChannelTalkingStarted"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelTalkingStarted",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
    ],
};
