// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Message`.

use crate::runtime;

/// Fields that every message from Asterisk to an application has.
///
/// `type` is the type of the message. Accept types and fields you do not know: releases add them.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// Name of the message type, such as `StasisStart`. It selects the model that the other fields
    /// follow.
    pub kind: String,
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
}

runtime::model!(
    Message = named("Message"),
    kind = required("type"),
    asterisk_id = optional("asterisk_id"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Message",
    fields: &[("type", "string"), ("asterisk_id", "string")],
};
