// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ContactStatusChange`.

use crate::{models, runtime};

/// A SIP contact of an endpoint was registered, removed, or changed its reachability.
///
/// Sent for PJSIP endpoints the application is subscribed to. It is the way to watch phones
/// register and unregister; one endpoint may have several contacts.
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ContactStatusChange {
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
    /// The endpoint the contact belongs to.
    pub endpoint: models::Endpoint,
    /// The contact and its new status.
    pub contact_info: models::ContactInfo,
}

runtime::model!(
    ContactStatusChange = tagged("type", "ContactStatusChange"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    endpoint = required("endpoint"),
    contact_info = required("contact_info"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ContactStatusChange",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("endpoint", "Endpoint"),
        ("contact_info", "ContactInfo"),
    ],
};
