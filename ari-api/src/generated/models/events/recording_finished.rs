// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `RecordingFinished`.

use crate::{models, runtime};

/// A live recording ended and its file is closed.
///
/// Sent after a stop, a terminating digit, maximum duration or silence, a hangup, and also after a
/// cancel. Unless it was cancelled, the file can now be fetched or played as a stored recording of
/// the same name.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RecordingFinished {
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
    /// The recording with its final `duration`. `state` is `done` or `canceled`; a cancelled
    /// recording can be reported as `done` too, so remember that you cancelled it.
    pub recording: models::LiveRecording,
}

runtime::model!(
    RecordingFinished = tagged("type", "RecordingFinished"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    recording = required("recording"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "RecordingFinished",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
        ("recording", "LiveRecording"),
    ],
};
