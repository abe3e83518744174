//! A recording that is in progress.

use std::time::Duration;

use bytes::Bytes;

use super::MediaTarget;
use crate::json::Object;

/// A recording that is not finished.
pub(crate) struct LiveRecording {
    pub(crate) name: String,
    pub(crate) format: String,
    pub(crate) target: MediaTarget,
    pub(crate) state: &'static str,
    pub(crate) max_duration: Option<Duration>,
    /// True if silence is detected. The final event then contains additional durations.
    pub(crate) detects_silence: bool,
    pub(crate) terminate_on: String,
    /// The file that the recording is appended to.
    pub(crate) previous_file: Option<Bytes>,
    pub(crate) recorded: Duration,
    pub(crate) started_at: Duration,
    pub(crate) timer_id: u64,
    pub(crate) helper: Option<String>,
    /// The reason for the failure.
    pub(crate) cause: Option<&'static str>,
    /// True if a later recording of the same name has made this one inaccessible.
    pub(crate) is_inaccessible: bool,
}

impl LiveRecording {
    pub(crate) fn new(name: String, format: String, target: MediaTarget) -> Self {
        LiveRecording {
            name,
            format,
            target,
            state: "queued",
            max_duration: None,
            detects_silence: false,
            terminate_on: "none".to_owned(),
            previous_file: None,
            recorded: Duration::ZERO,
            started_at: Duration::ZERO,
            timer_id: 0,
            helper: None,
            cause: None,
            is_inaccessible: false,
        }
    }

    pub(crate) fn object(&self) -> Object {
        let done = self.state == "done";
        let seconds = i64::try_from(self.recorded.as_secs()).unwrap_or(i64::MAX);
        Object::new()
            .with("name", &self.name)
            .with("format", &self.format)
            .with("state", self.state)
            .with("target_uri", self.target.uri())
            .with_some("cause", self.cause)
            .with_some("duration", done.then_some(seconds))
            .with_some(
                "talking_duration",
                (done && self.detects_silence).then_some(0),
            )
            .with_some(
                "silence_duration",
                (done && self.detects_silence).then_some(seconds),
            )
    }
}
