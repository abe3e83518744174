// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Peer`.

use crate::runtime;

/// Information of a channel technology about the far end of an endpoint.
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Peer {
    /// The new status. The words depend on the technology: `Reachable` and `Unreachable` for PJSIP,
    /// also `Registered`, `Unregistered`, `Lagged` and others elsewhere.
    pub peer_status: String,
    /// Reason for the change, if the technology gave one.
    pub cause: Option<String>,
    /// IP address of the peer, if known.
    pub address: Option<String>,
    /// Port of the peer, as a string, if known.
    pub port: Option<String>,
    /// Time of the last message from the peer, if the technology reports it; usually absent.
    pub time: Option<String>,
}

runtime::model!(
    Peer = named("Peer"),
    peer_status = required("peer_status"),
    cause = optional("cause"),
    address = optional("address"),
    port = optional("port"),
    time = optional("time"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Peer",
    fields: &[
        ("peer_status", "string"),
        ("cause", "string"),
        ("address", "string"),
        ("port", "string"),
        ("time", "string"),
    ],
};
