//! Collecting digits: a prompt, keys, timeouts, further attempts.
//!
//! See [`Call::collect`] for an example.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

pub use crate::ask::InputEnd;
pub use crate::input::InputLength;

use crate::ask::{Question, Response, question_setters};
use crate::call::Call;
use crate::error::CallError;
use crate::input::{Grammar, text};
use crate::key::Keys;
use crate::media::Prompt;
use crate::pattern::{InvalidPattern, Pattern};

/// The outcome of [`Call::collect`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Collected {
    /// The caller has entered an input that is accepted.
    #[non_exhaustive]
    Digits {
        /// The keys, without the terminator.
        digits: String,
        /// The reason why the input was complete.
        ended_by: InputEnd,
    },
    /// The caller has pressed nothing, or a terminator only, in the last attempt.
    NoInput,
    /// The input of the last attempt is not accepted.
    #[non_exhaustive]
    NoMatch {
        /// The keys, without the terminator.
        digits: String,
    },
}

impl Collected {
    /// Returns the keys of an accepted input.
    pub fn digits(&self) -> Option<&str> {
        match self {
            Collected::Digits { digits, .. } => Some(digits),
            _ => None,
        }
    }
}

/// A question for digits, made by [`Call::collect`]. `.await` asks it.
///
/// Dropping the future stops the prompt. Keys that it has read are lost then.
#[derive(Debug)]
#[must_use = "nothing is asked until it is awaited"]
pub struct Collect<'a> {
    call: &'a mut Call,
    question: Question,
    grammar: Grammar,
    /// True if there is a list of allowed inputs, even an empty one.
    allows_listed_only: bool,
    invalid: Option<InvalidPattern>,
}

impl Call {
    /// Asks the caller for a number of keys (`4`, or a range such as `1..=10`), and waits for them.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # async fn example(call: &mut ari_calls::Call) -> Result<(), ari_calls::CallError> {
    /// let pin = call
    ///     .collect(4)
    ///     .prompt("sound:vm-password")
    ///     .no_match("sound:vm-incorrect")
    ///     .attempts(3)
    ///     .await?;
    /// if let Some(pin) = pin.digits() {
    ///     println!("{} keys", pin.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call ends first; [`CallError::Request`] if a request
    /// fails or the connection to the server is lost for good; and
    /// [`CallError::InvalidSettings`], before anything is played, if the length is zero, an
    /// allowed input cannot be read, the list of them is empty, or a prompt cannot be played.
    pub fn collect(&mut self, length: impl Into<InputLength>) -> Collect<'_> {
        Collect {
            call: self,
            question: Question::new(Prompt::default()),
            grammar: Grammar::new(length.into()),
            allows_listed_only: false,
            invalid: None,
        }
    }
}

impl<'a> Collect<'a> {
    /// Sets the media that ask for the input. Default: none.
    pub fn prompt(mut self, prompt: impl Into<Prompt>) -> Self {
        self.question.prompt = prompt.into();
        self
    }

    /// Accepts these inputs only: keys such as `12`, or patterns as the dialplan writes them, such
    /// as `_1XX`. An input ends as soon as it matches and no longer one could, and is refused as
    /// soon as none of them can match any more. An empty list is an error, because nothing would be
    /// accepted.
    pub fn allow<T: AsRef<str>>(mut self, inputs: impl IntoIterator<Item = T>) -> Self {
        self.allows_listed_only = true;
        for input in inputs {
            match Pattern::parse(input.as_ref()) {
                Ok(pattern) => self.grammar.allowed.push(pattern),
                Err(error) => self.invalid = self.invalid.or(Some(error)),
            }
        }
        self
    }

    /// Accepts an input only if this function returns `true` for it, once it is complete.
    pub fn validate(mut self, is_valid: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        self.grammar.validator = Some(Arc::new(is_valid));
        self
    }

    question_setters!(question);
}

impl<'a> IntoFuture for Collect<'a> {
    type Output = Result<Collected, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            if let Some(error) = self.invalid {
                return Err(CallError::InvalidSettings(error.to_string()));
            }
            if self.allows_listed_only && self.grammar.allowed.is_empty() {
                let problem = "the list of allowed inputs is empty";
                return Err(CallError::InvalidSettings(problem.to_owned()));
            }
            if !self.grammar.length.is_valid() {
                let problem =
                    "the length of an input is at least one, and its end not before its start";
                return Err(CallError::InvalidSettings(problem.to_owned()));
            }
            self.question.check()?;
            Ok(match self.call.ask(&self.question, &self.grammar).await? {
                Response::Input { keys, ended_by } => Collected::Digits {
                    digits: text(&keys),
                    ended_by,
                },
                Response::NoInput => Collected::NoInput,
                Response::NoMatch { keys } => Collected::NoMatch {
                    digits: text(&keys),
                },
            })
        })
    }
}
