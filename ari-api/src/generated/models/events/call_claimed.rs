// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `CallClaimed`.

use crate::{models, runtime};

/// A call offered with `CallBroadcast` was claimed.
///
/// Information for those that did not win: withdraw the offer from screens. Newer servers send it
/// only when the dialplan's `StasisBroadcast()` asks for it with `notify_claimed`, so do not wait
/// for it: a late claim is answered by 409 or 404 in any case.
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CallClaimed {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    pub timestamp: Option<runtime::Timestamp>,
    /// The claimed channel as it was at that moment.
    pub channel: models::Channel,
    /// Name of the application that got it.
    pub winner_app: String,
}

runtime::model!(
    CallClaimed = tagged("type", "CallClaimed"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    winner_app = required("winner_app"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "CallClaimed",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("channel", "Channel"),
        ("winner_app", "string"),
    ],
};
