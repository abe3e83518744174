//! Recording what the caller says.
//!
//! ```no_run
//! # use std::time::Duration;
//! # async fn example(call: &mut ari_calls::Call) -> Result<(), ari_calls::CallError> {
//! let message = call.record("messages/42", "wav").beep(true).max_silence(Duration::from_secs(5));
//! let recorded = message.await?;
//! println!("{:?}, ended by {:?}", recorded.duration, recorded.ended_by);
//! # Ok(())
//! # }
//! ```
//!
//! [`review`](crate::review) lets the caller listen to it and record it again.

mod control;
mod outcome;

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::channels::{RecordIfExists, RecordTerminateOn};
use ari_api::models::{LiveRecording, LiveRecordingState};
use ari_api::stream::Finished;
use tokio::sync::watch;
use tokio::time::Instant;

pub use control::{RecordControl, RecordEffect};
pub use outcome::{RecordEnd, Recorded};

use crate::call::Call;
use crate::deadline::{check_requested, check_text};
use crate::error::CallError;
use crate::key::Keys;
use crate::record::control::EndNote;
pub(crate) use crate::record::control::Progress;
use crate::running::Running;

/// Limit for the hangup that has ended a recording, which may be reported after it.
const HANGUP_GRACE: Duration = Duration::from_millis(500);

/// Default longest duration of a recording.
const DEFAULT_MAX_DURATION: Duration = Duration::from_secs(5 * 60);

/// Default longest pause of a recording.
const DEFAULT_MAX_PAUSE: Duration = Duration::from_secs(5 * 60);

/// A recording of a call, made by [`Call::record`]. `.await` records.
///
/// Dropping the future stops the recording, and keeps what was recorded.
#[derive(Debug)]
#[must_use = "nothing is recorded until it is awaited"]
pub struct Record<'a> {
    pub(crate) call: &'a mut Call,
    pub(crate) settings: RecordSettings,
    /// Shared with the controls.
    pub(crate) progress: Arc<watch::Sender<Progress>>,
}

/// The settings of a recording.
#[derive(Clone, Debug)]
pub(crate) struct RecordSettings {
    pub(crate) name: String,
    format: String,
    beep: bool,
    terminators: Keys,
    max_duration: Duration,
    max_pause: Duration,
    max_silence: Option<Duration>,
    min_duration: Duration,
    pub(crate) if_exists: RecordIfExists,
}

impl RecordSettings {
    /// Returns an error for settings that Asterisk does not take, or that contradict each other.
    pub(crate) fn check(&self) -> Result<(), CallError> {
        check_text("the name of a recording", &self.name)?;
        check_text("the format of a recording", &self.format)?;
        check_requested("a longest duration", self.max_duration)?;
        if let Some(silence) = self.max_silence {
            check_requested("a longest silence", silence)?;
        }
        if self.min_duration > self.max_duration {
            let problem = "the shortest duration of a recording exceeds its longest";
            return Err(CallError::InvalidSettings(problem.to_owned()));
        }
        Ok(())
    }
}

impl Call {
    /// Records what the caller says, under a name in the server's folder of recordings, in a format
    /// such as `wav`. A call that is not answered is answered first. The call must not be in a
    /// bridge.
    ///
    /// Keys that were pressed before are forgotten, and so are those pressed during the recording,
    /// with the terminator; keys behind the terminator are kept for the next step.
    ///
    /// A caller who hangs up ends the recording, which is stored: this is an outcome, not an error,
    /// and the next step returns [`CallError::Ended`].
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call ended before the recording began,
    /// [`CallError::RecordingFailed`] if Asterisk could not record, [`CallError::Request`] if a
    /// request fails (409 if a recording of this name exists) or the connection to the server is
    /// lost for good, and [`CallError::InvalidSettings`], before anything is sent, if the name or
    /// the format is empty, a limit is none of Asterisk's (zero, or more than 24 days), or the
    /// shortest duration exceeds the longest.
    pub fn record(&mut self, name: impl Into<String>, format: impl Into<String>) -> Record<'_> {
        Record {
            call: self,
            progress: Arc::default(),
            settings: RecordSettings {
                name: name.into(),
                format: format.into(),
                beep: false,
                terminators: Keys::POUND,
                max_duration: DEFAULT_MAX_DURATION,
                max_pause: DEFAULT_MAX_PAUSE,
                max_silence: None,
                min_duration: Duration::ZERO,
                if_exists: RecordIfExists::Fail,
            },
        }
    }

    pub(crate) async fn record_with(
        &mut self,
        settings: &RecordSettings,
        progress: &Arc<watch::Sender<Progress>>,
    ) -> Result<Recorded, CallError> {
        self.check_end()?;
        settings.check()?;
        self.discard_keys();
        progress.send_replace(Progress::default());
        let end_note = EndNote(progress.clone());
        let channel = self.channel().clone();
        let mut request = channel
            .record(&settings.name, &settings.format)
            .beep(settings.beep)
            .max_duration(settings.max_duration)
            .if_exists(settings.if_exists.clone());
        if let Some(max_silence) = settings.max_silence {
            request = request.max_silence(max_silence);
        }
        // Asterisk leaves the tone of its own terminator out of the recording.
        let terminators = settings.terminators;
        let by_asterisk = match terminators {
            Keys::POUND => Some(RecordTerminateOn::Pound),
            Keys::STAR => Some(RecordTerminateOn::Star),
            Keys::ALL => Some(RecordTerminateOn::Any),
            _ => None,
        };
        if let Some(terminator) = &by_asterisk {
            request = request.terminate_on(terminator.clone());
        }
        let begin = Instant::now();
        let mut running = Running::recording(self.client(), &settings.name, request);
        // Asterisk does not read keys of a recording that is paused.
        let is_own = |key| {
            terminators.contains(key) && (by_asterisk.is_none() || progress.borrow().is_paused())
        };
        let mut is_pause_over = false;
        let finished = tokio::select! {
            biased;
            finished = running.finished() => Some(finished),
            // The end of the call is reported by the recording as well.
            Ok(_) = self.wait_for_key(is_own) => None,
            () = Progress::wait_for_long_pause(progress, settings.max_pause) => {
                is_pause_over = true;
                None
            }
        };
        let finished = match finished {
            Some(finished) => finished,
            None => match running.stop().await {
                Some(finished) => finished,
                None => {
                    return Err(CallError::RecordingFailed {
                        name: settings.name.clone(),
                        cause: "the server did not stop it".to_owned(),
                    });
                }
            },
        };
        let finished = match finished {
            Ok(finished) => finished,
            Err(error) => return Err(self.explain(error).await),
        };
        drop(end_note);
        let progress = progress.borrow().clone();
        let elapsed = begin.elapsed().saturating_sub(progress.paused());
        let mut recorded = self.recorded(settings, &finished, elapsed)?;
        match recorded.ended_by {
            RecordEnd::Stopped | RecordEnd::MaxDuration if is_pause_over => {
                recorded.ended_by = RecordEnd::MaxPause;
            }
            RecordEnd::MaxDuration if progress.is_stopped => {
                recorded.ended_by = RecordEnd::Stopped;
            }
            RecordEnd::Stopped if !progress.is_stopped => {
                if let Some(end) = self.wait_for_ending(HANGUP_GRACE).await {
                    recorded.ended_by = RecordEnd::CallEnded(end);
                }
            }
            _ => {}
        }
        if finished.is_reported() && spoken_duration(&recorded, &finished) < settings.min_duration {
            recorded.delete().await?;
            recorded.ended_by = RecordEnd::TooShort;
        }
        Ok(recorded)
    }

    /// Returns the outcome of a recording that has ended.
    fn recorded(
        &mut self,
        settings: &RecordSettings,
        finished: &Finished<LiveRecording>,
        elapsed: Duration,
    ) -> Result<Recorded, CallError> {
        if finished.is_reported() && finished.state != LiveRecordingState::Done {
            return Err(CallError::RecordingFailed {
                name: settings.name.clone(),
                cause: finished.cause.clone().unwrap_or_default(),
            });
        }
        // The key that has ended the recording arrives before its end.
        let keys = self.take_keys();
        let terminator = keys
            .iter()
            .position(|key| settings.terminators.contains(*key));
        let ended_by = match terminator {
            Some(at) => {
                let key = keys[at];
                self.put_back(keys.into_iter().skip(at + 1));
                RecordEnd::Key(key)
            }
            None => self.record_end(settings, finished, elapsed),
        };
        Ok(Recorded {
            stored: self.client().stored_recording(&settings.name),
            duration: finished.duration.unwrap_or_default(),
            talking_duration: settings.max_silence.and(finished.talking_duration),
            ended_by,
        })
    }

    fn record_end(
        &mut self,
        settings: &RecordSettings,
        finished: &Finished<LiveRecording>,
        elapsed: Duration,
    ) -> RecordEnd {
        if let Some(end) = self.ending() {
            return RecordEnd::CallEnded(end);
        }
        let reaches = |time: Option<Duration>, limit| time.is_some_and(|time| time >= limit);
        if let Some(limit) = settings.max_silence {
            // Of a recording without any other sound, Asterisk reports no silence, and the silence
            // as talking.
            let is_silent = finished
                .silence_duration
                .is_some_and(|silence| silence.is_zero())
                && !reaches(finished.talking_duration, limit + Duration::from_secs(1));
            if is_silent || reaches(finished.silence_duration, limit) {
                return RecordEnd::Silence;
            }
        }
        // The recording of a silent channel can be empty at its limit.
        match elapsed >= settings.max_duration {
            true => RecordEnd::MaxDuration,
            false => RecordEnd::Stopped,
        }
    }
}

/// Returns the duration of a recording without the silence that has ended it.
fn spoken_duration(recorded: &Recorded, finished: &LiveRecording) -> Duration {
    let silence = finished.silence_duration.unwrap_or_default();
    match recorded.ended_by {
        // Asterisk reports no silence of a recording without any other sound.
        RecordEnd::Silence if silence.is_zero() => Duration::ZERO,
        RecordEnd::Silence => recorded.duration.saturating_sub(silence),
        _ => recorded.duration,
    }
}

impl Record<'_> {
    /// Returns a control, to pause, mute or stop the recording while its future is awaited.
    pub fn control(&self) -> RecordControl {
        let handle = self.call.client().live_recording(&self.settings.name);
        RecordControl::new(handle, self.progress.clone())
    }

    /// Sets the shortest duration, in whole seconds, without the silence that has ended the
    /// recording. A shorter one is deleted, and its outcome is [`RecordEnd::TooShort`]. Default:
    /// zero. A recording of which no event has reported the end, because the WebSocket was lost, is
    /// not too short.
    pub fn min_duration(mut self, limit: Duration) -> Self {
        self.settings.min_duration = limit;
        self
    }

    /// Sets the longest pause, see [`RecordControl::pause`]. Default: 5 minutes.
    pub fn max_pause(mut self, limit: Duration) -> Self {
        self.settings.max_pause = limit;
        self
    }

    /// Plays a beep first. Default: `false`.
    pub fn beep(mut self, beep: bool) -> Self {
        self.settings.beep = beep;
        self
    }

    /// Sets the keys that end the recording. Default: `#`. Their tone is left out of the recording
    /// if they are `#`, `*` or all keys, which Asterisk recognizes itself.
    pub fn terminators(mut self, keys: impl Into<Keys>) -> Self {
        self.settings.terminators = keys.into();
        self
    }

    /// Sets the longest duration. Default: 5 minutes. Asterisk counts whole seconds, rounded up.
    pub fn max_duration(mut self, limit: Duration) -> Self {
        self.settings.max_duration = limit;
        self
    }

    /// Sets the duration of silence that ends the recording. Default: none does. Asterisk counts
    /// whole seconds, rounded up.
    pub fn max_silence(mut self, limit: Duration) -> Self {
        self.settings.max_silence = Some(limit);
        self
    }

    /// Sets what happens if a recording of this name is stored already. Default: the request fails.
    pub fn if_exists(mut self, action: RecordIfExists) -> Self {
        self.settings.if_exists = action;
        self
    }
}

impl<'a> IntoFuture for Record<'a> {
    type Output = Result<Recorded, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.call.record_with(&self.settings, &self.progress).await })
    }
}
