// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `TextMessageVariable`.

use crate::runtime;

/// One value that came with a text message.
///
/// Available in Asterisk 12.5.0, 13 (before 13.32.0), 14, 15, 16 (before 16.9.0), 17
/// (before 17.3.0).
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TextMessageVariable {
    /// Name of the value; for SIP the name of the header.
    pub key: String,
    /// The value as a string.
    pub value: String,
}

runtime::model!(
    TextMessageVariable = named("TextMessageVariable"),
    key = required("key"),
    value = required("value"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "TextMessageVariable",
    fields: &[("key", "string"), ("value", "string")],
};
