// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A playback, by its id.

use crate::{Client, Event, models, runtime};

/// A playback, identified by its `playbackId`. A handle does nothing until one of its operations is
/// awaited.
///
/// Returned by [`Client::playback`].
#[derive(Clone, Debug)]
pub struct PlaybackHandle {
    pub(crate) client: Client,
    pub(super) playback_id: String,
}

impl PlaybackHandle {
    pub(crate) fn new(client: Client, playback_id: impl Into<String>) -> Self {
        Self {
            client,
            playback_id: playback_id.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `playbackId` of this handle.
    #[inline]
    pub fn playback_id(&self) -> &str {
        &self.playback_id
    }

    /// Returns a stream of the events of this playback from now on. The stream ends after the event
    /// that reports the end of the object.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this playback does not exist, or that none of them is subscribed to it, the stream ends
    /// with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does not
    /// affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::new("playback", &self.playback_id))
    }
}

impl models::Playback {
    /// Returns the handle of this playback, for its operations and events, as [`Client::playback`]
    /// does for its `id`.
    #[inline]
    pub fn handle(&self, client: &Client) -> PlaybackHandle {
        PlaybackHandle::new(client.clone(), &self.id)
    }
}
