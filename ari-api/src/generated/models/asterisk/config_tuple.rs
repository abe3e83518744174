// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ConfigTuple`.

use crate::runtime;

/// One attribute of a configuration object. An attribute that holds a list may occur several times.
///
/// Available in Asterisk 13.5.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ConfigTuple {
    /// Name of the attribute, as in the configuration file, such as `context`.
    pub attribute: String,
    /// Value in the notation of the configuration file, always a string: `yes`, `60`, `ulaw`.
    pub value: String,
}

runtime::model!(
    ConfigTuple = named("ConfigTuple"),
    attribute = required("attribute"),
    value = required("value"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ConfigTuple",
    fields: &[("attribute", "string"), ("value", "string")],
};
