//! What goes to the standard output: tables for people, JSON for programs.

use std::io::{self, IsTerminal as _, Write};

use anstream::AutoStream;
use serde_json::{Map, Value};

use crate::failure::{Failure, complain};
use crate::settings::Global;
use crate::table;

/// How answers are printed.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) json: bool,
    fields: Vec<String>,
}

impl Output {
    pub(crate) fn new(global: &Global) -> Self {
        Output {
            json: global.json,
            fields: global.fields.clone(),
        }
    }

    /// Prints an answer.
    pub(crate) fn print(&self, value: &Value) -> Result<(), Failure> {
        self.warn_of_missing(value);
        let mut out = stdout();
        if self.json {
            let value = self.chosen(value);
            // A line is easier for programs, and lines for people who look.
            let text = match io::stdout().is_terminal() {
                true => format!("{value:#}"),
                false => value.to_string(),
            };
            writeln!(out, "{}", harmless_json(&text))?;
        } else {
            write!(out, "{}", table::render(value, &self.fields, width()))?;
        }
        Ok(out.flush()?)
    }

    /// Prints one of many values, in a line.
    pub(crate) fn print_line(&self, value: &Value) -> Result<(), Failure> {
        let mut out = stdout();
        writeln!(out, "{}", harmless_json(&self.chosen(value).to_string()))?;
        Ok(out.flush()?)
    }

    /// Whether fields were chosen.
    pub(crate) fn chooses(&self) -> bool {
        !self.fields.is_empty()
    }

    /// The chosen fields of an event, for a line.
    pub(crate) fn texts(&self, value: &Value) -> Vec<String> {
        let fields = self.fields.iter();
        fields.map(|field| table::text(at(value, field))).collect()
    }

    fn chosen(&self, value: &Value) -> Value {
        if self.fields.is_empty() {
            return value.clone();
        }
        match value {
            Value::Array(items) => items.iter().map(|item| self.chosen(item)).collect(),
            value => {
                let fields = self.fields.iter();
                let chosen = fields.map(|field| (field.clone(), at(value, field).clone()));
                Value::Object(chosen.collect::<Map<_, _>>())
            }
        }
    }

    /// A misspelt field would be an empty column.
    fn warn_of_missing(&self, value: &Value) {
        let rows = match value {
            Value::Array(rows) => rows.as_slice(),
            row => std::slice::from_ref(row),
        };
        for field in &self.fields {
            if !rows.is_empty() && rows.iter().all(|row| at(row, field).is_null()) {
                let known = table::columns(rows).join(", ");
                complain(format!(
                    "there is no {field:?} in the answer; there are: {known}"
                ));
            }
        }
    }
}

/// The same JSON, in which what steers a terminal is written as an escape.
fn harmless_json(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    for c in text.chars() {
        // Lines are ended by what is no part of a text.
        match c == '\n' || !table::steers(c) {
            true => harmless.push(c),
            false => harmless.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    harmless
}

/// The value at `a.b`, null where there is none.
pub(crate) fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    // Keys can hold dots.
    if let Some(found) = value.get(path) {
        return found;
    }
    match path.split_once('.') {
        Some((key, rest)) => value.get(key).map_or(&Value::Null, |value| at(value, rest)),
        None => &Value::Null,
    }
}

/// The standard output, without colours where they are not wanted.
pub(crate) fn stdout() -> AutoStream<io::StdoutLock<'static>> {
    AutoStream::auto(io::stdout().lock())
}

/// Columns of the terminal; none where it is not one.
fn width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let size = ratatui::crossterm::terminal::size();
    size.ok().map(|(columns, _)| usize::from(columns))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::harmless_json;

    #[test]
    fn json_says_the_same_without_steering_a_terminal() {
        let value = json!({"name": "a\u{9b}31m\u{202e}é 電\n\u{1b}[2J", "list": [1, "x"]});
        for text in [value.to_string(), format!("{value:#}")] {
            let harmless = harmless_json(&text);
            let steers = |c: char| c != '\n' && crate::table::steers(c);
            assert!(!harmless.contains(steers), "{harmless}");
            assert_eq!(serde_json::from_str::<Value>(&harmless).unwrap(), value);
        }
    }
}
