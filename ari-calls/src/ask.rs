//! Asking for keys: a prompt, the wait for keys, and further attempts. Shared by collected input
//! and menus.

use std::time::Duration;

use crate::call::Call;
use crate::deadline;
use crate::error::CallError;
use crate::input::{Grammar, Progress};
use crate::key::{Key, Keys};
use crate::media::Prompt;
use crate::play::PlaySettings;

/// The settings of a question.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) prompt: Prompt,
    /// Played before the prompt of the next attempt if the caller has pressed nothing.
    pub(crate) no_input: Prompt,
    /// Played before the prompt of the next attempt if the input is not accepted.
    pub(crate) no_match: Prompt,
    pub(crate) play: PlaySettings,
    pub(crate) keeps_type_ahead: bool,
    pub(crate) terminators: Keys,
    pub(crate) attempts: usize,
    pub(crate) first_key: Duration,
    pub(crate) next_key: Duration,
    pub(crate) total: Duration,
}

impl Question {
    pub(crate) fn new(prompt: Prompt) -> Self {
        Question {
            prompt,
            no_input: Prompt::default(),
            no_match: Prompt::default(),
            play: PlaySettings {
                barge_in: Keys::ALL,
                ..PlaySettings::default()
            },
            keeps_type_ahead: true,
            terminators: Keys::POUND,
            attempts: 1,
            first_key: Duration::from_secs(5),
            next_key: Duration::from_secs(3),
            total: Duration::from_secs(30),
        }
    }

    /// Returns an error if a prompt cannot be played.
    pub(crate) fn check(&self) -> Result<(), CallError> {
        let prompts = [&self.prompt, &self.no_input, &self.no_match];
        prompts.into_iter().try_for_each(Prompt::check_for_call)
    }
}

/// The outcome of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Response {
    Input { keys: Vec<Key>, ended_by: InputEnd },
    NoInput,
    NoMatch { keys: Vec<Key> },
}

/// The reason why an input was complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputEnd {
    /// It is one of the allowed inputs, and no key could follow.
    Match,
    /// It has its full length.
    Length,
    /// The caller has pressed this terminator, which is not part of the input.
    Terminator(Key),
    /// The caller has pressed no further key in time.
    Timeout,
}

impl Call {
    /// Asks until an input is accepted, or the attempts are used up.
    pub(crate) async fn ask(
        &mut self,
        question: &Question,
        grammar: &Grammar,
    ) -> Result<Response, CallError> {
        if !question.keeps_type_ahead {
            self.discard_keys();
        }
        let mut prompt = question.prompt.clone();
        let mut attempt = 1;
        loop {
            self.play_prompt(&prompt, &question.play).await?;
            let response = self.read_input(question, grammar).await?;
            let hint = match &response {
                Response::Input { .. } => return Ok(response),
                Response::NoInput => &question.no_input,
                Response::NoMatch { .. } => &question.no_match,
            };
            if attempt >= question.attempts {
                return Ok(response);
            }
            attempt += 1;
            // What follows a wrong input belongs to it.
            self.discard_keys();
            prompt = hint.clone().then(question.prompt.clone());
        }
    }

    /// Reads keys until the input is accepted or refused, or time is up.
    async fn read_input(
        &mut self,
        question: &Question,
        grammar: &Grammar,
    ) -> Result<Response, CallError> {
        let mut keys = Vec::new();
        let end = deadline::after(question.total);
        let mut deadline = end.min(deadline::after(question.first_key));
        let ended_by = loop {
            let Some(key) = self.next_key_until(deadline).await? else {
                break InputEnd::Timeout;
            };
            if question.terminators.contains(key) {
                break InputEnd::Terminator(key);
            }
            keys.push(key);
            match grammar.progress(&keys) {
                Progress::More => {}
                Progress::Matched => return Ok(Response::input(keys, InputEnd::Match)),
                Progress::Full => return Ok(Response::input(keys, InputEnd::Length)),
                Progress::NoMatch => return Ok(Response::NoMatch { keys }),
            }
            deadline = end.min(deadline::after(question.next_key));
        };
        Ok(match keys.is_empty() {
            true => Response::NoInput,
            false if grammar.accepts(&keys) => Response::input(keys, ended_by),
            false => Response::NoMatch { keys },
        })
    }
}

impl Response {
    fn input(keys: Vec<Key>, ended_by: InputEnd) -> Self {
        Response::Input { keys, ended_by }
    }
}

/// The setters that collected input and menus share. `$question` is the field of the settings.
macro_rules! question_setters {
    ($($question:ident).+) => {
        /// Sets the media that are played first in the next attempt if the caller has pressed
        /// nothing. The prompt follows.
        pub fn no_input(mut self, prompt: impl Into<Prompt>) -> Self {
            self.$($question).+.no_input = prompt.into();
            self
        }

        /// Sets the media that are played first in the next attempt if the input is not accepted.
        /// The prompt follows.
        pub fn no_match(mut self, prompt: impl Into<Prompt>) -> Self {
            self.$($question).+.no_match = prompt.into();
            self
        }

        /// Sets the number of attempts. Default: 1; zero counts as one.
        pub fn attempts(mut self, attempts: usize) -> Self {
            self.$($question).+.attempts = attempts;
            self
        }

        /// Sets the keys that stop the prompt. Default: all. Other keys that are pressed during the
        /// prompt count after it.
        pub fn barge_in(mut self, keys: impl Into<Keys>) -> Self {
            self.$($question).+.play.barge_in = keys.into();
            self
        }

        /// Forgets the keys that the caller has pressed before this step. Otherwise they are its
        /// first keys, and a prompt that they would stop is not played.
        pub fn discard_type_ahead(mut self) -> Self {
            self.$($question).+.keeps_type_ahead = false;
            self
        }

        /// Sets the keys that end the input and are no part of it. Default: `#` for collected
        /// digits, none for menus. A terminator is never part of an input, not even of an allowed
        /// one.
        pub fn terminators(mut self, keys: impl Into<Keys>) -> Self {
            self.$($question).+.terminators = keys.into();
            self
        }

        /// Sets the longest wait for the first key after the prompt. Default: 5 s.
        pub fn first_key_timeout(mut self, limit: Duration) -> Self {
            self.$($question).+.first_key = limit;
            self
        }

        /// Sets the longest wait for each further key. Default: 3 s.
        pub fn next_key_timeout(mut self, limit: Duration) -> Self {
            self.$($question).+.next_key = limit;
            self
        }

        /// Sets the longest time for all keys of an attempt, from the end of the prompt on.
        /// Default: 30 s.
        pub fn total_timeout(mut self, limit: Duration) -> Self {
            self.$($question).+.total = limit;
            self
        }

        /// Sets the longest duration of a prompt. Default: 2 minutes.
        pub fn max_prompt_duration(mut self, limit: Duration) -> Self {
            self.$($question).+.play.limit = limit;
            self
        }

        /// Sets the language of the prompts, such as `en` or `de`, for all media without
        /// [one of their own](crate::Media::in_language). Default: that of the channel.
        pub fn language(mut self, language: impl Into<String>) -> Self {
            self.$($question).+.play.language = Some(language.into());
            self
        }
    };
}
pub(crate) use question_setters;
