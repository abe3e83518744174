// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `RequiredDestination`.

use crate::{models, runtime};

/// The destination of a transfer request in the terms of the protocol.
///
/// Either `destination` or `protocol_id` contains the destination, depending on whether the
/// transfer is blind or attended.
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RequiredDestination {
    /// Attended transfer: id of the other call in the protocol, for SIP its Call-ID. Compare it
    /// with `protocol_id` of your channels to find a call that lives on another server.
    pub protocol_id: Option<String>,
    /// Blind transfer: the number or user part that was dialled, to be called by the application.
    pub destination: Option<String>,
    /// Further parameters of the request that belong to the protocol; absent when there are none.
    pub additional_protocol_params: Option<Vec<models::AdditionalParam>>,
}

runtime::model!(
    RequiredDestination = named("RequiredDestination"),
    protocol_id = optional("protocol_id"),
    destination = optional("destination"),
    additional_protocol_params = optional("additional_protocol_params"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "RequiredDestination",
    fields: &[
        ("protocol_id", "string"),
        ("destination", "string"),
        ("additional_protocol_params", "List[AdditionalParam]"),
    ],
};
