// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelVarset`.

use crate::{models, runtime};

/// A channel variable or a global variable was set.
///
/// Asterisk sets many variables on its own, so this is among the most frequent events; drop it with
/// an event filter if you do not need it. Variables set after the channel left the application,
/// such as RTP statistics of a call hung up by request, are not seen by a subscription that ended
/// with `StasisEnd`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelVarset {
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
    /// Name of the variable.
    pub variable: String,
    /// Its new value; an empty string when it was cleared.
    pub value: String,
    /// The channel the variable belongs to; absent for a global variable.
    pub channel: Option<models::Channel>,
}

runtime::model!(
    ChannelVarset = tagged("type", "ChannelVarset"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    variable = required("variable"),
    value = required("value"),
    channel = optional("channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelVarset",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("variable", "string"),
        ("value", "string"),
        ("channel", "Channel"),
    ],
};
