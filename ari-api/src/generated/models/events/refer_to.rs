// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ReferTo`.

use crate::{models, runtime};

/// The destination of a transfer request, with the call it belongs to as far as Asterisk knows that
/// call.
///
/// On a blind transfer, or when the other call is on another server, only `requested_destination`
/// is there.
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ReferTo {
    /// The destination as the phone gave it.
    pub requested_destination: models::RequiredDestination,
    /// The transferer's channel in the other call, which the transferred party is to replace;
    /// absent when Asterisk could not find it.
    pub destination_channel: Option<models::Channel>,
    /// The party in that other call; absent when not known.
    pub connected_channel: Option<models::Channel>,
    /// The bridge that connects those two; absent when not known.
    pub bridge: Option<models::Bridge>,
}

runtime::model!(
    ReferTo = named("ReferTo"),
    requested_destination = required("requested_destination"),
    destination_channel = optional("destination_channel"),
    connected_channel = optional("connected_channel"),
    bridge = optional("bridge"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ReferTo",
    fields: &[
        ("requested_destination", "RequiredDestination"),
        ("destination_channel", "Channel"),
        ("connected_channel", "Channel"),
        ("bridge", "Bridge"),
    ],
};
