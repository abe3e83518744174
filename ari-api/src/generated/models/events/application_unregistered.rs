// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ApplicationUnregistered`.

use crate::runtime;

/// An application is no longer served by this outbound WebSocket.
///
/// Sent only on connections that Asterisk opened towards the application; those the application
/// opened itself never get it.
///
/// Available in Asterisk 20.15.0, 21.10.0, 22.5.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ApplicationUnregistered {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    pub timestamp: Option<runtime::Timestamp>,
}

runtime::model!(
    ApplicationUnregistered = tagged("type", "ApplicationUnregistered"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ApplicationUnregistered",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
    ],
};
