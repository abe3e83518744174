// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A stored recording, by its id.

use crate::{Client, models};

/// A stored recording, identified by its `recordingName`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::stored_recording`].
#[derive(Clone, Debug)]
pub struct StoredRecordingHandle {
    pub(crate) client: Client,
    pub(super) recording_name: String,
}

impl StoredRecordingHandle {
    pub(crate) fn new(client: Client, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `recordingName` of this handle.
    #[inline]
    pub fn recording_name(&self) -> &str {
        &self.recording_name
    }
}

impl models::StoredRecording {
    /// Returns the handle of this stored recording, for its operations and events, as
    /// [`Client::stored_recording`] does for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> StoredRecordingHandle {
        StoredRecordingHandle::new(client.clone(), &self.name)
    }
}
