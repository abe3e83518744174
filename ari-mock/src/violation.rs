//! Mistakes of clients that a real server silently ignores.

use std::fmt;

use ari_api::schema::Operation;

/// A mistake that a real server accepts silently, without doing what the client intended.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Violation {
    /// The requested operation, if known.
    pub operation: Option<&'static Operation>,
    /// The kind of mistake.
    pub kind: ViolationKind,
    /// The parameter, its value and the consequence.
    pub detail: String,
}

/// Kinds of violations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// A parameter that the operation does not have. A real server ignores it.
    UnknownParameter,
    /// A parameter or operation that this release does not have. A real server ignores the
    /// parameter, and responds to the operation as if an object did not exist.
    NotInThisRelease,
    /// A value of the wrong JSON type, or an invalid number. It became 0, false or null.
    WrongType,
    /// A value that is not among the accepted ones.
    UnknownValue,
    /// A query parameter that is given more than once. The last one wins, and lists do not
    /// accumulate.
    Repeated,
    /// A body that is not read because it is neither JSON nor a form, or because it is a JSON
    /// array.
    IgnoredBody,
    /// A body parameter without its enclosing key, or an event filter with one.
    Wrapping,
    /// An empty path segment. The rest of the path is not read.
    EmptySegment,
    /// A NUL in the path or the query. The text after it is not read, so `a%00b` is `a`.
    Nul,
    /// Input that makes a real server crash.
    Crash,
    /// A message of audio on a WebSocket that is not whole frames. The rest is dropped.
    IncompleteFrame,
    /// A command on a media WebSocket without effect: unknown, too long, or refused in the current
    /// mode or direction.
    IgnoredCommand,
    /// Audio that is not played: it does not fit into the queue, or the direction or the payload
    /// type does not allow it.
    DroppedAudio,
    /// Input on a media connection that makes a real server hang up.
    MediaHangup,
    /// Audio that a program does not read until its connection blocks.
    UnreadAudio,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&self.detail)
    }
}
