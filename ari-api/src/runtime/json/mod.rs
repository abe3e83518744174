//! Reading JSON: a deserializer for what Asterisk writes, strict and quick.
//!
//! Half of the time that serde_json needs for an event goes into generality that a text in memory
//! does not use, and a second deserializer would double the code of every model. So this is the
//! only one that models are read with. What it accepts and what that means is what serde_json
//! accepts and means; tests compare the two. What is rare (escapes, fractions, exponents, integers
//! of more than 18 digits) is cut out and handed to serde_json.
//!
//! Three things are not there, as no bindings need them and each would be compiled for every model
//! that has it: a struct is an object, never a list of its fields; maps have text for keys; and
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

/// Reads a text, all of it.
pub(super) fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    let mut reader = Reader::new(text);
    match T::deserialize(&mut reader) {
        Ok(value) => match reader.end() {
            Ok(()) => Ok(value),
            Err(error) => Err(error),
        },
        Err(error) => Err(reader.place(error)),
    }
}

/// The text of bytes, which have to be UTF-8, as everything that is exchanged as JSON.
pub(super) fn text(bytes: &[u8]) -> Result<&str, JsonError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let text = String::from_utf8_lossy(bytes);
        JsonError::new("not UTF-8").placed(&text, error.valid_up_to())
    })
}
