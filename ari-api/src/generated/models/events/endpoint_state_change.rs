// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `EndpointStateChange`.

use crate::{models, runtime};

/// An endpoint's state changed, between `online` and `offline` for instance.
///
/// Sent for endpoints the application is subscribed to, and also when a channel of the endpoint is
/// added or goes away, so compare `state` with what you had before concluding anything.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EndpointStateChange {
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
    /// The endpoint with its state and the ids of its channels.
    pub endpoint: models::Endpoint,
}

runtime::model!(
    EndpointStateChange = tagged("type", "EndpointStateChange"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    endpoint = required("endpoint"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "EndpointStateChange",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("endpoint", "Endpoint"),
    ],
};
