// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ChannelUserevent`.

use crate::{models, runtime};

/// An event made up by an application or by the dialplan.
///
/// Sent by `POST /events/user/{eventName}` to the application named there, and by the dialplan's
/// `UserEvent()` to those subscribed to the channel. Programs use it to signal each other, or to
/// wake up their own event loop. Despite its name it need not concern a channel.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelUserevent {
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
    /// The name its sender gave it.
    pub eventname: String,
    /// The channel given as a source, or the one that ran `UserEvent()`; absent otherwise.
    ///
    /// Always sent by Asterisk 12 (before 12.3.0).
    pub channel: Option<models::Channel>,
    /// The bridge given as a source; absent otherwise.
    ///
    /// Available in Asterisk 12.3.0 and later.
    pub bridge: Option<models::Bridge>,
    /// The endpoint given as a source; absent otherwise.
    ///
    /// Available in Asterisk 12.3.0 and later.
    pub endpoint: Option<models::Endpoint>,
    /// The sender's own keys and values, of any JSON type. Contains `eventname` once more.
    pub userevent: serde_json::Map<String, serde_json::Value>,
}

runtime::model!(
    ChannelUserevent = tagged("type", "ChannelUserevent"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    eventname = required("eventname"),
    channel = optional("channel"),
    bridge = optional("bridge"),
    endpoint = optional("endpoint"),
    userevent = required("userevent"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ChannelUserevent",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("eventname", "string"),
        ("channel", "Channel"),
        ("bridge", "Bridge"),
        ("endpoint", "Endpoint"),
        ("userevent", "object"),
    ],
};
