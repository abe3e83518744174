// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `LogChannel`.

use crate::runtime;

/// One destination of Asterisk's log.
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LogChannel {
    /// Path of the file, or the syslog name; empty for the console.
    pub channel: String,
    /// `Console`, `Syslog` or `File`.
    pub kind: String,
    /// `Enabled`, or `Disabled` when Asterisk gave up writing, as on a full disk.
    pub status: String,
    /// Levels that are logged, in upper case and each followed by a space, such as
    /// `NOTICE WARNING ERROR `. Not the notation `addLog` expects, which is separated by commas.
    pub configuration: String,
}

runtime::model!(
    LogChannel = named("LogChannel"),
    channel = required("channel"),
    kind = required("type"),
    status = required("status"),
    configuration = required("configuration"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "LogChannel",
    fields: &[
        ("channel", "string"),
        ("type", "string"),
        ("status", "string"),
        ("configuration", "string"),
    ],
};
