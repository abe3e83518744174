// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `LiveRecording`.

use crate::{models, runtime};

/// A recording that is in progress or has just ended.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LiveRecording {
    /// Name of the recording.
    pub name: String,
    /// File format, given as its extension, such as `wav` or `gsm`.
    pub format: String,
    /// Source of the recording: `channel:` or `bridge:`, followed by the id.
    ///
    /// Available in Asterisk 12.2.0 and later.
    pub target_uri: Option<String>,
    /// Progress of the recording.
    pub state: models::LiveRecordingState,
    /// Length of the recording. Absent until it has ended.
    ///
    /// Asterisk counts it in whole seconds.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub duration: Option<std::time::Duration>,
    /// Time for which someone spoke in the recording. Absent until it has ended, and unless it was
    /// started with `maxSilenceSeconds`.
    ///
    /// Asterisk counts it in whole seconds.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub talking_duration: Option<std::time::Duration>,
    /// Time for which the recording was silent: `duration` less `talking_duration`, and absent when
    /// that is.
    ///
    /// Asterisk counts it in whole seconds.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub silence_duration: Option<std::time::Duration>,
    /// Cause of the failure, as text. Absent unless it has failed.
    pub cause: Option<String>,
}

runtime::model!(
    LiveRecording = named("LiveRecording"),
    name = required("name"),
    format = required("format"),
    target_uri = optional("target_uri"),
    state = required("state"),
    duration = optional("duration", Seconds as Int),
    talking_duration = optional("talking_duration", Seconds as Int),
    silence_duration = optional("silence_duration", Seconds as Int),
    cause = optional("cause"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "LiveRecording",
    fields: &[
        ("name", "string"),
        ("format", "string"),
        ("target_uri", "string"),
        ("state", "string"),
        ("duration", "int"),
        ("talking_duration", "int"),
        ("silence_duration", "int"),
        ("cause", "string"),
    ],
};
