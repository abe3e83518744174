// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `AsteriskInfo`.

use crate::{models, runtime};

/// The result of `getInfo`: one member for each requested section.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AsteriskInfo {
    /// Compilation of the binary. Absent unless asked for.
    pub build: Option<models::BuildInfo>,
    /// Release and entity id. Absent unless asked for.
    pub system: Option<models::SystemInfo>,
    /// Name, language and limits from `asterisk.conf`. Absent unless asked for.
    pub config: Option<models::ConfigInfo>,
    /// Times of start and last reload. Absent unless asked for.
    pub status: Option<models::StatusInfo>,
}

runtime::model!(
    AsteriskInfo = named("AsteriskInfo"),
    build = optional("build"),
    system = optional("system"),
    config = optional("config"),
    status = optional("status"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "AsteriskInfo",
    fields: &[
        ("build", "BuildInfo"),
        ("system", "SystemInfo"),
        ("config", "ConfigInfo"),
        ("status", "StatusInfo"),
    ],
};
