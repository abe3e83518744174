// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Dial`.

use crate::{models, runtime};

/// A dialling attempt began or advanced.
///
/// Each attempt yields a first event with an empty `dialstatus`, then any progress, then a final
/// status. To be notified of calls that fail, watch this event or `ChannelDestroyed`: a channel
/// that never answers never enters the application.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Dial {
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
    /// The channel on whose behalf the call is made; absent for an origination that has none.
    pub caller: Option<models::Channel>,
    /// The channel being called.
    pub peer: models::Channel,
    /// Destination to which the called side forwards the call; empty or absent if it does not.
    pub forward: Option<String>,
    /// The channel that now calls the forwarding destination; absent otherwise.
    pub forwarded: Option<models::Channel>,
    /// Dialled address, in the form the channel technology uses; may be empty in later events of
    /// the attempt.
    pub dialstring: Option<String>,
    /// Empty at the start; then `RINGING`, `PROGRESS` or `PROCEEDING`; finally `ANSWER`, `BUSY`,
    /// `CONGESTION`, `CHANUNAVAIL`, `NOANSWER`, `CANCEL` or another word. Treat the set as open.
    pub dialstatus: String,
}

runtime::model!(
    Dial = tagged("type", "Dial"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    caller = optional("caller"),
    peer = required("peer"),
    forward = optional("forward"),
    forwarded = optional("forwarded"),
    dialstring = optional("dialstring"),
    dialstatus = required("dialstatus"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Dial",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("caller", "Channel"),
        ("peer", "Channel"),
        ("forward", "string"),
        ("forwarded", "Channel"),
        ("dialstring", "string"),
        ("dialstatus", "string"),
    ],
};
