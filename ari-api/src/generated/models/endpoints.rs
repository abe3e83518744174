// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `endpoints`.

use crate::{models, runtime};

/// A device or trunk as Asterisk knows it. It has no single id: technology and resource together
/// identify it, written `PJSIP/alice`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Endpoint {
    /// Channel technology, such as `PJSIP`.
    pub technology: String,
    /// Name within the technology, such as `alice`.
    pub resource: String,
    /// Reachability of the device. It says nothing about calls; for busy or ringing see the device
    /// states.
    pub state: Option<models::EndpointState>,
    /// Ids of the channels the endpoint has at the moment. Empty when it is in no call.
    pub channel_ids: Vec<String>,
}

runtime::model!(
    Endpoint = named("Endpoint"),
    technology = required("technology"),
    resource = required("resource"),
    state = optional("state"),
    channel_ids = required("channel_ids"),
);

/// A text message that reached Asterisk outside of a call, as carried by `TextMessageReceived`.
///
/// Available in Asterisk 12.5.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TextMessage {
    /// Sender, as the technology writes it; for `pjsip` the `From` header, such as
    /// `"Alice" <sip:alice@example.com>`.
    pub from: String,
    /// Recipient, as the technology writes it; for `pjsip` a SIP URI marked with that technology,
    /// such as `pjsip:200@example.com`.
    pub to: String,
    /// Text of the message.
    pub body: String,
    /// Further values that came with the message; for `pjsip` its SIP headers. An object of names
    /// and values; releases that have `TextMessageVariable` specify a list of those instead.
    pub variables: Option<serde_json::Value>,
}

runtime::model!(
    TextMessage = named("TextMessage"),
    from = required("from"),
    to = required("to"),
    body = required("body"),
    variables = optional("variables"),
);

/// One value that came with a text message.
///
/// Available in Asterisk 12.5.0, 13 (before 13.32.0), 14, 15, 16 (before 16.9.0), 17
/// (before 17.3.0).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TextMessageVariable {
    /// Name of the value; for SIP the name of the header.
    pub key: String,
    /// The value as a string.
    pub value: String,
}

runtime::model!(
    TextMessageVariable = named("TextMessageVariable"),
    key = required("key"),
    value = required("value"),
);

/// Values of `state` of [`Endpoint`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EndpointState {
    /// The channel driver does not track whether the device can be reached, or has not found out
    /// yet.
    Unknown,
    /// The device cannot be reached: not registered, or it does not answer qualify requests.
    Offline,
    /// The device can be reached.
    Online,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    EndpointState,
    Unknown = "unknown",
    Offline = "offline",
    Online = "online",
);
