//! A snoop channel of this crate's own, which is hung up when it is dropped.

use ari_api::channels::{HangupReason, SnoopChannelSpy, SnoopChannelWhisper};
use ari_api::client::unique_id;
use ari_api::{Client, Error};

use crate::call::Call;
use crate::hangup_guard::HangupGuard;
use crate::retry::remove;
use crate::supervise::mode::SupervisionMode;

/// A snoop channel. Its events end with the call that it listens to.
pub(crate) struct Snoop {
    pub(crate) call: Call,
    guard: HangupGuard,
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
            let _ = remove(client.channel(&id).hangup()).await;
        }
        let (channel, events) = created?;
        Ok(Snoop {
            guard: HangupGuard::new(channel.clone(), Some(private)),
            call: Call::new(channel, events),
        })
    }

    /// Hangs the snoop channel up.
    pub(crate) async fn hang_up(self) {
        self.guard.hang_up(HangupReason::Normal).await;
    }
}
