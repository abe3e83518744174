// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A live recording, by its id.

use crate::{Client, Event, models, runtime};

/// A live recording, identified by its `recordingName`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::live_recording`].
#[derive(Clone, Debug)]
pub struct LiveRecordingHandle {
    pub(crate) client: Client,
    pub(super) recording_name: String,
}

impl LiveRecordingHandle {
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

    /// Returns a stream of the events of this live recording from now on. The stream ends after the
    /// event that reports the end of the object.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this live recording does not exist, or that none of them is subscribed to it, the
    /// stream ends with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open
    /// streams does not affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::new("live_recording", &self.recording_name))
    }
}

impl models::LiveRecording {
    /// Returns the handle of this live recording, for its operations and events, as
    /// [`Client::live_recording`] does for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> LiveRecordingHandle {
        LiveRecordingHandle::new(client.clone(), &self.name)
    }
}
