// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `mailboxes`.

/// Message counts of one mailbox.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct Mailbox {
    /// Name of the mailbox, such as `1000@default`.
    pub name: String,
    /// Number of messages already heard.
    pub old_messages: i64,
    /// Number of messages not yet heard; above 0 the message lamp is lit.
    pub new_messages: i64,
}
