// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `StasisStart`.

use crate::{models, runtime};

/// A channel entered the application and is now under its control.
///
/// Sent when the dialplan runs `Stasis()`, when an originated channel is answered, and for channels
/// that come from `create`, `snoop`, `externalMedia` or `move`. This is where a call begins:
/// distinguish incoming calls from those you made yourself by `args` or by the ids you chose, since
/// both arrive here. An incoming channel has not been answered yet; `answer` it to be able to talk.
/// Nothing else happens to the channel until the application acts: if the event is lost, the caller
/// hears silence.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StasisStart {
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
    /// The arguments given to `Stasis()` or as `appArgs`, in order. Empty when there were none, and
    /// always when `replace_channel` is present.
    pub args: Vec<String>,
    /// The channel that entered.
    pub channel: models::Channel,
    /// The channel whose place `channel` takes in the application, after an attended transfer for
    /// instance; a `StasisEnd` for it follows. Carry your state over to the new id. Absent when a
    /// channel simply enters.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub replace_channel: Option<models::Channel>,
}

runtime::model!(
    StasisStart = tagged("type", "StasisStart"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    args = required("args"),
    channel = required("channel"),
    replace_channel = optional("replace_channel"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "StasisStart",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("args", "List[string]"),
        ("channel", "Channel"),
        ("replace_channel", "Channel"),
    ],
};
