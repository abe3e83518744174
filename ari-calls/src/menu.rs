//! Menus: tables of keys and choices, with sub-menus.
//!
//! [`Call::choose`] is the step of a call. See [`Menu`] for an example.

use std::time::Duration;

use crate::ask::{Question, Response, question_setters};
use crate::call::Call;
use crate::error::CallError;
use crate::input::{Grammar, InputLength, text};
use crate::key::Keys;
use crate::media::Prompt;
use crate::pattern::{InvalidPattern, Pattern};

/// Longest input of a menu. Patterns that end with `.` match longer ones.
const MAX_INPUT: usize = 32;

/// Default number of moves between menus.
const MAX_MOVES: usize = 20;

/// A menu: a prompt, and the choices by their keys.
///
/// ```no_run
/// # use ari_calls::menu::{Chosen, Menu};
/// # use ari_calls::{Call, CallError};
/// #[derive(Clone)]
/// enum Choice {
///     Sales,
///     Extension,
/// }
///
/// # async fn example(call: &mut Call) -> Result<(), CallError> {
/// let menu = Menu::new("sound:main-menu")
///     .on("1", Choice::Sales)
///     .on("_2XX", Choice::Extension)
///     .no_match("sound:pm-invalid-option")
///     .attempts(3);
/// match call.choose(&menu).await? {
///     Chosen::Choice { value: Choice::Sales, .. } => println!("sales"),
///     Chosen::Choice { value: Choice::Extension, digits, .. } => println!("extension {digits}"),
///     Chosen::NoInput | Chosen::NoMatch { .. } => println!("no choice"),
///     _ => {}
/// }
/// # Ok(())
/// # }
/// ```
///
/// A value can be a function, too, which handles the choice:
///
/// ```no_run
/// # use std::pin::Pin;
/// # use ari_calls::menu::{Chosen, Menu};
/// # use ari_calls::{Call, CallError};
/// type Step<'a> = Pin<Box<dyn Future<Output = Result<(), CallError>> + Send + 'a>>;
/// type Handler = for<'a> fn(&'a mut Call) -> Step<'a>;
///
/// # async fn example(call: &mut Call) -> Result<(), CallError> {
/// let menu = Menu::<Handler>::new("sound:main-menu")
///     .on("1", |call| Box::pin(async { call.dial("PJSIP/sales").await.map(drop) }))
///     .on("2", |call| Box::pin(async { call.play("sound:hours").await.map(drop) }));
/// if let Chosen::Choice { value: handler, .. } = call.choose(&menu).await? {
///     handler(call).await?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Menu<T> {
    pub(crate) question: Question,
    grammar: Grammar,
    /// By the positions of the patterns.
    entries: Vec<Entry<T>>,
    invalid: Option<InvalidPattern>,
    max_moves: usize,
}

#[derive(Clone, Debug)]
enum Entry<T> {
    Choice(T),
    Menu(Box<Menu<T>>),
    Back,
}

/// The outcome of [`Call::choose`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Chosen<T> {
    /// The caller has made a choice.
    #[non_exhaustive]
    Choice {
        /// The value of the choice.
        value: T,
        /// The keys of the last menu.
        digits: String,
    },
    /// The caller has pressed nothing in the last attempt.
    NoInput,
    /// The keys of the last attempt are no choice.
    #[non_exhaustive]
    NoMatch {
        /// The keys.
        digits: String,
    },
    /// The caller has made no choice, and has moved between menus more often than
    /// [`Menu::max_moves`] allows.
    MaxMoves,
}

impl<T> Menu<T> {
    /// Creates a menu without choices.
    pub fn new(prompt: impl Into<Prompt>) -> Self {
        let mut question = Question::new(prompt.into());
        // `#` is a choice like any other key.
        question.terminators = Keys::NONE;
        Menu {
            question,
            grammar: Grammar::new(InputLength::from(1..=MAX_INPUT)),
            entries: Vec::new(),
            invalid: None,
            max_moves: MAX_MOVES,
        }
    }

    /// Adds a choice under keys, such as `1` or `*9`, or under a pattern as the dialplan writes it,
    /// such as `_2XX`. If several entries match, the first one counts.
    pub fn on(self, keys: impl AsRef<str>, value: T) -> Self {
        self.add(keys.as_ref(), Entry::Choice(value))
    }

    /// Adds a menu that these keys lead to.
    pub fn menu(self, keys: impl AsRef<str>, menu: Menu<T>) -> Self {
        self.add(keys.as_ref(), Entry::Menu(Box::new(menu)))
    }

    /// Adds keys that lead back to the menu above. In the topmost menu they play its prompt again.
    pub fn back(self, keys: impl AsRef<str>) -> Self {
        self.add(keys.as_ref(), Entry::Back)
    }

    /// Sets the number of times that the caller may move between menus, by the keys of
    /// [`Menu::menu`] and [`Menu::back`], in any direction. That of the topmost menu counts.
    /// Default: 20.
    pub fn max_moves(mut self, moves: usize) -> Self {
        self.max_moves = moves;
        self
    }

    question_setters!(question);

    fn add(mut self, keys: &str, entry: Entry<T>) -> Self {
        match Pattern::parse(keys) {
            Ok(pattern) => {
                self.grammar.allowed.push(pattern);
                self.entries.push(entry);
            }
            Err(error) => self.invalid = self.invalid.or(Some(error)),
        }
        self
    }

    /// Returns an error if this menu or one below it cannot be used.
    pub(crate) fn check(&self) -> Result<(), CallError> {
        if let Some(error) = &self.invalid {
            return Err(CallError::InvalidSettings(error.to_string()));
        }
        if self.entries.is_empty() {
            let problem = "a menu has no entry; add some with `on`";
            return Err(CallError::InvalidSettings(problem.to_owned()));
        }
        self.question.check()?;
        self.entries.iter().try_for_each(|entry| match entry {
            Entry::Menu(menu) => menu.check(),
            _ => Ok(()),
        })
    }
}

impl Call {
    /// Plays the prompt of a menu, and waits for the caller's choice, also in the menus below it.
    /// Every wait in it has a limit, and so has the number of [moves](Menu::max_moves).
    ///
    /// Dropping the future stops the prompt.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call ends first; [`CallError::Request`] if a request
    /// fails or the connection to the server is lost for good; and
    /// [`CallError::InvalidSettings`], before anything is played, if a menu has no entries, keys
    /// that cannot be read, or a prompt that cannot be played.
    pub async fn choose<T: Clone>(&mut self, menu: &Menu<T>) -> Result<Chosen<T>, CallError> {
        menu.check()?;
        let mut path = vec![menu];
        let mut moves = 0;
        while let Some(current) = path.last().copied() {
            let keys = match self.ask(&current.question, &current.grammar).await? {
                Response::Input { keys, .. } => keys,
                Response::NoInput => return Ok(Chosen::NoInput),
                Response::NoMatch { keys } => {
                    return Ok(Chosen::NoMatch {
                        digits: text(&keys),
                    });
                }
            };
            let entry = current.grammar.find(&keys);
            let entry = entry.and_then(|at| current.entries.get(at));
            if let Some(Entry::Choice(value)) = entry {
                return Ok(Chosen::Choice {
                    value: value.clone(),
                    digits: text(&keys),
                });
            }
            if moves >= menu.max_moves {
                return Ok(Chosen::MaxMoves);
            }
            moves += 1;
            match entry {
                Some(Entry::Menu(menu)) => path.push(menu),
                Some(Entry::Back) if path.len() > 1 => {
                    path.pop();
                }
                // In the topmost menu, `back` plays the prompt again.
                _ => {}
            }
        }
        Ok(Chosen::NoInput)
    }
}
