//! Hanging up a channel that the program has dialed, or has given away, when it is dropped.

use std::fmt;

use ari_api::channels::{ChannelHandle, HangupReason};
use ari_api::client::PrivateChannel;
use tokio::runtime::Handle;
use tracing::Instrument as _;

use crate::retry::remove;

/// A channel that is hung up when this is dropped.
pub(crate) struct HangupGuard {
    channel: ChannelHandle,
    private: Option<PrivateChannel>,
    is_armed: bool,
}

impl HangupGuard {
    pub(crate) fn new(channel: ChannelHandle, private: Option<PrivateChannel>) -> Self {
        HangupGuard {
            channel,
            private,
            is_armed: true,
        }
    }

    /// Leaves the channel as it is.
    pub(crate) fn disarm(&mut self) {
        self.is_armed = false;
    }

    /// Lets the events of the channel reach the streams of applications.
    pub(crate) fn publish(&mut self) {
        self.private = None;
    }

    /// Hangs the channel up now. If the future is dropped, a task does it.
    pub(crate) async fn hang_up(mut self, reason: HangupReason) {
        hang_up(&self.channel, reason).await;
        self.is_armed = false;
    }
}

impl fmt::Debug for HangupGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HangupGuard")
            .field("is_armed", &self.is_armed)
            .finish_non_exhaustive()
    }
}

impl Drop for HangupGuard {
    fn drop(&mut self) {
        if !self.is_armed {
            return;
        }
        let channel = self.channel.clone();
        if let Ok(runtime) = Handle::try_current() {
            let hanging_up = async move { hang_up(&channel, HangupReason::Normal).await };
            runtime.spawn(hanging_up.in_current_span());
        }
    }
}

/// Hangs a channel up. Older releases know fewer reasons, and get none then.
pub(crate) async fn hang_up(channel: &ChannelHandle, reason: HangupReason) {
    let id = channel.channel_id();
    let mut removed = remove(channel.hangup().reason(reason)).await;
    if removed
        .as_ref()
        .is_err_and(|error| error.status() == Some(400))
    {
        removed = remove(channel.hangup()).await;
    }
    if let Err(error) = removed {
        tracing::error!(channel = id, %error, "a channel was not hung up");
    }
}
