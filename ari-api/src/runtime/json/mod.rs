//! A JSON deserializer for Asterisk's output, strict and fast.
//!
//! Half of the time that serde_json needs for an event is spent on generality that a text in memory
//! does not need, and a second deserializer would double the code of every model. So models are
//! read only with this one. It accepts the same texts as serde_json, with the same meaning. Tests
//! compare the two. Rare constructs (escapes, fractions, exponents, integers of more than 18
//! digits) are passed to serde_json.
//!
//! Three features are missing, because no bindings need them and each would be compiled for every
//! model that has it: a struct is an object, never an array of its fields; maps have text keys; and
//! 128-bit integers hold no more than 64 bits.

mod deserializer;
mod error;
mod reader;
mod skip;
#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;

pub use error::JsonError;
use reader::Reader;

/// Deserializes a whole text.
pub(super) fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    let mut reader = Reader::new(text);
    match T::deserialize(&mut reader) {
        Ok(value) => match reader.end() {
            Ok(()) => Ok(value),
            Err(error) => Err(error),
        },
        Err(error) => Err(reader.add_position(error)),
    }
}

/// Converts bytes to text. JSON must be UTF-8.
pub(super) fn utf8_text(bytes: &[u8]) -> Result<&str, JsonError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let text = String::from_utf8_lossy(bytes);
        JsonError::new("not UTF-8").with_position(&text, error.valid_up_to())
    })
}
