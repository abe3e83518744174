// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Module`.

use crate::runtime;

/// A loaded module of Asterisk.
///
/// Available in Asterisk 13.5.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Module {
    /// File name, such as `chan_pjsip.so`.
    pub name: String,
    /// One line of text from the module itself.
    pub description: String,
    /// Number of current users of the module: channels, other modules, registrations. A module in
    /// use cannot be unloaded.
    pub use_count: i64,
    /// `Running`, or `Not Running` for a module that is loaded but did not start.
    pub status: String,
    /// Level of support by the Asterisk project: `core`, `extended`, `deprecated` or `unknown`.
    pub support_level: String,
}

runtime::model!(
    Module = named("Module"),
    name = required("name"),
    description = required("description"),
    use_count = required("use_count"),
    status = required("status"),
    support_level = required("support_level"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Module",
    fields: &[
        ("name", "string"),
        ("description", "string"),
        ("use_count", "int"),
        ("status", "string"),
        ("support_level", "string"),
    ],
};
