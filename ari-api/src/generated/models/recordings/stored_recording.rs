// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `StoredRecording`.

use crate::runtime;

/// A recording in the form of a file in Asterisk's recording directory.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StoredRecording {
    /// Path of the file below the recording directory, without extension; play it as
    /// `recording:name`.
    pub name: String,
    /// Extension of the file, such as `wav`.
    pub format: String,
}

runtime::model!(
    StoredRecording = named("StoredRecording"),
    name = required("name"),
    format = required("format"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "StoredRecording",
    fields: &[("name", "string"), ("format", "string")],
};
