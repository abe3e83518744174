//! A snoop channel of this crate's own, which is hung up when it is dropped.

use ari_api::channels::{SnoopChannelSpy, SnoopChannelWhisper};
use ari_api::client::{PrivateChannel, unique_id};
use ari_api::{Client, Error};
use tokio::runtime::Handle;

use crate::call::Call;
use crate::removal::remove;
use crate::supervise::mode::SupervisionMode;

/// A snoop channel. Its events end with the call that it listens to.
pub(crate) struct Snoop {
    pub(crate) call: Call,
    _private: PrivateChannel,
    is_over: bool,
}

impl Snoop {
    /// Creates a snoop channel of a channel. Run it in a task that is not dropped in the middle.
    pub(crate) async fn create(
        client: &Client,
        channel: &str,
        application: &str,
        mode: SupervisionMode,
    ) -> Result<Self, Error> {
        let id = unique_id();
        let private = client.connection().make_private(&id);
        let channel = client.channel(channel);
        let request = channel.snoop_channel_with_id(&id, application);
        let request = request.spy(SnoopChannelSpy::Both);
        let request = match mode {
            SupervisionMode::Listen => request,
            SupervisionMode::Whisper => request.whisper(SnoopChannelWhisper::Out),
            SupervisionMode::Barge => request.whisper(SnoopChannelWhisper::Both),
        };
        let created = request.send_with_events().await;
        if matches!(created, Err(Error::OutcomeUnknown { .. })) {
            let _ = remove(client.channel(&id).hangup(), &id).await;
        }
        let (channel, events) = created?;
        Ok(Snoop {
            call: Call::new(channel, events),
            _private: private,
            is_over: false,
        })
    }

    /// Hangs the snoop channel up.
    pub(crate) async fn hang_up(mut self) {
        self.is_over = true;
        let (client, id) = (self.call.client().clone(), self.call.id().to_owned());
        hang_up(&client, &id).await;
    }
}

impl Drop for Snoop {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        let (client, id) = (self.call.client().clone(), self.call.id().to_owned());
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move { hang_up(&client, &id).await });
        }
    }
}

async fn hang_up(client: &Client, id: &str) {
    if let Err(error) = remove(client.channel(id).hangup(), id).await {
        tracing::error!(channel = id, %error, "a snoop channel was not hung up");
    }
}
