// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelHold`.

use crate::{models, runtime};

/// The device on this channel put the call on hold.
///
/// For SIP, a re-INVITE that stops the audio towards Asterisk. Sent for hold that comes from the
/// far side; the operation `hold` acts in the other direction. Applications use it to pause a
/// recording or a transcription, and to play music to the other party.
///
/// Available in Asterisk 13.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelHold {
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
    /// The channel whose device put the call on hold.
    pub channel: models::Channel,
    /// Music-on-hold class the device would like the other party to hear; absent when it named
    /// none.
    pub musicclass: Option<String>,
}

runtime::model!(
    ChannelHold = tagged("type", "ChannelHold"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    musicclass = optional("musicclass"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelHold",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
        ("musicclass", "string"),
    ],
};
