//! Bytes that are no UTF-8, which requests may bring and Asterisk keeps as they are.
//!
//! Each of them stands as one character of the private plane's end, which nobody else uses.

use std::ops::RangeInclusive;

/// What stands for the byte 0.
const BASE: u32 = 0x10_F800;
const MARKS: RangeInclusive<char> = '\u{10F800}'..='\u{10F8FF}';

/// Text of bytes.
pub(crate) fn read(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let marks = chunk.invalid().iter();
        text.extend(marks.filter_map(|byte| char::from_u32(BASE + u32::from(*byte))));
    }
    text
}

/// Whether a text has such bytes.
pub(crate) fn is_in(text: &str) -> bool {
    text.contains(|c| MARKS.contains(&c))
}

/// The text with U+FFFD in place of such bytes.
pub(crate) fn replaced(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(u32::from(c).wrapping_sub(BASE)) {
            Ok(byte) if MARKS.contains(&c) => bytes.push(byte),
            _ => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{is_in, read, replaced};

    #[test]
    fn what_is_no_utf8_is_replaced_as_asterisk_does() {
        let text = read(b"x\xFFy\xC3(\xE2\x82z\xC3\xA9");
        assert!(is_in(&text) && !is_in("é\u{FFFD}"));
        assert_eq!(replaced(&text), "x\u{FFFD}y\u{FFFD}(\u{FFFD}zé");
    }
}
