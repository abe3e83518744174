// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `only`.

use crate::runtime;

/// Values of `only`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GetInfoOnly {
    /// Compilation of the running binary.
    Build,
    /// Release and entity id.
    System,
    /// Name, default language and limits from `asterisk.conf`.
    Config,
    /// Times of start and last reload.
    Status,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    GetInfoOnly,
    Build = "build",
    System = "system",
    Config = "config",
    Status = "status",
);
