// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ApplicationReplaced`.

use crate::runtime;

/// Another WebSocket registered the same application name and took it over.
///
/// This socket stays open but gets no more events of that application. If the application was the
/// first one of the socket, requests sent over the socket get no response any more. Calls are not
/// touched. Do not answer it by reconnecting under the same name at once: two instances would keep
/// taking the name from each other. Usually it means a second copy of the program is running.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ApplicationReplaced {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
}

runtime::model!(
    ApplicationReplaced = tagged("type", "ApplicationReplaced"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ApplicationReplaced",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
    ],
};
