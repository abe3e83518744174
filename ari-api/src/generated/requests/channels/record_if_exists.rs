// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `ifExists`.

use crate::runtime;

/// Values of `ifExists`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordIfExists {
    /// Refuse the request; the existing recording stays as it is.
    Fail,
    /// Replace the existing recording.
    Overwrite,
    /// Add to the end of the existing recording.
    Append,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    RecordIfExists,
    Fail = "fail",
    Overwrite = "overwrite",
    Append = "append",
);
