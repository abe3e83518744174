// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `RESTQueryStringParameter`.

use crate::runtime;

/// A query parameter of a request sent over the WebSocket.
///
/// Available in Asterisk 20.14.0, 21.9.0, 22.4.0 and later.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RestQueryStringParameter {
    /// Name of the parameter.
    pub name: String,
    /// Its value as a JSON string, also for numbers and booleans. Taken literally: do not
    /// percent-encode it.
    pub value: String,
}

runtime::model!(
    RestQueryStringParameter = named("RESTQueryStringParameter"),
    name = required("name"),
    value = required("value"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "RESTQueryStringParameter",
    fields: &[("name", "string"), ("value", "string")],
};
