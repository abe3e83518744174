//! Texts of a limited length, for spans.

/// The maximum length of a text in a span, in bytes.
const MAX_LENGTH: usize = 200;

/// Returns the beginning of a text: at most 200 bytes of whole characters.
pub(crate) fn cap(text: &str) -> &str {
    let mut end = text.len().min(MAX_LENGTH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_end_at_a_character() {
        for (text, length) in [
            ("", 0),
            ("hello", 5),
            (&"x".repeat(201), 200),
            (&"€".repeat(100), 198),
        ] {
            assert_eq!(cap(text).len(), length, "{text}");
        }
    }
}
