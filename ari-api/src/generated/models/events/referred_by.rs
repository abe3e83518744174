// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ReferredBy`.

use crate::{models, runtime};

/// The side a transfer request came from.
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ReferredBy {
    /// The channel of the phone that asked for the transfer; `transfer_progress` goes to this one.
    pub source_channel: models::Channel,
    /// The party it is talking to in this call; absent when not known.
    pub connected_channel: Option<models::Channel>,
    /// The bridge that connects those two; absent when they are not in one.
    pub bridge: Option<models::Bridge>,
}

runtime::model!(
    ReferredBy = named("ReferredBy"),
    source_channel = required("source_channel"),
    connected_channel = optional("connected_channel"),
    bridge = optional("bridge"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ReferredBy",
    fields: &[
        ("source_channel", "Channel"),
        ("connected_channel", "Channel"),
        ("bridge", "Bridge"),
    ],
};
