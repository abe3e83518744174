//! Words of a POSIX shell.

use std::fmt::Write as _;

/// Returns a command of these words.
pub(super) fn join<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(quote).collect();
    words.join(" ")
}

/// Returns a word that a POSIX shell reads as this text, which must not contain NUL.
///
/// An interactive shell, too, reads it so, when it is pasted: control characters, which a terminal
/// could take for keys, are written as octal numbers, and `!` stands between single quotes.
pub(super) fn quote(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,=".contains(c);
    // zsh expands a word that begins with `=`.
    if !word.is_empty() && word.chars().all(is_plain) && !word.starts_with('=') {
        return word.to_owned();
    }
    let mut text = String::from("'");
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let controls = rest.find(|c: char| !is_escaped(c)).unwrap_or(rest.len());
        if controls > 0 {
            text.push_str("'\"$(printf '");
            for byte in rest[..controls].bytes() {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\{byte:03o}");
            }
            text.push_str("')\"'");
            rest = &rest[controls..];
            continue;
        }
        match c {
            '\'' => text.push_str("'\\''"),
            c => text.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    text.push('\'');
    // Nothing stands between two quotes at an end.
    let text = text.strip_prefix("''").map_or(&*text, |rest| rest);
    let text = text.strip_suffix("''").map_or(text, |rest| rest);
    match text.is_empty() {
        true => "''".to_owned(),
        false => text.to_owned(),
    }
}

/// Returns `true` if a character is written as a number: one that a terminal could take for a key,
/// or that would show the text in another order. A line break stands for itself, because a command
/// substitution drops it.
fn is_escaped(c: char) -> bool {
    (c.is_control() && c != '\n') || reorders(c)
}

/// Returns `true` for characters that are invisible, or that change the order of others.
pub(super) fn reorders(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::*;

    /// Returns the words that a shell reads.
    fn read_by_shell<'w>(words: impl IntoIterator<Item = &'w str>) -> Vec<String> {
        let script = format!("printf '%s\\0' {}", join(words));
        let output = Command::new("sh").args(["-c", &script]).output();
        let output = String::from_utf8(output.expect("a shell").stdout).expect("UTF-8");
        let words = output.strip_suffix('\0').expect("words").split('\0');
        words.map(str::to_owned).collect()
    }

    #[test]
    fn words_are_quoted_only_if_necessary() {
        for (word, expected) in [
            ("PJSIP/alice", "PJSIP/alice"),
            ("", "''"),
            ("a b", "'a b'"),
            ("it's", "'it'\\''s'"),
            ("'", "\\'"),
            ("a!", "'a!'"),
            ("=x", "'=x'"),
            ("~", "'~'"),
            ("a\nb\n", "'a\nb\n'"),
            ("a\u{1b}[0m", "'a'\"$(printf '\\033')\"'[0m'"),
            ("\r", "\"$(printf '\\015')\""),
        ] {
            assert_eq!(quote(word), expected);
            assert_eq!(read_by_shell([word]), [word]);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn shells_read_every_word_back(
            words in prop::collection::vec(
                "([ -~]|['\"\\\\!$`\n\r\t\u{1b}\u{7f}\u{85}\u{202e}]|[^\u{0}]){0,12}",
                1..40,
            )
        ) {
            let texts: Vec<&str> = words.iter().map(String::as_str).collect();
            prop_assert!(!join(texts.iter().copied()).chars().any(is_escaped));
            prop_assert_eq!(read_by_shell(texts), words);
        }
    }
}
