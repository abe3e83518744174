// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `SetId`.

use crate::runtime;

/// Account Asterisk is configured to run under.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SetId {
    /// User named by `runuser` in `asterisk.conf`; empty when none is named there, whichever
    /// account Asterisk really runs under.
    pub user: String,
    /// Group named by `rungroup` in `asterisk.conf`; empty when none is named there.
    pub group: String,
}

runtime::model!(
    SetId = named("SetId"),
    user = required("user"),
    group = required("group"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "SetId",
    fields: &[("user", "string"), ("group", "string")],
};
