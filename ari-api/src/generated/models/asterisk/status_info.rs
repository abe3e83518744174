// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `StatusInfo`.

use crate::runtime;

/// Since when the server runs.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StatusInfo {
    /// Time at which Asterisk started.
    pub startup_time: runtime::Timestamp,
    /// Time of the last full reload; the start time when there was none.
    pub last_reload_time: runtime::Timestamp,
}

runtime::model!(
    StatusInfo = named("StatusInfo"),
    startup_time = required("startup_time"),
    last_reload_time = required("last_reload_time"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "StatusInfo",
    fields: &[("startup_time", "Date"), ("last_reload_time", "Date")],
};
