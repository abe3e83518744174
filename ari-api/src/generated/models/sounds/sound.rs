// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Sound`.

use crate::{models, runtime};

/// An installed prompt.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Sound {
    /// Path of the prompt below its language's directory, without extension, such as `digits/1`.
    pub id: String,
    /// The words spoken, from the English prompt package. Absent when no text is known.
    pub text: Option<String>,
    /// Languages and formats in which it is available; a language occurs once for each of its
    /// formats.
    pub formats: Vec<models::FormatLangPair>,
}

runtime::model!(
    Sound = named("Sound"),
    id = required("id"),
    text = optional("text"),
    formats = required("formats"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Sound",
    fields: &[("id", "string"), ("text", "string"), ("formats", "List[FormatLangPair]")],
};
