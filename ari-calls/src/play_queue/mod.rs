//! A queue of media that plays while the program goes on.
//!
//! [`Call::play_queue`] creates it. See [`PlayQueue`] for an example.

mod player;
mod state;

use std::sync::Arc;
use std::time::Duration;

use ari_api::Error;
use ari_api::playbacks::ControlOperation;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, watch};

pub use state::{QueueControl, QueueEnd};
use tracing::Instrument as _;

use crate::call::Call;
use crate::deadline::check_requested;
use crate::error::CallError;
use crate::media::{Media, Prompt};
use crate::play_queue::player::{Action, Command, Player};
use crate::play_queue::state::State;

/// Largest gain of [`PlayQueue::set_volume`], in either direction.
const MAX_DECIBELS: f32 = 40.0;

/// A queue of media for a call, made by [`Call::play_queue`]. It plays in the background, one
/// medium after the other, and does not borrow the call.
///
/// Dropping it stops what plays, and restores the volume. Dropping a future of a method that
/// controls the queue does not take the control back.
///
/// ```no_run
/// # use std::time::Duration;
/// # use ari_calls::{Call, CallError, Key};
/// # async fn example(call: &mut Call) -> Result<(), CallError> {
/// let mut queue = call.play_queue();
/// queue.push("sound:demo-congrats")?;
/// queue.push("sound:demo-instruct")?;
/// loop {
///     tokio::select! {
///         end = queue.finished() => {
///             println!("{:?}", end?);
///             break;
///         }
///         key = call.next_key(Duration::from_secs(3600)) => match key? {
///             Some(Key::Digit6) => {
///                 queue.skip().await?;
///             }
///             Some(Key::Star) => queue.stop().await?,
///             _ => {}
///         }
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct PlayQueue {
    state: Arc<watch::Sender<State>>,
    commands: mpsc::UnboundedSender<Command>,
}

impl Call {
    /// Returns an empty queue of media for the caller. Keys remain for [`Call::next_key`] and the
    /// other steps of the call. Media of other steps wait until the medium that plays has ended,
    /// because Asterisk plays one after the other.
    ///
    /// The queue plays on the tokio runtime that is current here.
    pub fn play_queue(&mut self) -> PlayQueue {
        let state = Arc::new(watch::Sender::new(State::default()));
        let (commands, received) = mpsc::unbounded_channel();
        let player = Player::new(self.second_view(), state.clone(), received);
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(player.run().in_current_span())),
            Err(error) => {
                state.send_modify(|state| state.fail(CallError::InvalidSettings(error.to_string())))
            }
        }
        PlayQueue { state, commands }
    }
}

impl PlayQueue {
    /// Sets the language of sounds, digits and numbers, such as `en` or `de`. It applies to media
    /// that have not begun. Default: that of the channel.
    pub fn language(self, language: impl Into<String>) -> Self {
        self.state
            .send_modify(|state| state.language = Some(language.into()));
        self
    }

    /// Sets the time by which [`PlayQueue::forward`] and [`PlayQueue::reverse`] move, in whole
    /// milliseconds, up to 24 days. It applies to media that have not begun. Default: 3 s.
    pub fn seek_step(self, step: Duration) -> Self {
        self.state.send_modify(|state| state.seek_step = step);
        self
    }

    /// Sets the longest time for which each medium plays, without pauses, after which the next one
    /// follows. Tones end by this, or by [`PlayQueue::skip`]. Default: 1 hour.
    pub fn max_medium_duration(self, limit: Duration) -> Self {
        self.state.send_modify(|state| state.max_duration = limit);
        self
    }

    /// Appends media, which play after those that wait. [`PlayQueue::skip`] takes the media of one
    /// `push` as one.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::InvalidSettings`] if a medium has no scheme or is a WAV file of the
    /// program, or if Asterisk does not take [`PlayQueue::seek_step`]. Nothing is appended then.
    pub fn push(&self, prompt: impl Into<Prompt>) -> Result<(), CallError> {
        let prompt = prompt.into();
        prompt.check_for_server()?;
        check_requested("a seek step", self.state.borrow().seek_step)?;
        self.state.send_modify(|state| state.push(&prompt));
        Ok(())
    }

    /// Returns the medium that plays, or is paused. `None` if nothing does.
    pub fn current(&self) -> Option<Media> {
        self.state.borrow().current.clone()
    }

    /// Returns the number of media that wait.
    pub fn waiting(&self) -> usize {
        self.state.borrow().waiting.len()
    }

    /// Waits until nothing is left to play, and returns the outcome of the media since the last
    /// time. Returns at once if nothing was appended.
    ///
    /// Media that Asterisk silently skips does not make it wait forever: the server is asked for
    /// the playback, and the outcome is [`QueueEnd::Incomplete`].
    ///
    /// Cancel-safe: no outcome is lost if the future is dropped.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call has ended, and [`CallError::Request`] if a request
    /// has failed, after which nothing is left to play, or the connection to the server is lost for
    /// good.
    pub async fn finished(&mut self) -> Result<QueueEnd, CallError> {
        let mut changes = self.state.subscribe();
        loop {
            changes.borrow_and_update();
            let is_closed = self.commands.is_closed();
            let mut outcome = None;
            self.state.send_if_modified(|state| {
                outcome = state.take_outcome();
                false
            });
            if let Some(outcome) = outcome {
                return outcome;
            }
            if is_closed {
                return Err(stopped());
            }
            tokio::select! {
                _ = changes.changed() => {}
                () = self.commands.closed() => {}
            }
        }
    }

    /// Pauses. If Asterisk cannot pause the medium that plays (spoken digits and numbers), or
    /// nothing plays, the queue pauses before the next one: [`QueueControl::NextMedium`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`PlayQueue::finished`].
    pub async fn pause(&self) -> Result<QueueControl, CallError> {
        self.run(Action::Pause).await
    }

    /// Goes on after a pause.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`PlayQueue::finished`].
    pub async fn resume(&self) -> Result<QueueControl, CallError> {
        self.run(Action::Resume).await
    }

    /// Stops the medium that plays, and takes the others of the same [`PlayQueue::push`] out of the
    /// queue. The next one follows, unless the queue is paused. Asterisk cannot stop spoken digits
    /// and numbers: this waits for their end then, up to 10 s.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`PlayQueue::finished`].
    pub async fn skip(&self) -> Result<QueueControl, CallError> {
        self.run(Action::Skip).await
    }

    /// Moves forward within the medium, by [`PlayQueue::seek_step`]. If less than that is left,
    /// Asterisk moves to one step before the end, and so back.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`PlayQueue::finished`].
    pub async fn forward(&self) -> Result<QueueControl, CallError> {
        self.run(Action::Seek(ControlOperation::Forward)).await
    }

    /// Moves back within the medium, by [`PlayQueue::seek_step`], at most to its beginning.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`PlayQueue::finished`].
    pub async fn reverse(&self) -> Result<QueueControl, CallError> {
        self.run(Action::Seek(ControlOperation::Reverse)).await
    }

    /// Plays the medium from its beginning.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`PlayQueue::finished`].
    pub async fn restart(&self) -> Result<QueueControl, CallError> {
        self.run(Action::Seek(ControlOperation::Restart)).await
    }

    /// Sets the volume of everything that the caller hears, in decibels: 6 doubles it, -6 halves
    /// it, 0 restores it. Between -40 and 40.
    ///
    /// ARI has no operation for this. The channel's dialplan function `VOLUME(TX)` is set, for
    /// which the server needs its module `func_volume`. Asterisk reports no error without it.
    /// Asterisk lets a function wait for the end of what plays, so that the volume changes with the
    /// next medium: [`QueueControl::NextMedium`].
    ///
    /// # Errors
    ///
    /// Returns [`CallError::InvalidSettings`] if the volume is out of range, and the errors of
    /// [`PlayQueue::finished`].
    pub async fn set_volume(&self, decibels: f32) -> Result<QueueControl, CallError> {
        if !(-MAX_DECIBELS..=MAX_DECIBELS).contains(&decibels) {
            return Err(CallError::InvalidSettings(format!(
                "a volume of {decibels} dB is out of range; it is between -{MAX_DECIBELS} and \
                 {MAX_DECIBELS}"
            )));
        }
        self.run(Action::Volume(decibels)).await
    }

    /// Stops what plays, and takes everything else out of the queue: [`QueueEnd::Stopped`]. Media
    /// can be appended again.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`PlayQueue::finished`].
    pub async fn stop(&self) -> Result<(), CallError> {
        self.run(Action::Stop).await.map(drop)
    }

    async fn run(&self, action: Action) -> Result<QueueControl, CallError> {
        let (reply, response) = oneshot::channel();
        let sent = self.commands.send(Command { action, reply });
        if sent.is_ok()
            && let Ok(result) = response.await
        {
            return result;
        }
        Err(self.state.borrow().end().unwrap_or_else(stopped))
    }
}

/// Returns the error of a queue whose task has ended for another reason than the call.
fn stopped() -> CallError {
    CallError::Request(Error::Disconnected {
        reason: "the play queue has ended with an earlier error".to_owned(),
        source: None,
    })
}
