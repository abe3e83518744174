// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `SystemInfo`.

use crate::runtime;

/// Identity of the server.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SystemInfo {
    /// Release, such as `22.10.1`. Distributions append their own suffix, and builds from a
    /// repository begin with `GIT`.
    pub version: String,
    /// Entity id of the server, six hexadecimal bytes with colons, by default derived from a
    /// network interface. The same value is `asterisk_id` in events.
    pub entity_id: String,
}

runtime::model!(
    SystemInfo = named("SystemInfo"),
    version = required("version"),
    entity_id = required("entity_id"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "SystemInfo",
    fields: &[("version", "string"), ("entity_id", "string")],
};
