// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Endpoint`.

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

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Endpoint",
    fields: &[
        ("technology", "string"),
        ("resource", "string"),
        ("state", "string"),
        ("channel_ids", "List[string]"),
    ],
};
