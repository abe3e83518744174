//! Ids that a program chooses anew in each run: those of the recording and those of now.

use std::collections::HashMap;

/// The minimum length of an id that is replaced inside longer texts.
const MIN_EMBEDDED_LENGTH: usize = 8;

/// Pairs of a recorded id and the id of now.
#[derive(Default)]
pub(super) struct IdMap {
    actual: HashMap<String, String>,
    recorded: HashMap<String, String>,
}

impl IdMap {
    pub(super) fn bind(&mut self, recorded: &str, actual: &str) {
        self.actual.insert(recorded.to_owned(), actual.to_owned());
        self.recorded.insert(actual.to_owned(), recorded.to_owned());
    }

    /// Returns true if the recorded id has an id of now.
    pub(super) fn has_recorded(&self, id: &str) -> bool {
        self.actual.contains_key(id)
    }

    /// Returns true if the id of now has a recorded id.
    pub(super) fn has_actual(&self, id: &str) -> bool {
        self.recorded.contains_key(id)
    }

    /// Returns the recorded id of an id of now, or the same if there is none.
    pub(super) fn to_recorded<'a>(&'a self, id: &'a str) -> &'a str {
        self.recorded.get(id).map_or(id, String::as_str)
    }

    /// Replaces recorded ids in a value or a text.
    pub(super) fn to_actual(&self, text: &str) -> String {
        if let Some(actual) = self.actual.get(text) {
            return actual.clone();
        }
        let mut text = text.to_owned();
        for (recorded, actual) in self.changed() {
            if recorded.len() >= MIN_EMBEDDED_LENGTH {
                text = replace_words(&text, recorded, actual);
            }
        }
        text
    }

    /// Replaces recorded ids in a JSON text: whole strings, and long ids inside of strings.
    pub(super) fn rewrite_json(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (recorded, actual) in self.changed() {
            if recorded.len() >= MIN_EMBEDDED_LENGTH {
                text = replace_words(&text, recorded, actual);
            } else {
                text = replace_strings(&text, recorded, actual);
            }
        }
        text
    }

    fn changed(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.actual.iter();
        pairs
            .map(|(recorded, actual)| (recorded.as_str(), actual.as_str()))
            .filter(|(recorded, actual)| recorded != actual)
    }
}

/// Replaces strings of a JSON text that are `from`, and not keys.
fn replace_strings(text: &str, from: &str, to: &str) -> String {
    let quoted = format!("\"{from}\"");
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(&quoted) {
        let (before, found) = rest.split_at(start);
        let after = &found[quoted.len()..];
        result.push_str(before);
        match after.trim_start().starts_with(':') {
            true => result.push_str(&quoted),
            false => result.extend(["\"", to, "\""]),
        }
        rest = after;
    }
    result.push_str(rest);
    result
}

/// Replaces `from` where it is not part of a longer id.
fn replace_words(text: &str, from: &str, to: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(from) {
        let (before, found) = rest.split_at(start);
        let after = &found[from.len()..];
        let previous = before.chars().next_back().or(result.chars().next_back());
        result.push_str(before);
        let is_word =
            !previous.is_some_and(is_id_char) && !after.chars().next().is_some_and(is_id_char);
        result.push_str(if is_word { to } else { from });
        rest = after;
    }
    result.push_str(rest);
    result
}

fn is_id_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::IdMap;

    #[test]
    fn ids_are_replaced_where_they_are_whole() {
        let mut ids = IdMap::default();
        ids.bind("leg", "other");
        ids.bind("0123456789", "9876543210");
        ids.bind("same", "same");
        for (text, expected) in [
            (
                r#"{"id":"leg","name":"leg 1"}"#,
                r#"{"id":"other","name":"leg 1"}"#,
            ),
            (r#"{"leg" : "leg"}"#, r#"{"leg" : "other"}"#),
            (
                r#"["0123456789;2","channel:0123456789","x0123456789","0123456789.1"]"#,
                r#"["9876543210;2","channel:9876543210","x0123456789","0123456789.1"]"#,
            ),
        ] {
            assert_eq!(ids.rewrite_json(text), expected);
        }
        assert_eq!(ids.to_actual("leg"), "other");
        assert_eq!(ids.to_actual("a leg"), "a leg");
        assert_eq!(ids.to_actual("channel:0123456789"), "channel:9876543210");
        assert_eq!(ids.to_recorded("other"), "leg");
    }
}
