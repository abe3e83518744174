// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `state` of [`LiveRecording`](crate::models::LiveRecording).

use crate::runtime;

/// Values of `state` of [`LiveRecording`](crate::models::LiveRecording).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LiveRecordingState {
    /// Accepted, not yet begun; it waits its turn on the channel.
    Queued,
    /// Running.
    Recording,
    /// Held by `pause`.
    Paused,
    /// Ended, and kept as a stored recording.
    Done,
    /// Ended by a failure; `cause` has more details.
    Failed,
    /// Ended and thrown away.
    Canceled,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    LiveRecordingState,
    Queued = "queued",
    Recording = "recording",
    Paused = "paused",
    Done = "done",
    Failed = "failed",
    Canceled = "canceled",
);
