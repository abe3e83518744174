// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A channel, by its id.

use crate::{Client, Event, models, runtime};

/// A channel, identified by its `channelId`. A handle does nothing until one of its operations is
/// awaited.
///
/// Returned by [`Client::channel`].
#[derive(Clone, Debug)]
pub struct ChannelHandle {
    pub(crate) client: Client,
    pub(super) channel_id: String,
}

impl ChannelHandle {
    pub(crate) fn new(client: Client, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `channelId` of this handle.
    #[inline]
    pub fn channel_id(&self) -> &str {
        &self.channel_id
    }

    /// Returns a stream of the events of this channel from now on. The stream ends after the event
    /// that reports the end of the object.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this channel does not exist, or that none of them is subscribed to it, the stream ends
    /// with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does not
    /// affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::new("channel", &self.channel_id))
    }
}

impl models::Channel {
    /// Returns the handle of this channel, for its operations and events, as [`Client::channel`]
    /// does for its `id`.
    #[inline]
    pub fn handle(&self, client: &Client) -> ChannelHandle {
        ChannelHandle::new(client.clone(), &self.id)
    }
}
