//! Music on hold of a caller, which is stopped when it is dropped.

use ari_api::Error;
use ari_api::channels::ChannelHandle;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::retry::until_received;
use crate::task::in_task;

pub(crate) struct WaitingMusic {
    channel: ChannelHandle,
    /// `None` for silence.
    class: Option<String>,
    is_on: bool,
}

impl WaitingMusic {
    pub(crate) fn new(channel: ChannelHandle, class: Option<String>) -> Self {
        WaitingMusic {
            channel,
            class,
            is_on: false,
        }
    }

    pub(crate) async fn start(&mut self) -> Result<(), Error> {
        let Some(class) = self.class.clone() else {
            return Ok(());
        };
        let channel = self.channel.clone();
        // Before the request: it is stopped also if this future is dropped in the middle.
        self.is_on = true;
        in_task(async move { channel.start_moh().moh_class(class).await }).await
    }

    /// Stops the music. A caller who has gone needs no stop.
    pub(crate) async fn stop(&mut self) {
        if let Some(stopping) = self.spawn_stop() {
            let _ = stopping.await;
        }
    }

    fn spawn_stop(&mut self) -> Option<JoinHandle<()>> {
        if !std::mem::replace(&mut self.is_on, false) {
            return None;
        }
        let channel = self.channel.clone();
        let runtime = Handle::try_current().ok()?;
        Some(runtime.spawn(async move {
            if let Err(error) = until_received(channel.stop_moh()).await {
                let channel = channel.channel_id();
                tracing::debug!(channel, %error, "music was not stopped");
            }
        }))
    }
}

impl Drop for WaitingMusic {
    fn drop(&mut self) {
        self.spawn_stop();
    }
}
