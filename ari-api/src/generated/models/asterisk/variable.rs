// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Variable`.

use crate::runtime;

/// Value of a single variable: of a channel, of a bridge, or global.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Variable {
    /// The value, always as a string. An empty global variable cannot be distinguished from one
    /// that was never set.
    pub value: String,
}

runtime::model!(
    Variable = named("Variable"),
    value = required("value"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Variable",
    fields: &[("value", "string")],
};
