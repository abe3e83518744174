// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ContactInfo`.

use crate::{models, runtime};

/// A SIP contact: one place where an endpoint can be reached.
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ContactInfo {
    /// SIP URI of the contact.
    pub uri: String,
    /// Reachability of the contact, as far as it is known.
    pub contact_status: models::ContactStatus,
    /// Name of the address of record that holds the contact.
    pub aor: String,
    /// Round-trip time of the last successful qualify request in microseconds, as a string of
    /// digits. Absent when none was measured.
    pub roundtrip_usec: Option<String>,
}

runtime::model!(
    ContactInfo = named("ContactInfo"),
    uri = required("uri"),
    contact_status = required("contact_status"),
    aor = required("aor"),
    roundtrip_usec = optional("roundtrip_usec"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ContactInfo",
    fields: &[
        ("uri", "string"),
        ("contact_status", "string"),
        ("aor", "string"),
        ("roundtrip_usec", "string"),
    ],
};
