// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `TextMessage`.

use crate::runtime;

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

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "TextMessage",
    fields: &[
        ("from", "string"),
        ("to", "string"),
        ("body", "string"),
        ("variables", "object"),
    ],
};
