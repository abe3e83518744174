//! The media of a queue, and their outcome.

use std::collections::VecDeque;
use std::time::Duration;

use crate::error::{CallEnd, CallError};
use crate::media::{Media, Prompt};

/// The outcome of [`PlayQueue::finished`](crate::play_queue::PlayQueue::finished).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueueEnd {
    /// Each medium has played, until its end or until the program has skipped it.
    Finished,
    /// Asterisk has skipped or could not play at least one medium. Its log has the reason, such as
    /// a missing file.
    #[non_exhaustive]
    Incomplete {
        /// The media that have not played, in their order.
        media: Vec<Media>,
    },
    /// [`PlayQueue::stop`](crate::play_queue::PlayQueue::stop) was used, and nothing was appended
    /// after it.
    Stopped,
}

/// The effect of controlling a [`PlayQueue`](crate::play_queue::PlayQueue).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueueControl {
    /// It has taken effect.
    Done,
    /// It takes effect with the next medium.
    NextMedium,
    /// Nothing plays, or the queue is paused. It has no effect.
    NotPlaying,
    /// Asterisk cannot do this with the medium that plays, as with spoken digits and numbers. It
    /// has no effect.
    Unsupported,
}

/// The state of a queue.
#[derive(Debug)]
pub(crate) struct State {
    /// The media that wait, each with the number of its prompt.
    pub(crate) waiting: VecDeque<(u64, Media)>,
    pub(crate) current: Option<Media>,
    pub(crate) language: Option<String>,
    pub(crate) seek_step: Duration,
    pub(crate) max_duration: Duration,
    pub(crate) incomplete: Vec<Media>,
    pub(crate) is_stopped: bool,
    /// The number of the next prompt.
    next_prompt: u64,
    /// The error that was not returned yet.
    error: Option<CallError>,
    /// The end of the call.
    end: Option<CallEnd>,
}

impl Default for State {
    fn default() -> Self {
        State {
            waiting: VecDeque::new(),
            current: None,
            language: None,
            seek_step: Duration::from_secs(3),
            max_duration: Duration::from_secs(3600),
            incomplete: Vec::new(),
            is_stopped: false,
            next_prompt: 0,
            error: None,
            end: None,
        }
    }
}

impl State {
    pub(crate) fn push(&mut self, prompt: &Prompt) {
        let number = self.next_prompt;
        self.next_prompt += 1;
        self.is_stopped = false;
        let media = prompt.media().iter().cloned();
        self.waiting.extend(media.map(|medium| (number, medium)));
    }

    /// Removes the media of a prompt that wait.
    pub(crate) fn remove_prompt(&mut self, prompt: u64) {
        self.waiting.retain(|(number, _)| *number != prompt);
    }

    /// Removes everything, for a reason.
    pub(crate) fn fail(&mut self, error: CallError) {
        self.waiting.clear();
        self.current = None;
        match error {
            CallError::Ended(end) => self.end = Some(end),
            error => self.error = Some(error),
        }
    }

    /// Returns the end of the call as an error.
    pub(crate) fn end(&self) -> Option<CallError> {
        self.end.clone().map(CallError::Ended)
    }

    /// Takes the outcome, if nothing is left to play.
    pub(crate) fn take_outcome(&mut self) -> Option<Result<QueueEnd, CallError>> {
        if let Some(error) = self.error.take().or_else(|| self.end()) {
            return Some(Err(error));
        }
        if self.current.is_some() || !self.waiting.is_empty() {
            return None;
        }
        let media = std::mem::take(&mut self.incomplete);
        let is_stopped = std::mem::take(&mut self.is_stopped);
        Some(Ok(match (is_stopped, media.is_empty()) {
            (true, _) => QueueEnd::Stopped,
            (false, true) => QueueEnd::Finished,
            (false, false) => QueueEnd::Incomplete { media },
        }))
    }
}
