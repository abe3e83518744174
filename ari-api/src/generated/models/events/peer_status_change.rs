// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `PeerStatusChange`.

use crate::{models, runtime};

/// The peer behind an endpoint changed its status, such as becoming reachable.
///
/// Sent for endpoints the application is subscribed to. For PJSIP, `ContactStatusChange` has more
/// details.
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PeerStatusChange {
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
    /// The endpoint the peer stands for.
    pub endpoint: models::Endpoint,
    /// The peer and its new status.
    pub peer: models::Peer,
}

runtime::model!(
    PeerStatusChange = tagged("type", "PeerStatusChange"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    endpoint = required("endpoint"),
    peer = required("peer"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "PeerStatusChange",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("endpoint", "Endpoint"),
        ("peer", "Peer"),
    ],
};
