// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `CallerID`.

use crate::runtime;

/// Name and number of a party.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CallerId {
    /// Display name; empty when unknown.
    pub name: String,
    /// Number; empty when unknown. Not necessarily digits: SIP user names appear here too.
    pub number: String,
}

runtime::model!(
    CallerId = named("CallerID"),
    name = required("name"),
    number = required("number"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "CallerID",
    fields: &[("name", "string"), ("number", "string")],
};
