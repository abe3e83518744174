// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Variables`.

use crate::runtime;

/// Values of several variables of a channel or a bridge, read in one request.
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Variables {
    /// Object with one member for each variable: its name and its value.
    pub variables: serde_json::Map<String, serde_json::Value>,
}

runtime::model!(
    Variables = named("Variables"),
    variables = required("variables"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Variables",
    fields: &[("variables", "object")],
};
