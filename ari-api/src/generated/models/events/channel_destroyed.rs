// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelDestroyed`.

use crate::{models, runtime};

/// A channel has been hung up and no longer exists.
///
/// The last event of a channel, with the reason why it ended. The subscription that comes with
/// `StasisStart` ends at `StasisEnd`, ahead of this event: to rely on it, or to learn why an
/// originated call failed before it was answered, stay subscribed by originating the channel into
/// the application, by subscribing to `channel:id`, or by `subscribeAll`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelDestroyed {
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
    /// Hangup cause, a Q.850 number: 16 normal clearing, 17 busy, 19 no answer, 21 rejected, 34
    /// congestion, 0 not known. Take it as a signed number.
    pub cause: i64,
    /// The cause in English, such as `Normal Clearing`.
    pub cause_txt: String,
    /// The protocol's own code for a call that did not end normally, such as the SIP status 486.
    /// Absent when there is none.
    ///
    /// Available in Asterisk 20.17.0, 22.7.0, 23.1.0 and later.
    pub tech_cause: Option<i64>,
    /// The channel as it last was.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelDestroyed = tagged("type", "ChannelDestroyed"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    cause = required("cause"),
    cause_txt = required("cause_txt"),
    tech_cause = optional("tech_cause"),
    channel = required("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelDestroyed",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("cause", "int"),
        ("cause_txt", "string"),
        ("tech_cause", "int"),
        ("channel", "Channel"),
    ],
};
