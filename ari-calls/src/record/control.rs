//! Pausing, muting and stopping a recording that runs.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Error;
use ari_api::recordings::LiveRecordingHandle;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use crate::error::CallError;
use crate::running::STOP_RETRY_DELAY;

/// Limit for controlling a recording, which Asterisk refuses until the recording has begun.
const CONTROL_TIMEOUT: Duration = Duration::from_secs(5);

/// Control of a recording of a call, made by [`Record::control`](crate::record::Record::control).
/// It can be cloned.
///
/// ```no_run
/// # use std::time::Duration;
/// # async fn example(call: &mut ari_calls::Call) -> Result<(), ari_calls::CallError> {
/// let record = call.record("interview", "wav");
/// let control = record.control();
/// let (recorded, ()) = tokio::join!(record.into_future(), async {
///     tokio::time::sleep(Duration::from_secs(10)).await;
///     if control.pause().await.is_ok() {
///         tokio::time::sleep(Duration::from_secs(5)).await;
///         let _ = control.resume().await;
///     }
/// });
/// println!("{:?}", recorded?.duration);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct RecordControl {
    handle: LiveRecordingHandle,
    progress: Arc<watch::Sender<Progress>>,
}

/// The effect of controlling a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordEffect {
    /// It has taken effect.
    Done,
    /// The recording has ended before, or its future was dropped.
    Ended,
}

/// The progress of a recording, as far as the client has changed it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    has_ended: bool,
    pub(crate) is_stopped: bool,
    paused_since: Option<Instant>,
    paused: Duration,
}

impl Progress {
    /// Returns `true` while the recording is paused.
    pub(crate) fn is_paused(&self) -> bool {
        self.paused_since.is_some()
    }

    /// Returns the duration of all pauses.
    pub(crate) fn paused(&self) -> Duration {
        let current = self.paused_since.map(|since| since.elapsed());
        self.paused + current.unwrap_or_default()
    }

    /// Waits until a pause has reached its limit.
    pub(crate) async fn wait_for_long_pause(progress: &watch::Sender<Progress>, limit: Duration) {
        let mut changes = progress.subscribe();
        loop {
            let paused_since = changes.borrow_and_update().paused_since;
            let over = async {
                match paused_since {
                    Some(since) => sleep(limit.saturating_sub(since.elapsed())).await,
                    None => pending().await,
                }
            };
            tokio::select! {
                () = over => return,
                _ = changes.changed() => {}
            }
        }
    }
}

/// Notes the end of a recording when it is dropped.
pub(crate) struct EndNote(pub(crate) Arc<watch::Sender<Progress>>);

impl Drop for EndNote {
    fn drop(&mut self) {
        self.0.send_modify(|progress| progress.has_ended = true);
    }
}

#[derive(Clone, Copy)]
enum Operation {
    Pause,
    Resume,
    Mute,
    Unmute,
    Stop,
}

impl RecordControl {
    pub(crate) fn new(
        handle: LiveRecordingHandle,
        progress: Arc<watch::Sender<Progress>>,
    ) -> RecordControl {
        RecordControl { handle, progress }
    }

    /// Pauses the recording. The pause is no part of it, neither of its duration nor of
    /// [`Record::max_duration`](crate::record::Record::max_duration). It ends after
    /// [`Record::max_pause`](crate::record::Record::max_pause), and the recording with it.
    /// Terminators end the recording during a pause as well.
    ///
    /// A recording that has not begun yet is paused when it begins, if it does within 5 s.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails, and so if the recording does not begin in
    /// time.
    pub async fn pause(&self) -> Result<RecordEffect, CallError> {
        self.run(Operation::Pause).await
    }

    /// Goes on after a pause.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`RecordControl::pause`].
    pub async fn resume(&self) -> Result<RecordEffect, CallError> {
        self.run(Operation::Resume).await
    }

    /// Records silence instead of the caller. It is part of the duration.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`RecordControl::pause`].
    pub async fn mute(&self) -> Result<RecordEffect, CallError> {
        self.run(Operation::Mute).await
    }

    /// Records the caller again.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`RecordControl::pause`].
    pub async fn unmute(&self) -> Result<RecordEffect, CallError> {
        self.run(Operation::Unmute).await
    }

    /// Ends the recording, which is stored:
    /// [`RecordEnd::Stopped`](crate::record::RecordEnd::Stopped).
    ///
    /// # Errors
    ///
    /// Returns the errors of [`RecordControl::pause`].
    pub async fn stop(&self) -> Result<RecordEffect, CallError> {
        self.run(Operation::Stop).await
    }

    async fn run(&self, operation: Operation) -> Result<RecordEffect, CallError> {
        let deadline = Instant::now() + CONTROL_TIMEOUT;
        loop {
            if self.progress.borrow().has_ended {
                return Ok(RecordEffect::Ended);
            }
            match self.send(operation).await {
                Ok(()) => {
                    self.note(operation);
                    return Ok(RecordEffect::Done);
                }
                // It has not begun yet, or ends in this moment.
                Err(error)
                    if matches!(error.status(), Some(404 | 409 | 500))
                        && Instant::now() < deadline =>
                {
                    sleep(STOP_RETRY_DELAY).await;
                }
                Err(_) if self.progress.borrow().has_ended => return Ok(RecordEffect::Ended),
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn send(&self, operation: Operation) -> Result<(), Error> {
        match operation {
            Operation::Pause => self.handle.pause().await,
            Operation::Resume => self.handle.unpause().await,
            Operation::Mute => self.handle.mute().await,
            Operation::Unmute => self.handle.unmute().await,
            Operation::Stop => {
                self.progress.send_modify(|it| it.is_stopped = true);
                self.handle.stop().await
            }
        }
    }

    fn note(&self, operation: Operation) {
        self.progress.send_modify(|progress| match operation {
            Operation::Pause if !progress.is_paused() => {
                progress.paused_since = Some(Instant::now());
            }
            Operation::Resume => {
                progress.paused = progress.paused();
                progress.paused_since = None;
            }
            _ => {}
        });
    }
}
