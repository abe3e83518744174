// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `ConfigInfo`.

use crate::{models, runtime};

/// Name, language and limits of the server, as set in `asterisk.conf`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ConfigInfo {
    /// `systemname` of the server; empty when not configured. It also prefixes the channel ids this
    /// server makes up.
    pub name: String,
    /// Language of prompts for channels that have none of their own, such as `en`.
    pub default_language: String,
    /// Limit on simultaneous calls, `maxcalls`. Absent when there is no limit.
    pub max_channels: Option<i64>,
    /// Limit on open files and sockets, `maxfiles`. Absent when it was left to the operating
    /// system.
    pub max_open_files: Option<i64>,
    /// Load average above which new calls are refused, `maxload`. Absent when there is no limit.
    pub max_load: Option<f64>,
    /// Account the server is configured to run under.
    pub setid: models::SetId,
}

runtime::model!(
    ConfigInfo = named("ConfigInfo"),
    name = required("name"),
    default_language = required("default_language"),
    max_channels = optional("max_channels"),
    max_open_files = optional("max_open_files"),
    max_load = optional("max_load"),
    setid = required("setid"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "ConfigInfo",
    fields: &[
        ("name", "string"),
        ("default_language", "string"),
        ("max_channels", "int"),
        ("max_open_files", "int"),
        ("max_load", "double"),
        ("setid", "SetId"),
    ],
};
