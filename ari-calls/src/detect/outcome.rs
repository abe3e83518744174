//! The outcome of answering machine detection.

use crate::detect::heard::{Heard, MachineSign};

/// The party that has answered a call, as [`Call::detect_answering_machine`](crate::Call::detect_answering_machine) has
/// recognized it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnsweredBy {
    /// A person: a short greeting, and then silence.
    #[non_exhaustive]
    Human {
        /// All that was heard, in order.
        heard: Vec<Heard>,
    },
    /// A machine, such as a voicemail box or an announcement.
    #[non_exhaustive]
    Machine {
        /// The sign by which it was recognized.
        sign: MachineSign,
        /// The state of its greeting.
        greeting: Greeting,
        /// All that was heard, in order, with the rest of the greeting if the step has waited for
        /// its end.
        heard: Vec<Heard>,
    },
    /// Either: the time was up before there was a decision, or an event was lost.
    #[non_exhaustive]
    Unsure {
        /// All that was heard, in order.
        heard: Vec<Heard>,
    },
}

/// The state of the greeting of a machine at the end of the detection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Greeting {
    /// The step was not to wait for its end.
    NotAwaited,
    /// It is over: there was silence for long enough. A message can be left now.
    Over,
    /// It has reached the limit of the wait, and goes on.
    TooLong,
}

impl AnsweredBy {
    /// Returns true for a person.
    pub fn is_human(&self) -> bool {
        matches!(self, AnsweredBy::Human { .. })
    }

    /// Returns true for a machine.
    pub fn is_machine(&self) -> bool {
        matches!(self, AnsweredBy::Machine { .. })
    }

    /// Returns all that was heard, in order.
    pub fn heard(&self) -> &[Heard] {
        match self {
            AnsweredBy::Human { heard }
            | AnsweredBy::Machine { heard, .. }
            | AnsweredBy::Unsure { heard } => heard,
        }
    }
}
