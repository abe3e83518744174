//! Talk detection of a channel, which is switched off when it is dropped.

use std::time::Duration;

use ari_api::Error;
use ari_api::channels::ChannelHandle;
use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tracing::Instrument as _;

use crate::retry::remove;

/// Limit for waiting until the detection is switched off. It goes on after that.
const STOP_TIMEOUT: Duration = Duration::from_secs(2);

/// Talk detection of a channel, by the dialplan function `TALK_DETECT`.
pub(crate) struct TalkDetector {
    channel: ChannelHandle,
    /// The request that switches it on. It is not cancelled in the middle, so that it does not
    /// arrive behind the one that switches it off.
    start: Option<JoinHandle<Result<(), Error>>>,
    /// Held until it is switched off. `None` after that was begun.
    turn: Option<OwnedMutexGuard<()>>,
}

impl TalkDetector {
    /// Switches it on. Silence of this duration ends talking; silence is what is not as loud as the
    /// threshold. `turn` is that of the channel: an earlier detection was switched off.
    pub(crate) fn start(
        channel: &ChannelHandle,
        turn: OwnedMutexGuard<()>,
        silence: Duration,
        threshold: u16,
    ) -> Self {
        let value = format!("{},{threshold}", silence.as_millis());
        let request = channel.set_channel_var("TALK_DETECT(set)").value(value);
        TalkDetector {
            channel: channel.clone(),
            start: Some(tokio::spawn(request.into_future().in_current_span())),
            turn: Some(turn),
        }
    }

    /// Waits until it is switched on.
    pub(crate) async fn started(&mut self) -> Result<(), Error> {
        let Some(start) = &mut self.start else {
            return Ok(());
        };
        let started = start.await;
        self.start = None;
        started.unwrap_or(Ok(()))
    }

    /// Switches it off.
    pub(crate) async fn stop(mut self) {
        if let Some(stopping) = self.spawn_stop() {
            // It logs its errors.
            let _ = timeout(STOP_TIMEOUT, stopping).await;
        }
    }

    fn spawn_stop(&mut self) -> Option<JoinHandle<()>> {
        let turn = self.turn.take()?;
        let start = self.start.take();
        let channel = self.channel.clone();
        let stop = async move {
            if let Some(start) = start {
                let _ = start.await;
            }
            let id = channel.channel_id();
            let request = channel.set_channel_var("TALK_DETECT(remove)").value("");
            if let Err(error) = remove(request).await {
                tracing::warn!(channel = id, %error, "talk detection was not switched off");
            }
            drop(turn);
        };
        Some(Handle::try_current().ok()?.spawn(stop.in_current_span()))
    }
}

impl Drop for TalkDetector {
    fn drop(&mut self) {
        self.spawn_stop();
    }
}
