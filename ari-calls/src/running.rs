//! A playback or a recording that runs on the server, and is stopped when it is dropped.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::client::unique_id;
use ari_api::models::{LiveRecording, Playback};
use ari_api::playbacks::PlaybackHandle;
use ari_api::stream::Finished;
use ari_api::{Client, Error};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::media::Media;

/// Pause before an operation is stopped again that could not be stopped. It may not have begun yet.
pub(crate) const STOP_RETRY_DELAY: Duration = Duration::from_millis(20);

/// Limit for stopping an operation.
const STOP_TIMEOUT: Duration = Duration::from_secs(10);

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The request that begins an operation, and the wait for its end.
type Ending<T> = BoxFuture<Outcome<T>>;

type Outcome<T> = Result<Finished<T>, Error>;

/// An operation of the server, from its request to its end. The request is not cancelled in the
/// middle: if this is dropped, a task waits for the response and stops the operation.
pub(crate) struct Running<T: Send + 'static> {
    stop: Box<dyn Fn() -> BoxFuture<Result<(), Error>> + Send + Sync>,
    /// `None` after the end.
    ending: Option<Ending<T>>,
}

impl Running<Playback> {
    /// Begins a playback. `step` is the time by which it can be moved forward and back.
    pub(crate) fn playback(
        channel: &ChannelHandle,
        media: &[Media],
        language: Option<&str>,
        step: Option<Duration>,
    ) -> (Self, PlaybackHandle) {
        let id = unique_id();
        let media: Vec<&str> = media.iter().map(Media::uri).collect();
        let mut request = channel.play_with_id(&id, media);
        if let Some(language) = language {
            request = request.lang(language);
        }
        if let Some(step) = step {
            request = request.skip(step);
        }
        let handle = channel.client().playback(&id);
        let stopped = handle.clone();
        let running = Running {
            stop: Box::new(move || Box::pin(stopped.stop().into_future())),
            ending: Some(Box::pin(request.wait_until_finished())),
        };
        (running, handle)
    }
}

impl Running<LiveRecording> {
    /// Begins a recording. Stopping it keeps the file.
    pub(crate) fn recording(
        client: &Client,
        name: &str,
        request: ari_api::channels::Record<Client>,
    ) -> Self {
        let (client, name) = (client.clone(), name.to_owned());
        Running {
            stop: Box::new(move || Box::pin(client.live_recording(&name).stop().into_future())),
            ending: Some(Box::pin(request.wait_until_finished())),
        }
    }
}

impl<T: Send + 'static> Running<T> {
    /// Waits for the end. Cancel-safe.
    pub(crate) async fn finished(&mut self) -> Outcome<T> {
        let Some(ending) = &mut self.ending else {
            return std::future::pending().await;
        };
        let finished = ending.await;
        self.ending = None;
        finished
    }

    /// Stops the operation, and returns its end. `None` if it has ended before, or does not end
    /// within [`STOP_TIMEOUT`].
    pub(crate) async fn stop(mut self) -> Option<Outcome<T>> {
        // In a task, so that it goes on if this future is dropped.
        self.spawn_stop()?.await.ok()?
    }

    fn spawn_stop(&mut self) -> Option<JoinHandle<Option<Outcome<T>>>> {
        let ending = self.ending.take()?;
        let stop = std::mem::replace(&mut self.stop, Box::new(|| Box::pin(async { Ok(()) })));
        let runtime = Handle::try_current().ok()?;
        Some(runtime.spawn(async move {
            let stopping = async {
                while let Err(error) = stop().await {
                    // It has not begun yet, or has ended, which `ending` reports.
                    if !matches!(error.status(), Some(404 | 409 | 500)) {
                        tracing::warn!(%error, "a playback or recording was not stopped");
                        break;
                    }
                    sleep(STOP_RETRY_DELAY).await;
                }
                std::future::pending().await
            };
            timeout(STOP_TIMEOUT, async {
                tokio::select! {
                    finished = ending => finished,
                    never = stopping => never,
                }
            })
            .await
            .ok()
        }))
    }
}

impl<T: Send + 'static> Drop for Running<T> {
    fn drop(&mut self) {
        self.spawn_stop();
    }
}
