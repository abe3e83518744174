//! The wait for the beep of a machine.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use ari_media::{Media, MediaEvent, SampleRate};
use tokio::time::{Instant, sleep_until};

use crate::call::Call;
use crate::deadline;
use crate::detect::tone::BeepListener;
use crate::detect::{DEFAULT_SILENCE_THRESHOLD, check_threshold};
use crate::error::CallError;

/// Default longest wait.
const DEFAULT_MAX_DURATION: Duration = Duration::from_secs(60);

/// Default silence after which no beep is expected.
const DEFAULT_SILENCE: Duration = Duration::from_secs(5);

/// The outcome of [`Call::wait_for_beep`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Beep {
    /// The machine has beeped, and records from now on.
    #[non_exhaustive]
    Heard {
        /// The frequency in hertz.
        frequency: f64,
        /// The duration, in steps of 20 ms.
        duration: Duration,
    },
    /// There was silence for long enough, and no beep. The machine has none, or has beeped before.
    Silence,
    /// The wait has reached [`WaitForBeep::max_duration`], and the machine goes on talking.
    MaxDuration,
    /// The audio session has ended before, for this reason. The call goes on.
    SessionEnded(ari_media::CloseReason),
}

/// A wait for the beep of a machine, made by [`Call::wait_for_beep`]. `.await` listens.
///
/// Dropping the future ends the audio session.
#[derive(Debug)]
#[must_use = "nothing is heard until it is awaited"]
pub struct WaitForBeep<'a> {
    call: &'a mut Call,
    settings: BeepSettings,
}

#[derive(Clone, Debug)]
struct BeepSettings {
    max_duration: Duration,
    silence: Duration,
    threshold: u16,
}

impl Call {
    /// Waits until the machine that has answered this call beeps and records, so that a message can
    /// be left. Use it right after [`Call::detect_answering_machine`] has found a machine. It
    /// returns after the end of the beep.
    ///
    /// The program listens to the audio of the call over an
    /// [audio session](ari_media::MediaClient::media), which takes the call into a bridge of its own
    /// meanwhile, so the call must be in no other bridge. [`Call::set_media_service`] sets the
    /// carrier. A beep is a single tone of 300 to 2500 Hz that lasts for 160 ms to 2.5 s. Those of
    /// two tones are not recognized: the outcome is [`Beep::Silence`] then.
    ///
    /// Keys that the other side presses are kept for the next step.
    ///
    /// ```no_run
    /// # use ari_calls::detect::{AnsweredBy, Beep};
    /// # use ari_calls::{Call, CallError};
    /// # async fn example(call: &mut Call) -> Result<(), CallError> {
    /// if call.detect_answering_machine().await?.is_machine() {
    ///     match call.wait_for_beep().await? {
    ///         Beep::Heard { .. } | Beep::Silence => {
    ///             call.play("sound:your-appointment-is-tomorrow").await?;
    ///         }
    ///         other => println!("no message: {other:?}"),
    ///     }
    ///     call.hang_up().await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call ends first; [`CallError::Media`] if there is no audio
    /// session; [`CallError::Request`] if the connection to the server is lost for good; and
    /// [`CallError::InvalidSettings`], before anything is sent, if the loudness of silence is out of
    /// its range.
    #[cfg_attr(docsrs, doc(cfg(feature = "media")))]
    pub fn wait_for_beep(&mut self) -> WaitForBeep<'_> {
        WaitForBeep {
            call: self,
            settings: BeepSettings {
                max_duration: DEFAULT_MAX_DURATION,
                silence: DEFAULT_SILENCE,
                threshold: DEFAULT_SILENCE_THRESHOLD,
            },
        }
    }

    async fn listen_for_beep(&mut self, settings: &BeepSettings) -> Result<Beep, CallError> {
        self.check_end()?;
        check_threshold(settings.threshold)?;
        let opening = self.open_audio().rate(SampleRate::Hz8000);
        let deadline = deadline::after(settings.max_duration);
        let mut session = None;
        let outcome = tokio::select! {
            biased;
            end = self.wait_for_end() => Ok(Err(end)),
            heard = async {
                let session = session.insert(opening.await?);
                Ok(listen(session, settings, deadline).await)
            } => heard.map(Ok),
            () = sleep_until(deadline) => Ok(Ok(Beep::MaxDuration)),
        };
        // The next step finds the call outside of the session's bridge.
        if let Some(session) = session {
            session.close().await;
        }
        match outcome {
            Ok(Err(end)) => Err(CallError::Ended(end?)),
            Ok(Ok(beep @ Beep::SessionEnded(_))) => match self.end_of_audio().await {
                Some(end) => Err(end),
                None => Ok(beep),
            },
            Ok(Ok(beep)) => Ok(beep),
            Err(error) => Err(self.explain_audio(error).await),
        }
    }
}

/// Listens to the audio of a session until something is decided.
async fn listen(session: &mut Media, settings: &BeepSettings, deadline: Instant) -> Beep {
    let rate = session.receiver().rate().hz();
    let mut listener = BeepListener::new(rate, settings.threshold);
    loop {
        match session.next().await {
            Some(MediaEvent::Audio(frame)) => {
                if let Some(heard) = listener.push(frame.samples()) {
                    return Beep::Heard {
                        frequency: heard.frequency,
                        duration: heard.duration,
                    };
                }
                if listener.silence() >= settings.silence {
                    return Beep::Silence;
                }
            }
            Some(MediaEvent::Closed(reason)) => return Beep::SessionEnded(reason),
            Some(_) => {}
            // The reason was returned before.
            None => {
                sleep_until(deadline).await;
                return Beep::MaxDuration;
            }
        }
    }
}

impl WaitForBeep<'_> {
    /// Sets the longest wait. Default: 60 s.
    pub fn max_duration(mut self, limit: Duration) -> Self {
        self.settings.max_duration = limit;
        self
    }

    /// Sets the silence after which no beep is expected any more, so that the outcome is
    /// [`Beep::Silence`]. Some machines are silent for some seconds before the beep. Default: 5 s.
    pub fn max_silence(mut self, limit: Duration) -> Self {
        self.settings.silence = limit;
        self
    }

    /// Sets the loudness below which sound is silence, as the average of the samples, from 1 to
    /// 32767. Default: 256.
    pub fn silence_threshold(mut self, loudness: u16) -> Self {
        self.settings.threshold = loudness;
        self
    }
}

impl<'a> IntoFuture for WaitForBeep<'a> {
    type Output = Result<Beep, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.call.listen_for_beep(&self.settings).await })
    }
}
