//! Text for people: control characters escaped, and counts.

/// Returns `true` if a character controls a terminal, or changes the direction of the text.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns the text with terminal control characters escaped.
pub(crate) fn escape_control(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if is_control(c) {
            escaped.extend(c.escape_default());
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Returns a count with its noun: `1 channel`, `2 channels`.
pub(crate) fn format_count(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::escape_control;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(
            escape_control("a\x1b[2J\nb\u{202e}"),
            "a\\u{1b}[2J\\nb\\u{202e}"
        );
    }
}
