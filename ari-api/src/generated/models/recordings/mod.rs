// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `recordings`.

pub(super) mod stored_recording;
pub(super) mod live_recording;
pub(super) mod live_recording_state;
pub use self::stored_recording::StoredRecording;
pub use self::live_recording::LiveRecording;
pub use self::live_recording_state::LiveRecordingState;
