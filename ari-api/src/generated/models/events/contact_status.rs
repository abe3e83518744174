// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `contact_status` of [`ContactInfo`](crate::models::ContactInfo).

use crate::runtime;

/// Values of `contact_status` of [`ContactInfo`](crate::models::ContactInfo).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContactStatus {
    /// It did not answer the last qualify request.
    Unreachable,
    /// It answered the last qualify request.
    Reachable,
    /// It has not been checked yet.
    Unknown,
    /// It exists, but Asterisk is not configured to check it.
    ///
    /// Available in Asterisk 16 and later.
    NonQualified,
    /// The contact no longer exists: unregistered, expired or removed from the configuration.
    Removed,
    /// It was just added, by a registration for instance, and has not been checked yet.
    ///
    /// Available in Asterisk 13.6.0, 14, 15.
    Created,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ContactStatus,
    Unreachable = "Unreachable",
    Reachable = "Reachable",
    Unknown = "Unknown",
    NonQualified = "NonQualified",
    Removed = "Removed",
    Created = "Created",
);
