//! Bytes that are not valid UTF-8. Requests may contain them, and Asterisk keeps them unchanged.
//!
//! Each such byte is represented by one character at the end of the last private use plane, which
//! nothing else uses.

use std::ops::RangeInclusive;

/// The character that represents the byte 0.
const FIRST_MARKER: u32 = 0x10_F800;
const MARKERS: RangeInclusive<char> = '\u{10F800}'..='\u{10F8FF}';

/// Converts bytes to text, with one marker character for each invalid byte.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let marks = chunk.invalid().iter();
        text.extend(marks.filter_map(|byte| char::from_u32(FIRST_MARKER + u32::from(*byte))));
    }
    text
}

/// Returns whether a text contains such markers.
pub(crate) fn contains_markers(text: &str) -> bool {
    text.contains(|c| MARKERS.contains(&c))
}

/// Returns the text with U+FFFD in place of the markers.
pub(crate) fn replace_markers(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(u32::from(c).wrapping_sub(FIRST_MARKER)) {
            Ok(byte) if MARKERS.contains(&c) => bytes.push(byte),
            _ => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{contains_markers, decode, replace_markers};

    #[test]
    fn invalid_utf8_is_replaced_as_asterisk_does() {
        let text = decode(b"x\xFFy\xC3(\xE2\x82z\xC3\xA9");
        assert!(contains_markers(&text) && !contains_markers("é\u{FFFD}"));
        assert_eq!(replace_markers(&text), "x\u{FFFD}y\u{FFFD}(\u{FFFD}zé");
    }
}
