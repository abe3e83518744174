// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Mailbox`.

use crate::runtime;

/// Message counts of one mailbox.
///
/// Available in Asterisk 12.1.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Mailbox {
    /// Name of the mailbox, such as `1000@default`.
    pub name: String,
    /// Number of messages already heard.
    pub old_messages: i64,
    /// Number of messages not yet heard; above 0 the message lamp is lit.
    pub new_messages: i64,
}

runtime::model!(
    Mailbox = named("Mailbox"),
    name = required("name"),
    old_messages = required("old_messages"),
    new_messages = required("new_messages"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Mailbox",
    fields: &[("name", "string"), ("old_messages", "int"), ("new_messages", "int")],
};
