// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelHangupRequest`.

use crate::{models, runtime};

/// A hangup of the channel was requested: the far end hung up, or Asterisk or an application
/// requested it.
///
/// The first sign that a call is over; `StasisEnd` follows. By then it is too late to play anything
/// to that party. Stop all operations of the channel, and handle the other legs.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelHangupRequest {
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
    /// Hangup cause, a Q.850 number as in `ChannelDestroyed`; absent when none was given. Take it
    /// as a signed number.
    pub cause: Option<i64>,
    /// The protocol's own code for a call that did not end normally, such as the SIP status 486.
    /// Absent when there is none.
    ///
    /// Available in Asterisk 20.17.0, 22.7.0, 23.1.0 and later.
    pub tech_cause: Option<i64>,
    /// True when the hangup was asked for from within Asterisk, by a request or a command for
    /// instance. Absent when the far side hung up.
    pub soft: Option<bool>,
    /// The channel that is to end.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelHangupRequest = tagged("type", "ChannelHangupRequest"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    cause = optional("cause"),
    tech_cause = optional("tech_cause"),
    soft = optional("soft"),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelHangupRequest",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("cause", "int"),
        ("tech_cause", "int"),
        ("soft", "boolean"),
        ("channel", "Channel"),
    ],
};
