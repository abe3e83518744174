//! Reading of whole texts.

use serde::de::DeserializeOwned;

use crate::json::error::JsonError;
use crate::json::reader::Reader;

/// Deserializes a whole text.
pub(crate) fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
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
pub(crate) fn utf8_text(bytes: &[u8]) -> Result<&str, JsonError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let text = String::from_utf8_lossy(bytes);
        JsonError::new("not UTF-8").with_position(&text, error.valid_up_to())
    })
}
