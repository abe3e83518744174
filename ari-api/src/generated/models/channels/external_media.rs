// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ExternalMedia`.

use crate::{models, runtime};

/// A channel for external media, with the address at which it expects the audio.
///
/// Available in Asterisk 16.6.0 (before 16.7.0).
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ExternalMedia {
    /// The channel.
    pub channel: models::Channel,
    /// Address at which Asterisk expects the audio. Later releases report it in the channel
    /// variable `UNICASTRTP_LOCAL_ADDRESS`.
    pub local_address: Option<String>,
    /// Port at which Asterisk expects the audio. Later releases report it in the channel variable
    /// `UNICASTRTP_LOCAL_PORT`.
    pub local_port: Option<i64>,
}

runtime::model!(
    ExternalMedia = named("ExternalMedia"),
    channel = required("channel"),
    local_address = optional("local_address"),
    local_port = optional("local_port"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ExternalMedia",
    fields: &[("channel", "Channel"), ("local_address", "string"), ("local_port", "int")],
};
