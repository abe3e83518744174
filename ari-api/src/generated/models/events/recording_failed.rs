// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `RecordingFailed`.

use crate::{models, runtime};

/// A live recording could not be made.
///
/// The request itself had been accepted with 201, so this is the only sign. Typical causes: the
/// channel is in a bridge (record the bridge instead), or it could not be answered.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RecordingFailed {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The recording; `cause` holds the reason as text.
    pub recording: models::LiveRecording,
}

runtime::model!(
    RecordingFailed = tagged("type", "RecordingFailed"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    recording = required("recording"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "RecordingFailed",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("recording", "LiveRecording"),
    ],
};
