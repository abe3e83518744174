// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `CallBroadcast`.

use crate::{models, runtime};

/// A call is offered to several applications; the first one to claim it gets it.
///
/// Sent when the dialplan runs `StasisBroadcast()`, to every registered application its name filter
/// admits, without any subscription. To take the call, send `POST /events/claim` at once: the offer
/// lasts half a second unless the dialplan says otherwise. The winner then gets a `StasisStart`;
/// until then the channel cannot be controlled.
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CallBroadcast {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel on offer; its id goes into the claim.
    pub channel: models::Channel,
    /// Number of the caller; empty when not known.
    pub caller: Option<String>,
    /// Extension the call came in on; may be empty.
    pub called: Option<String>,
}

runtime::model!(
    CallBroadcast = tagged("type", "CallBroadcast"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    caller = optional("caller"),
    called = optional("called"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "CallBroadcast",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
        ("caller", "string"),
        ("called", "string"),
    ],
};
