// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `FormatLangPair`.

use crate::runtime;

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

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "FormatLangPair",
    fields: &[("language", "string"), ("format", "string")],
};
