//! Answering machine detection: recognizes by talking and silence if a person or a machine has
//! answered a call.
//!
//! See [`Call::detect_answering_machine`] for an example.

#[cfg(feature = "media")]
mod beep;
mod detector;
mod heard;
mod outcome;
#[cfg(feature = "media")]
mod tone;

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use tokio::time::Instant;

#[cfg(feature = "media")]
#[cfg_attr(docsrs, doc(cfg(feature = "media")))]
pub use beep::{Beep, WaitForBeep};
pub use heard::{Heard, MachineSign};
pub use outcome::{AnsweredBy, Greeting};

use crate::call::Call;
use crate::deadline::{self, check_requested};
use crate::detect::detector::TalkDetector;
use crate::detect::heard::{Limits, Listener, Verdict};
use crate::error::CallError;
use crate::talk_events::TalkEvent;

/// Default loudness below which sound is silence, as for Asterisk.
const DEFAULT_SILENCE_THRESHOLD: u16 = 256;

/// Loudness of the loudest sound.
const MAX_LOUDNESS: u16 = 32767;

/// Default silence after which the greeting of a machine is over. The beep comes within it.
const DEFAULT_END_SILENCE: Duration = Duration::from_secs(2);

/// A detection of answering machines (AMD), made by [`Call::detect_answering_machine`]. `.await`
/// listens.
///
/// Dropping the future switches talk detection off.
#[derive(Debug)]
#[must_use = "nothing is detected until it is awaited"]
pub struct DetectAnsweringMachine<'a> {
    call: &'a mut Call,
    settings: DetectSettings,
}

#[derive(Clone, Debug)]
struct DetectSettings {
    limits: Limits,
    threshold: u16,
    /// The limit of the wait for the end of a machine's greeting. `None` not to wait.
    greeting: Option<Duration>,
    end_silence: Duration,
}

impl Call {
    /// Listens to the party that has answered this call, and decides if it is a person or a machine
    /// (answering machine detection, AMD). A person says a word or two and waits; a machine talks
    /// on. Use it right after the answer, and play nothing until then.
    ///
    /// This is a guess, by the durations of talking and silence, as by the dialplan application
    /// `AMD`, whose defaults it has. Asterisk measures them by `TALK_DETECT`, which is switched off
    /// at the end; a detection that the program has switched on itself is replaced. A phone that
    /// sends no audio in pauses (silence suppression) never stops talking for Asterisk, and counts
    /// as a machine. While the WebSocket is lost, nothing is heard. It takes Asterisk 12.4.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use ari_calls::detect::{AnsweredBy, Greeting};
    /// # use ari_calls::{Call, CallError};
    /// # async fn example(call: &mut Call) -> Result<(), CallError> {
    /// let detect = call.detect_answering_machine();
    /// match detect.wait_for_greeting_end(Duration::from_secs(60)).await? {
    ///     AnsweredBy::Machine { greeting: Greeting::Over, .. } => {
    ///         call.play("sound:your-appointment-is-tomorrow").await?;
    ///     }
    ///     AnsweredBy::Machine { .. } => call.hang_up().await?,
    ///     _ => println!("a person"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call ends first; [`CallError::Request`] if a request
    /// fails or the connection to the server is lost for good; and [`CallError::InvalidSettings`],
    /// before anything is sent, if the pause between words is none that Asterisk takes (shorter than
    /// a millisecond, or longer than 24 days), or the loudness of silence is out of its range.
    pub fn detect_answering_machine(&mut self) -> DetectAnsweringMachine<'_> {
        DetectAnsweringMachine {
            call: self,
            settings: DetectSettings {
                limits: Limits::default(),
                threshold: DEFAULT_SILENCE_THRESHOLD,
                greeting: None,
                end_silence: DEFAULT_END_SILENCE,
            },
        }
    }

    async fn detect_with(&mut self, settings: &DetectSettings) -> Result<AnsweredBy, CallError> {
        self.check_end()?;
        let gap = settings.limits.word_gap;
        check_requested("a pause between words", gap)?;
        check_threshold(settings.threshold)?;
        let turn = self.talk_detection_turn().await;
        self.begin_talk_events();
        let mut detector = TalkDetector::start(self.channel(), turn, gap, settings.threshold);
        let result = match detector.started().await {
            Ok(()) => self.listen(settings).await,
            Err(error) => Err(self.explain(error).await),
        };
        detector.stop().await;
        self.end_talk_events();
        result
    }

    async fn listen(&mut self, settings: &DetectSettings) -> Result<AnsweredBy, CallError> {
        let begin = Instant::now();
        let mut listener = Listener::new(settings.limits.bounded());
        let sign = loop {
            match listener.verdict(begin.elapsed()) {
                Some(Verdict::Machine(sign)) => break sign,
                Some(Verdict::Human) => {
                    return Ok(AnsweredBy::Human {
                        heard: listener.into_heard(begin.elapsed()),
                    });
                }
                Some(Verdict::Unsure) => {
                    return Ok(AnsweredBy::Unsure {
                        heard: listener.into_heard(begin.elapsed()),
                    });
                }
                None => {
                    let due = begin + listener.due();
                    self.hear(&mut listener, begin, due).await?;
                }
            }
        };
        let greeting = match settings.greeting {
            Some(limit) => {
                let limit = deadline::after(limit);
                let silence = settings.end_silence;
                self.wait_for_silence(&mut listener, begin, silence, limit)
                    .await?
            }
            None => Greeting::NotAwaited,
        };
        Ok(AnsweredBy::Machine {
            sign,
            greeting,
            heard: listener.into_heard(begin.elapsed()),
        })
    }

    async fn wait_for_silence(
        &mut self,
        listener: &mut Listener,
        begin: Instant,
        silence: Duration,
        limit: Instant,
    ) -> Result<Greeting, CallError> {
        loop {
            let now = Instant::now();
            let end = listener.silent_for(silence).map(|end| begin + end);
            if end.is_some_and(|end| end <= now) {
                return Ok(Greeting::Over);
            }
            if limit <= now {
                return Ok(Greeting::TooLong);
            }
            let due = end.unwrap_or(limit).min(limit);
            self.hear(listener, begin, due).await?;
        }
    }

    /// Waits for the next beginning or end of talking, until `due` at the latest.
    async fn hear(
        &mut self,
        listener: &mut Listener,
        begin: Instant,
        due: Instant,
    ) -> Result<(), CallError> {
        match self.next_talk_event(due).await? {
            Some(TalkEvent::Started { at }) => {
                listener.talking_started(at.saturating_duration_since(begin));
            }
            Some(TalkEvent::Finished { at, duration }) => {
                listener.talking_finished(at.saturating_duration_since(begin), duration);
            }
            None => {}
        }
        Ok(())
    }
}

/// Returns an error for a loudness that no sound is above, or that every sound is above.
fn check_threshold(loudness: u16) -> Result<(), CallError> {
    match (1..=MAX_LOUDNESS).contains(&loudness) {
        true => Ok(()),
        false => {
            let problem = format!("a loudness is between 1 and {MAX_LOUDNESS}");
            Err(CallError::InvalidSettings(problem))
        }
    }
}

impl DetectAnsweringMachine<'_> {
    /// Sets the silence at the beginning after which a party that has said nothing counts as a
    /// machine. Default: 2.5 s.
    pub fn initial_silence(mut self, limit: Duration) -> Self {
        self.settings.limits.initial_silence = limit;
        self
    }

    /// Sets the longest greeting of a person, all words together without the pauses. A longer one
    /// is that of a machine. Default: 1.5 s.
    pub fn max_greeting(mut self, limit: Duration) -> Self {
        self.settings.limits.max_greeting = limit;
        self
    }

    /// Sets the number of words of the longest greeting of a person. One with more is that of a
    /// machine. Default: 3.
    pub fn max_words(mut self, words: usize) -> Self {
        self.settings.limits.max_words = words;
        self
    }

    /// Sets the silence after a greeting by which a person is recognized. Default: 800 ms.
    pub fn silence_after_greeting(mut self, silence: Duration) -> Self {
        self.settings.limits.silence_after_greeting = silence;
        self
    }

    /// Sets the longest duration of the detection, after which the outcome is
    /// [`AnsweredBy::Unsure`]. Default: 5 s. The wait for the end of a greeting comes on top.
    pub fn max_duration(mut self, limit: Duration) -> Self {
        self.settings.limits.max_duration = limit;
        self
    }

    /// Sets the shortest word. Shorter sounds are noise, which does not interrupt a silence.
    /// Default: 100 ms.
    pub fn min_word(mut self, duration: Duration) -> Self {
        self.settings.limits.min_word = duration;
        self
    }

    /// Sets the silence that separates words, in milliseconds, of which Asterisk measures steps of
    /// 20. Default: 50 ms.
    pub fn word_gap(mut self, silence: Duration) -> Self {
        self.settings.limits.word_gap = silence;
        self
    }

    /// Sets the loudness below which sound is silence, as the average of the samples, from 1 to
    /// 32767. Default: 256.
    pub fn silence_threshold(mut self, loudness: u16) -> Self {
        self.settings.threshold = loudness;
        self
    }

    /// If a machine has answered, waits until its greeting is over, including the beep, so that a
    /// message can be left, for up to `limit`. Default: does not wait.
    pub fn wait_for_greeting_end(mut self, limit: Duration) -> Self {
        self.settings.greeting = Some(limit);
        self
    }

    /// Sets the silence after which a machine's greeting is over. A shorter one may end before the
    /// beep. Default: 2 s.
    pub fn greeting_end_silence(mut self, silence: Duration) -> Self {
        self.settings.end_silence = silence;
        self
    }
}

impl<'a> IntoFuture for DetectAnsweringMachine<'a> {
    type Output = Result<AnsweredBy, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.call.detect_with(&self.settings).await })
    }
}
