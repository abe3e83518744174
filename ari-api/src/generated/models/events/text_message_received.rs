// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `TextMessageReceived`.

use crate::{models, runtime};

/// A text message came in from outside any call, such as a SIP MESSAGE.
///
/// Sent to applications subscribed to the endpoint it came from, such as `endpoint:PJSIP/alice`, or
/// to the whole technology, `endpoint:PJSIP`. Reply with `sendMessage`.
///
/// Available in Asterisk 12.5.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TextMessageReceived {
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
    /// The message: sender, recipient, text and variables.
    pub message: models::TextMessage,
    /// The endpoint it came from; absent if Asterisk does not know it.
    pub endpoint: Option<models::Endpoint>,
}

runtime::model!(
    TextMessageReceived = tagged("type", "TextMessageReceived"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    message = required("message"),
    endpoint = optional("endpoint"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "TextMessageReceived",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("message", "TextMessage"),
        ("endpoint", "Endpoint"),
    ],
};
