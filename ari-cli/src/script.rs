//! The lines of a file for `ari exec`: words, comments and variables.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::error::CliError;
use crate::json_value::find;

/// A command of the file.
#[derive(Debug)]
pub(crate) struct Line {
    /// The number of the line, beginning with 1.
    pub(crate) number: usize,
    /// The variable that the result is stored in.
    pub(crate) variable: Option<String>,
    words: Vec<String>,
}

/// Parses a file. Empty lines and comments are omitted.
pub(crate) fn parse(text: &str) -> Result<Vec<Line>, (usize, CliError)> {
    let mut lines = Vec::new();
    let mut known = BTreeSet::new();
    for (at, text) in text.lines().enumerate() {
        let number = at + 1;
        let line = parse_line(number, text).map_err(|error| (number, error))?;
        let Some(line) = line else { continue };
        for word in &line.words {
            // A misspelt variable is an error before anything is sent.
            rewrite(word, |name, _| match known.contains(name) {
                true => Ok(String::new()),
                false => Err(unknown_variable(name)),
            })
            .map_err(|error| (number, error))?;
        }
        known.extend(line.variable.clone());
        lines.push(line);
    }
    Ok(lines)
}

fn parse_line(number: usize, text: &str) -> Result<Option<Line>, CliError> {
    let mut words = shlex::split(text).ok_or_else(|| {
        CliError::usage("a quote or an escape at the end of the line is not closed")
    })?;
    let mut variable = None;
    if words.len() >= 2 && words[1] == "=" {
        if !is_name(&words[0]) {
            return Err(CliError::usage(format!(
                "invalid variable {:?}: use letters, digits and underscores",
                words[0]
            )));
        }
        variable = words.drain(..2).next();
    }
    if words.first().is_some_and(|first| first == "ari") {
        words.remove(0);
    }
    match (words.is_empty(), &variable) {
        (true, None) => Ok(None),
        (true, Some(name)) => Err(CliError::usage(format!(
            "{name} has no command behind the equals sign"
        ))),
        (false, _) => Ok(Some(Line {
            number,
            variable,
            words,
        })),
    }
}

impl Line {
    /// Returns the words with the values of the variables. A value stays within its word.
    pub(crate) fn words(
        &self,
        variables: &BTreeMap<String, Value>,
    ) -> Result<Vec<String>, CliError> {
        let words = self.words.iter();
        words
            .map(|word| rewrite(word, |name, path| value(variables, name, path)))
            .collect()
    }
}

fn is_name(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_digit())
        && !text.is_empty()
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Replaces each `${name.path}`. `$${` stands for `${`.
fn rewrite(
    word: &str,
    value: impl Fn(&str, &str) -> Result<String, CliError>,
) -> Result<String, CliError> {
    let mut text = String::new();
    let mut rest = word;
    while let Some(at) = rest.find("${") {
        let (before, behind) = (&rest[..at], &rest[at + 2..]);
        if let Some(before) = before.strip_suffix('$') {
            text.push_str(before);
            text.push_str("${");
            rest = behind;
            continue;
        }
        text.push_str(before);
        let (inside, behind) = behind
            .split_once('}')
            .ok_or_else(|| CliError::usage(format!("`${{` without `}}` in {word:?}")))?;
        let (name, path) = inside.split_once('.').unwrap_or((inside, ""));
        text.push_str(&value(name, path)?);
        rest = behind;
    }
    text.push_str(rest);
    Ok(text)
}

fn value(variables: &BTreeMap<String, Value>, name: &str, path: &str) -> Result<String, CliError> {
    let known = variables.get(name).ok_or_else(|| unknown_variable(name))?;
    let found = match path {
        "" => Some(known),
        path => find(known, path),
    };
    match found {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Null) | None => Err(CliError::usage(format!(
            "the result {name:?} has no value {path:?}"
        ))),
        Some(other) => Ok(other.to_string()),
    }
}

fn unknown_variable(name: &str) -> CliError {
    CliError::usage(format!(
        "unknown variable {name:?}: an earlier line sets it, as in `{name} = channels get ID`"
    ))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::parse;

    #[test]
    fn lines_are_split_as_in_a_shell_and_variables_replaced() {
        let variables = BTreeMap::from([
            (
                "call".to_owned(),
                json!({"id": "1.2 ;x", "caller": {"number": 100}}),
            ),
            ("list".to_owned(), json!([])),
        ]);
        const SET: &str = "call = channels get 1\nlist = channels list\n";
        for (text, expected) in [
            ("channels list", Ok(&["channels", "list"][..])),
            ("  ari channels list # all", Ok(&["channels", "list"])),
            (
                "play x 'sound:a b' \"c\\\"d\" e\\ f",
                Ok(&["play", "x", "sound:a b", "c\"d", "e f"]),
            ),
            (
                "x = channels get ${call.id}",
                Ok(&["channels", "get", "1.2 ;x"]),
            ),
            (
                "a n=${call.caller.number}! $x $${y",
                Ok(&["a", "n=100!", "$x", "${y"]),
            ),
            ("a ${list}", Ok(&["a", "[]"])),
            ("a 'b", Err("not closed")),
            ("a ${call.id", Err("without `}`")),
            ("a ${cal.id}", Err("unknown variable \"cal\"")),
            ("a ${call.name}", Err("has no value \"name\"")),
            ("x =", Err("no command behind")),
            ("1x = a", Err("invalid variable \"1x\"")),
        ] {
            let text = format!("{SET}# comment\n\n{text}");
            let parsed = parse(&text).map_err(|(number, error)| {
                assert_eq!(number, 5, "{text}");
                error.text
            });
            let found = parsed.and_then(|lines| {
                let last = lines.last().expect("a line");
                assert_eq!(last.number, 5);
                last.words(&variables).map_err(|error| error.text)
            });
            match (&found, expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{text}"),
                (Err(found), Err(expected)) => assert!(found.contains(expected), "{text}: {found}"),
                _ => panic!("{text}: {found:?} instead of {expected:?}"),
            }
        }
    }
}
