//! Decoding of JSON texts by serde_json, with errors that contain the position.

use std::fmt;

use serde::de::DeserializeOwned;

/// The error of a JSON text that is malformed, or does not have the shape that the bindings expect.
///
/// ```text
/// missing field `channel` at line 1 column 61
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    message: Box<str>,
    offset: usize,
    line: usize,
    column: usize,
}

impl JsonError {
    /// Creates an error at a position in the text, in bytes.
    #[cold]
    pub(crate) fn new(message: impl Into<Box<str>>, text: &str, offset: usize) -> Self {
        let offset = offset.min(text.len());
        let before = &text.as_bytes()[..offset];
        let newline = before.iter().rposition(|&byte| byte == b'\n');
        JsonError {
            message: message.into(),
            offset,
            line: 1 + before.iter().filter(|&&byte| byte == b'\n').count(),
            column: offset - newline.map_or(0, |at| at + 1) + 1,
        }
    }

    /// Converts serde_json's error, whose column counts the bytes of the line that were read.
    #[cold]
    pub(crate) fn from_serde(error: &serde_json::Error, text: &str) -> Self {
        let (line, column) = (error.line(), error.column());
        let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
        let offset = lines.map(str::len).sum::<usize>() + column.saturating_sub(1);
        let message = error.to_string();
        let position = format!(" at line {line} column {column}");
        let message = message.strip_suffix(&position).unwrap_or(&message);
        JsonError::new(message, text, offset)
    }

    /// Returns the message without the position.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the position at which reading ended, in bytes from the beginning of the text. That
    /// is the last byte of a value of a wrong type, or the end of an object that lacks a field.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Returns the line, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the byte in the line, counted from 1.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let JsonError {
            message,
            line,
            column,
            ..
        } = self;
        write!(f, "{message} at line {line} column {column}")
    }
}

impl std::error::Error for JsonError {}

/// Decodes a whole text.
pub(crate) fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    match serde_json::from_str(text) {
        Ok(value) => Ok(value),
        Err(error) => Err(JsonError::from_serde(&error, text)),
    }
}

/// Decodes a whole text in bytes. JSON must be UTF-8.
pub(crate) fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => from_str(text),
        Err(error) => {
            let text = String::from_utf8_lossy(bytes);
            Err(JsonError::new("not UTF-8", &text, error.valid_up_to()))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Call {
        text: String,
        number: i64,
        inner: Option<Box<Call>>,
        more: Option<Map<String, Value>>,
    }

    crate::__model!(
        Call = named("Call"),
        text = required("text"),
        number = required("number"),
        inner = optional("inner"),
        more = optional("more"),
    );

    #[test]
    fn errors_contain_problem_and_position() {
        for (text, expected, offset) in [
            (
                r#"{"text":"a"}"#,
                "missing field `number` at line 1 column 12",
                11,
            ),
            (
                "{\n  \"text\": \"a\",\n  \"number\": \"1\"\n}",
                "invalid type: string \"1\", expected i64 at line 3 column 15",
                31,
            ),
            (
                r#"{"text":" at line 1 column 12","number":" at line 1 column 12"}"#,
                "invalid type: string \" at line 1 column 12\", expected i64 at line 1 column 62",
                61,
            ),
            (
                r#"{"text":"a","number":1 "x":2}"#,
                "expected `,` or `}` at line 1 column 24",
                23,
            ),
            (
                r#"{"text":"a","text":"b"}"#,
                "duplicate field `text` at line 1 column 18",
                17,
            ),
            (
                r#"{"text":"a","number":1,"inner":["b",2]}"#,
                "invalid type: sequence, expected struct Call at line 1 column 31",
                30,
            ),
            (
                r#"{"text":"a","number":1}}"#,
                "trailing characters at line 1 column 24",
                23,
            ),
            ("", "EOF while parsing a value at line 1 column 1", 0),
        ] {
            let error = from_str::<Call>(text).unwrap_err();
            assert_eq!(error.to_string(), expected, "{text}");
            assert_eq!(error.offset(), offset, "{text}");
        }
        let error = from_slice::<Call>(b"{\"a\":\n\"\xff\"}").unwrap_err();
        assert_eq!(error.to_string(), "not UTF-8 at line 2 column 2");
    }

    /// Only decoded values use the stack.
    #[test]
    fn depth_is_limited_except_in_skipped_values() {
        for (depth, accepted) in [(1, true), (100, true), (128, false), (100_000, false)] {
            let lists = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let text = |key| format!(r#"{{"text":"a","number":1,"{key}":{{"x":{lists}}}}}"#);
            assert_eq!(from_str::<Call>(&text("more")).is_ok(), accepted, "{depth}");
            assert!(from_str::<Call>(&text("unknown")).is_ok(), "{depth}");
        }
    }
}
