// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `AdditionalParam`.

use crate::runtime;

/// A parameter of a transfer request that belongs to the protocol.
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AdditionalParam {
    /// Name of the parameter.
    pub parameter_name: String,
    /// Its value.
    pub parameter_value: String,
}

runtime::model!(
    AdditionalParam = named("AdditionalParam"),
    parameter_name = required("parameter_name"),
    parameter_value = required("parameter_value"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "AdditionalParam",
    fields: &[("parameter_name", "string"), ("parameter_value", "string")],
};
