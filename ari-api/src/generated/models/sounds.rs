// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `sounds`.

use crate::{models, runtime};

/// One language and format in which a prompt is available.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct FormatLangPair {
    /// Language, such as `en` or `en_GB`.
    pub language: String,
    /// Name of the codec, such as `ulaw`, `gsm` or `slin`; a `.wav` file counts as `slin`.
    pub format: String,
}

runtime::model!(
    FormatLangPair = named("FormatLangPair"),
    language = required("language"),
    format = required("format"),
);

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
