// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ApplicationMoveFailed`.

use crate::{models, runtime};

/// A channel could not be handed over to another application with `move`.
///
/// `move` answers before the hand-over takes place, so a destination that is not registered shows
/// up only here, in the application the channel came from.
///
/// Available in Asterisk 13.26.0, 16.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ApplicationMoveFailed {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel that was to be moved.
    pub channel: models::Channel,
    /// Name of the application it was to enter.
    pub destination: String,
    /// The arguments meant for the destination's `StasisStart`.
    pub args: Vec<String>,
}

runtime::model!(
    ApplicationMoveFailed = tagged("type", "ApplicationMoveFailed"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    destination = required("destination"),
    args = required("args"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ApplicationMoveFailed",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
        ("destination", "string"),
        ("args", "List[string]"),
    ],
};
