//! Errors of JSON texts, with their position.

use std::fmt;

/// The reason why a JSON text is not what the bindings expect: it is malformed, or has another
/// shape.
///
/// ```text
/// missing field `channel` at line 1 column 61
/// ```
// Boxed, so that results of the deserializer are small enough for registers.
#[derive(Clone, PartialEq, Eq)]
pub struct JsonError(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    message: Box<str>,
    offset: Option<usize>,
    line: usize,
    column: usize,
}

impl JsonError {
    #[cold]
    pub(crate) fn new(message: impl Into<Box<str>>) -> Self {
        JsonError(Box::new(Details {
            message: message.into(),
            offset: None,
            line: 1,
            column: 1,
        }))
    }

    /// Returns the same error with a position, if that is known better than by where reading ended.
    #[cold]
    pub(super) fn at_offset(mut self, offset: usize) -> Self {
        self.0.offset = Some(offset);
        self
    }

    /// Returns the same error with its position in the text. `offset` is used unless the error has
    /// one already.
    #[cold]
    pub(crate) fn with_position(mut self, text: &str, offset: usize) -> Self {
        let offset = self.0.offset.unwrap_or(offset).min(text.len());
        let before = &text.as_bytes()[..offset];
        let newline = before.iter().rposition(|&byte| byte == b'\n');
        self.0.offset = Some(offset);
        self.0.line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        self.0.column = offset - newline.map_or(0, |at| at + 1) + 1;
        self
    }

    /// Converts an error of a part of `text` that begins at `start`.
    #[cold]
    pub(crate) fn shifted_by(mut self, text: &str, start: usize) -> Self {
        let offset = start + self.offset();
        self.0.offset = None;
        self.with_position(text, offset)
    }

    /// Returns the message without the position.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the position, in bytes from the beginning of the text.
    pub fn offset(&self) -> usize {
        self.0.offset.unwrap_or_default()
    }

    /// Returns the line, counted from 1.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Returns the byte in the line, counted from 1.
    pub fn column(&self) -> usize {
        self.0.column
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details {
            message,
            line,
            column,
            ..
        } = &*self.0;
        write!(f, "{message} at line {line} column {column}")
    }
}

impl fmt::Debug for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonError")
            .field("message", &self.message())
            .field("offset", &self.offset())
            .field("line", &self.line())
            .field("column", &self.column())
            .finish()
    }
}

impl std::error::Error for JsonError {}

impl serde::de::Error for JsonError {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        JsonError::new(message.to_string())
    }
}
