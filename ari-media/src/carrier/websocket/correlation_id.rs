//! The ids by which an event refers to the command that has caused it.

use std::fmt;

/// The id of a mark, which its event repeats.
///
/// It has 1 to 60 printable ASCII characters without space, quotes and backslash. Such an id is the
/// same in both syntaxes, and its command never exceeds Asterisk's limit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CorrelationId(String);

/// A text that cannot be a correlation id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "invalid correlation id {0:?}: use 1 to {max} printable ASCII characters without space, quotes \
     and backslash",
    max = CorrelationId::MAX_LENGTH
)]
pub struct InvalidCorrelationId(String);

impl CorrelationId {
    /// The maximum length in bytes.
    pub const MAX_LENGTH: usize = 60;

    /// Creates an id.
    ///
    /// # Errors
    /// Returns [`InvalidCorrelationId`] if the text is empty, longer than
    /// [`CorrelationId::MAX_LENGTH`], or has another character.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidCorrelationId> {
        let text = text.into();
        let is_allowed = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
        match (1..=Self::MAX_LENGTH).contains(&text.len()) && text.bytes().all(is_allowed) {
            true => Ok(CorrelationId(text)),
            false => Err(InvalidCorrelationId(text)),
        }
    }

    /// Creates the id that consists of a number.
    pub fn from_number(number: u64) -> Self {
        CorrelationId(number.to_string())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
