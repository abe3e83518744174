// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `DialplanCEP`.

use crate::runtime;

/// A channel's place in the dialplan: context, extension and priority.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DialplanCep {
    /// Context in the dialplan.
    pub context: String,
    /// Extension in the context; may be empty on a channel that has not run the dialplan.
    pub exten: String,
    /// Priority within the extension, counted from 1.
    pub priority: i64,
    /// Dialplan application the channel is executing: `Stasis` while it is under the control of
    /// ARI. Empty when there is none.
    ///
    /// Available in Asterisk 13.27.0, 16.4.0 and later.
    pub app_name: Option<String>,
    /// Arguments of that application, as one string: for `Stasis` the application's name and its
    /// arguments.
    ///
    /// Available in Asterisk 13.27.0, 16.4.0 and later.
    pub app_data: Option<String>,
}

runtime::model!(
    DialplanCep = named("DialplanCEP"),
    context = required("context"),
    exten = required("exten"),
    priority = required("priority"),
    app_name = optional("app_name"),
    app_data = optional("app_data"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "DialplanCEP",
    fields: &[
        ("context", "string"),
        ("exten", "string"),
        ("priority", "long"),
        ("app_name", "string"),
        ("app_data", "string"),
    ],
};
