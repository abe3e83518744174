//! What a caller got wrong and a real server would have swallowed in silence.

use std::fmt;

use ari_api::runtime::Operation;

/// Something that a real server accepts without a word, and that does not do what its sender
/// meant.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Violation {
    /// What was called, where that is known.
    pub operation: Option<&'static Operation>,
    /// What is wrong.
    pub kind: ViolationKind,
    /// The parameter, the value, and what becomes of it.
    pub detail: String,
}

/// Kinds of violations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// A parameter that the operation does not have; it is ignored.
    UnknownParameter,
    /// A parameter or operation that this release does not have; it is ignored, or looks like an
    /// object that is gone.
    NotInThisRelease,
    /// A value of a wrong JSON type or a number that is none: it became 0, false or null.
    WrongType,
    /// A value that is not among those that are accepted.
    UnknownValue,
    /// A query parameter given more than once: the last wins, and a list does not accumulate.
    Repeated,
    /// A body that is not read: of another type than JSON or a form, or a JSON array.
    IgnoredBody,
    /// A body parameter without, or an event filter with, a key around it.
    Wrapping,
    /// An empty piece of the path: the rest of the path is not read.
    EmptySegment,
    /// A NUL in the path or the query: what follows it is not read, so that `a%00b` is `a`.
    Nul,
    /// What makes the real server crash.
    Crash,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&self.detail)
    }
}
