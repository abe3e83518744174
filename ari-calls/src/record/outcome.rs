//! The outcome of a recording, and its file.

use std::time::Duration;

use ari_api::recordings::StoredRecordingHandle;
use ari_api::transport::ResponseBody;

use crate::error::{CallEnd, CallError};
use crate::key::Key;

/// A recording that has ended, and that the server has stored.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded {
    /// The recording on the server: its file, copies of it, its deletion.
    pub stored: StoredRecordingHandle,
    /// Its duration, in whole seconds, as Asterisk has counted it. Zero if no event has reported
    /// it, because the WebSocket was lost at its end.
    pub duration: Duration,
    /// The part of it that is no silence. `None` unless
    /// [`Record::max_silence`](crate::record::Record::max_silence) is set.
    pub talking_duration: Option<Duration>,
    /// The reason for its end.
    pub ended_by: RecordEnd,
}

/// The reason why a recording has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordEnd {
    /// The caller has pressed this key.
    Key(Key),
    /// The caller was silent for [`Record::max_silence`](crate::record::Record::max_silence).
    Silence,
    /// It has reached [`Record::max_duration`](crate::record::Record::max_duration).
    MaxDuration,
    /// It was paused for [`Record::max_pause`](crate::record::Record::max_pause).
    MaxPause,
    /// It has ended for one of the other reasons, and is shorter than
    /// [`Record::min_duration`](crate::record::Record::min_duration). It was deleted, and
    /// [`Recorded::stored`] no longer exists.
    TooShort,
    /// The call has ended. The recording up to there is stored.
    CallEnded(CallEnd),
    /// The program or another request has stopped it, or its end is unknown because the WebSocket
    /// was lost then.
    Stopped,
}

impl Recorded {
    /// Downloads the file, in the format of the recording. The body is a stream of its bytes;
    /// [`ResponseBody::bytes`] collects them. It takes Asterisk 14, and HTTP: requests over a
    /// WebSocket cannot carry it.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if the request fails: 404 if the recording no longer exists.
    pub async fn download(&self) -> Result<ResponseBody, CallError> {
        Ok(self.stored.get_stored_file().await?)
    }

    /// Deletes the recording. This is a success, too, if it no longer exists.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if the request fails.
    pub async fn delete(&self) -> Result<(), CallError> {
        match self.stored.delete_stored().await {
            Err(error) if error.status() != Some(404) => Err(error.into()),
            _ => Ok(()),
        }
    }
}
