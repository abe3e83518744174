//! Opening of sessions, from a service or from a client alone.

use std::future::Future;

use ari_api::Client;

use crate::media::OpenMedia;
use crate::service::MediaService;
use crate::session::registry::Sessions;
use crate::tap::OpenTap;

/// Audio for a [`Client`]. Sessions use a WebSocket that the program opens. The other carriers need
/// a [`MediaService`], which listens for them.
pub trait MediaClient {
    /// Opens a session for the call of a channel.
    fn media(&self, channel_id: impl Into<String>) -> OpenMedia;

    /// Opens a tap of a channel, which receives the audio that the party sends and the audio that
    /// it hears.
    fn tap(&self, channel_id: impl Into<String>) -> OpenTap;

    /// Ends all sessions and taps of this client and its clones, including those of a
    /// [`MediaService`] and those that are opened meanwhile. Waits until their objects on the server
    /// are removed. Call it before a program ends, because the end of the runtime ends the tasks
    /// that remove the objects of dropped sessions.
    fn close_media(&self) -> impl Future<Output = ()> + Send;
}

impl MediaClient for Client {
    fn media(&self, channel_id: impl Into<String>) -> OpenMedia {
        MediaService::for_client(self).open(channel_id)
    }

    fn tap(&self, channel_id: impl Into<String>) -> OpenTap {
        MediaService::for_client(self).tap(channel_id)
    }

    async fn close_media(&self) {
        Sessions::of(self).close_all().await;
    }
}

impl MediaService {
    /// Opens a session for the call of a channel.
    pub fn open(&self, channel_id: impl Into<String>) -> OpenMedia {
        OpenMedia::new(self.clone(), channel_id.into())
    }

    /// Opens a tap of a channel, which receives the audio that the party sends and the audio that
    /// it hears.
    pub fn tap(&self, channel_id: impl Into<String>) -> OpenTap {
        OpenTap::new(self.open(channel_id))
    }
}
