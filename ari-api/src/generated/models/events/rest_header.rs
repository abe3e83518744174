// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `RESTHeader`.

use crate::runtime;

/// A header as a pair of strings.
///
/// No other model uses it: requests and responses over the WebSocket carry no headers besides the
/// content type.
///
/// Available in Asterisk 20.14.0, 21.9.0, 22.4.0 and later.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RestHeader {
    /// Name of the header.
    pub name: String,
    /// Its value.
    pub value: String,
}

runtime::model!(
    RestHeader = named("RESTHeader"),
    name = required("name"),
    value = required("value"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "RESTHeader",
    fields: &[("name", "string"), ("value", "string")],
};
