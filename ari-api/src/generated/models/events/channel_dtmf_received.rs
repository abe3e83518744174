// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelDtmfReceived`.

use crate::{models, runtime};

/// The caller pressed a key.
///
/// Sent when the key is released; nothing is sent when it is pressed. Digits the application sends
/// itself with `dtmf` do not come back. Digits come one event each, so an application collects them
/// itself, with a timeout between digits, and often stops a running prompt at the first one.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelDtmfReceived {
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
    /// The key: `0` to `9`, `*`, `#`, or `A` to `D`.
    pub digit: String,
    /// Time for which the key was held.
    ///
    /// Asterisk counts it in whole milliseconds.
    pub duration: std::time::Duration,
    /// The channel the digit came in on.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelDtmfReceived = tagged("type", "ChannelDtmfReceived"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    digit = required("digit"),
    duration = required("duration_ms", Milliseconds as Int),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelDtmfReceived",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("digit", "string"),
        ("duration_ms", "int"),
        ("channel", "Channel"),
    ],
};
