//! Recordings that the caller reviews: listens to, keeps, records again or discards.
//!
//! See [`Review`] for an example.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::channels::RecordIfExists;
use ari_api::recordings::StoredRecordingHandle;
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::ask::question_setters;
use crate::call::Call;
use crate::error::{CallEnd, CallError};
use crate::key::Keys;
use crate::media::{Media, Prompt};
use crate::menu::{Chosen, Menu};
use crate::play::PlaySettings;
use crate::record::{Progress, Record, RecordEnd, RecordSettings, Recorded};

/// Time for which a recording may play longer than its duration, which is in whole seconds.
const LISTEN_MARGIN: Duration = Duration::from_secs(10);

/// Default number of times that the caller listens to recordings or records again.
const MAX_REPETITIONS: usize = 20;

/// Number of times that a recording is tried again at once because its name is not free yet.
const NAME_ATTEMPTS: usize = 3;

/// The menu in which a caller reviews a recording, for [`Record::review`]. Its attempts are 3 by
/// default, each with the prompt.
///
/// ```no_run
/// # use std::time::Duration;
/// # use ari_calls::review::{Review, Reviewed};
/// # use ari_calls::{Call, CallError};
/// # async fn example(call: &mut Call) -> Result<(), CallError> {
/// let review = Review::new("sound:vm-review")
///     .keep("1")
///     .listen("2")
///     .again("3")
///     .discard("*");
/// let record = call.record("voicemail/42", "wav").beep(true);
/// match record.min_duration(Duration::from_secs(2)).review(review).await? {
///     Reviewed::Kept { recorded, .. } => println!("{:?}", recorded.duration),
///     Reviewed::Discarded { .. } | Reviewed::TooShort => {}
///     _ => {}
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Review {
    menu: Menu<Choice>,
    too_short: Prompt,
    recordings: usize,
    max_repetitions: usize,
    on_hangup: Unreviewed,
    on_no_choice: Unreviewed,
}

#[derive(Clone, Copy, Debug)]
enum Choice {
    Listen,
    Keep,
    Again,
    Discard,
}

/// The treatment of a recording about which the caller has not decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreviewed {
    /// It is kept.
    Keep,
    /// It is deleted.
    Delete,
}

/// The outcome of [`Record::review`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Reviewed {
    /// The recording is stored.
    #[non_exhaustive]
    Kept {
        /// The recording.
        recorded: Recorded,
        /// The reason.
        by: ReviewEnd,
    },
    /// The recording was deleted.
    #[non_exhaustive]
    Discarded {
        /// The reason.
        by: ReviewEnd,
    },
    /// Each recording was shorter than [`Record::min_duration`], and was deleted.
    TooShort,
}

/// The reason why a recording was kept or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReviewEnd {
    /// The caller has chosen it.
    Chosen,
    /// The caller has chosen nothing: [`Review::on_no_choice`].
    NoChoice,
    /// The caller wanted to listen or to record again, more often than [`Review::max_repetitions`]
    /// allows: [`Review::on_no_choice`].
    MaxRepetitions,
    /// The call has ended, while it was recorded or reviewed: [`Review::on_hangup`]. The next step
    /// returns [`CallError::Ended`].
    CallEnded(CallEnd),
}

impl Review {
    /// Creates a review with a prompt, such as `sound:vm-review`, and without keys.
    pub fn new(prompt: impl Into<Prompt>) -> Self {
        Review {
            menu: Menu::new(prompt).attempts(3),
            too_short: Prompt::default(),
            recordings: 3,
            max_repetitions: MAX_REPETITIONS,
            on_hangup: Unreviewed::Keep,
            on_no_choice: Unreviewed::Keep,
        }
    }

    /// Sets the keys that play the recording. Each key of the menu stops it.
    pub fn listen(self, keys: impl AsRef<str>) -> Self {
        self.on(keys.as_ref(), Choice::Listen)
    }

    /// Sets the keys that keep the recording.
    pub fn keep(self, keys: impl AsRef<str>) -> Self {
        self.on(keys.as_ref(), Choice::Keep)
    }

    /// Sets the keys that delete the recording and record again.
    pub fn again(self, keys: impl AsRef<str>) -> Self {
        self.on(keys.as_ref(), Choice::Again)
    }

    /// Sets the keys that delete the recording.
    pub fn discard(self, keys: impl AsRef<str>) -> Self {
        self.on(keys.as_ref(), Choice::Discard)
    }

    /// Sets the media that are played after a recording that is too short, before it is recorded
    /// again, such as `sound:vm-tooshort`. Default: none.
    pub fn too_short(mut self, prompt: impl Into<Prompt>) -> Self {
        self.too_short = prompt.into();
        self
    }

    /// Sets the number of recordings in succession that may be too short. Default: 3; zero counts
    /// as one.
    pub fn recordings(mut self, recordings: usize) -> Self {
        self.recordings = recordings;
        self
    }

    /// Sets the number of times that the caller may listen to a recording or record again, both
    /// together. Default: 20. After that these keys end the review: [`ReviewEnd::MaxRepetitions`].
    pub fn max_repetitions(mut self, repetitions: usize) -> Self {
        self.max_repetitions = repetitions;
        self
    }

    /// Sets the treatment of the recording if the call ends before the caller has decided, also if
    /// the future is dropped during the review. Default: [`Unreviewed::Keep`].
    pub fn on_hangup(mut self, treatment: Unreviewed) -> Self {
        self.on_hangup = treatment;
        self
    }

    /// Sets the treatment of the recording if the caller presses nothing, or no key of the menu, in
    /// all attempts, or reaches [`Review::max_repetitions`]. Default: [`Unreviewed::Keep`].
    pub fn on_no_choice(mut self, treatment: Unreviewed) -> Self {
        self.on_no_choice = treatment;
        self
    }

    question_setters!(menu.question);

    fn on(mut self, keys: &str, choice: Choice) -> Self {
        self.menu = self.menu.on(keys, choice);
        self
    }
}

/// A recording with a review, made by [`Record::review`]. `.await` records, and asks the caller.
///
/// Dropping the future during the recording keeps it, and during the review treats it as a hangup
/// does.
#[derive(Debug)]
#[must_use = "nothing is recorded until it is awaited"]
pub struct ReviewedRecord<'a> {
    record: Record<'a>,
    review: Review,
}

impl<'a> Record<'a> {
    /// Lets the caller review the recording: listen to it, keep it, record again or discard it. A
    /// recording that was ended by a hangup is treated as [`Review::on_hangup`] says, and is an
    /// outcome, not an error.
    ///
    /// After the first one, a recording replaces the one before. What was stored under the name
    /// before is replaced if [`Record::if_exists`] is set so, also if the caller discards the
    /// recording.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Call::record`], and [`CallError::InvalidSettings`], before anything
    /// is sent, if the review has no keys, keys that cannot be read or a prompt that cannot be played,
    /// or if the recording is appended to another. If a request fails during the review, the recording is kept.
    pub fn review(self, review: Review) -> ReviewedRecord<'a> {
        ReviewedRecord {
            record: self,
            review,
        }
    }
}

impl<'a> IntoFuture for ReviewedRecord<'a> {
    type Output = Result<Reviewed, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        let Record {
            call,
            settings,
            progress,
        } = self.record;
        Box::pin(async move {
            call.record_and_review(settings, &progress, &self.review)
                .await
        })
    }
}

/// A recording that waits for a decision, and is deleted when this is dropped, if that is so set.
struct Undecided(Option<StoredRecordingHandle>);

impl Undecided {
    fn new(recorded: &Recorded, treatment: Unreviewed) -> Self {
        let deletes = treatment == Unreviewed::Delete;
        Undecided(deletes.then(|| recorded.stored.clone()))
    }

    fn decide(mut self) {
        self.0 = None;
    }
}

impl Drop for Undecided {
    fn drop(&mut self) {
        if let Some(stored) = self.0.take()
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(async move {
                if let Err(error) = stored.delete_stored().await {
                    tracing::warn!(%error, "a recording was not deleted");
                }
            });
        }
    }
}

/// The decision about a recording.
enum Decision {
    Treat(Unreviewed, ReviewEnd),
    Again,
}

impl Call {
    async fn record_and_review(
        &mut self,
        mut settings: RecordSettings,
        progress: &Arc<watch::Sender<Progress>>,
        review: &Review,
    ) -> Result<Reviewed, CallError> {
        settings.check()?;
        review.menu.check()?;
        review.too_short.check_for_call()?;
        if settings.if_exists == RecordIfExists::Append {
            let problem = "a recording that is appended to another cannot be reviewed";
            return Err(CallError::InvalidSettings(problem.to_owned()));
        }
        let mut is_first = true;
        let mut left = review.recordings.max(1);
        let mut repetitions = review.max_repetitions;
        loop {
            let recorded = match self.record_again(&settings, progress, is_first).await {
                // The recording before was deleted.
                Err(CallError::Ended(end)) if !is_first => {
                    let by = ReviewEnd::CallEnded(end);
                    return Ok(Reviewed::Discarded { by });
                }
                recorded => recorded?,
            };
            is_first = false;
            settings.if_exists = RecordIfExists::Overwrite;
            if recorded.ended_by == RecordEnd::TooShort {
                left -= 1;
                if left == 0 || self.ending().is_some() {
                    return Ok(Reviewed::TooShort);
                }
                let play = PlaySettings::default();
                match self.play_prompt(&review.too_short, &play).await {
                    Err(CallError::Ended(_)) => return Ok(Reviewed::TooShort),
                    played => played?,
                };
                continue;
            }
            left = review.recordings.max(1);
            let undecided = Undecided::new(&recorded, review.on_hangup);
            let decision = match &recorded.ended_by {
                RecordEnd::CallEnded(end) => Ok(Decision::Treat(
                    review.on_hangup,
                    ReviewEnd::CallEnded(end.clone()),
                )),
                _ => self.decide(&recorded, review, &mut repetitions).await,
            };
            undecided.decide();
            match decision? {
                Decision::Again => recorded.delete().await?,
                Decision::Treat(Unreviewed::Keep, by) => {
                    return Ok(Reviewed::Kept { recorded, by });
                }
                Decision::Treat(Unreviewed::Delete, by) => {
                    recorded.delete().await?;
                    return Ok(Reviewed::Discarded { by });
                }
            }
        }
    }

    /// Records. The name of an earlier recording may not be free at once.
    async fn record_again(
        &mut self,
        settings: &RecordSettings,
        progress: &Arc<watch::Sender<Progress>>,
        is_first: bool,
    ) -> Result<Recorded, CallError> {
        let mut attempt = 1;
        loop {
            let result = self.record_with(settings, progress).await;
            let is_busy = matches!(
                &result,
                Err(CallError::Request(error)) if error.status() == Some(409)
            );
            if is_first || !is_busy || attempt >= NAME_ATTEMPTS {
                return result;
            }
            attempt += 1;
        }
    }

    /// Asks the caller about a recording. `repetitions` is the number of those that are left.
    async fn decide(
        &mut self,
        recorded: &Recorded,
        review: &Review,
        repetitions: &mut usize,
    ) -> Result<Decision, CallError> {
        let play = PlaySettings {
            barge_in: Keys::ALL,
            limit: recorded.duration + LISTEN_MARGIN,
            ..review.menu.question.play.clone()
        };
        let recording = Prompt::from(Media::recording(recorded.stored.recording_name()));
        loop {
            let mut chosen = self.choose(&review.menu).await;
            if let Ok(Chosen::Choice {
                value: Choice::Listen | Choice::Again,
                ..
            }) = chosen
            {
                let Some(left) = repetitions.checked_sub(1) else {
                    let by = ReviewEnd::MaxRepetitions;
                    return Ok(Decision::Treat(review.on_no_choice, by));
                };
                *repetitions = left;
            }
            if let Ok(Chosen::Choice {
                value: Choice::Listen,
                ..
            }) = chosen
            {
                match self.play_prompt(&recording, &play).await {
                    Ok(_) => continue,
                    Err(error) => chosen = Err(error),
                }
            }
            return Ok(match chosen {
                Ok(Chosen::Choice { value, .. }) => match value {
                    Choice::Keep | Choice::Listen => {
                        Decision::Treat(Unreviewed::Keep, ReviewEnd::Chosen)
                    }
                    Choice::Discard => Decision::Treat(Unreviewed::Delete, ReviewEnd::Chosen),
                    Choice::Again => Decision::Again,
                },
                Ok(_) => Decision::Treat(review.on_no_choice, ReviewEnd::NoChoice),
                Err(CallError::Ended(end)) => {
                    Decision::Treat(review.on_hangup, ReviewEnd::CallEnded(end))
                }
                Err(error) => return Err(error),
            });
        }
    }
}
