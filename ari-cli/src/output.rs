//! Standard output: tables for people, JSON for programs.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::error::CliError;
use crate::exec_session::ExecSession;
use crate::global_options::GlobalOptions;
use crate::json_value::{at, find, text};
use crate::terminal::{print_error, stdout, width};
use crate::text::{escape_control, is_control};
use crate::{fields, table};

/// The format in which responses are printed.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) json: bool,
    fields: Vec<String>,
    wide: bool,
    /// `true` if fields are checked against the response, because the operation table does not list
    /// them.
    checks: bool,
    /// The session that keeps the value for a variable, instead of the standard output.
    captures: Option<Arc<ExecSession>>,
}

impl Output {
    pub(crate) fn new(global: &GlobalOptions) -> Self {
        Output {
            json: global.json,
            fields: global.fields.clone(),
            wide: global.wide,
            checks: true,
            captures: global.session.clone().filter(|_| global.captures),
        }
    }

    /// Returns the output for values of a type. Rejects fields that the type does not have.
    pub(crate) fn for_type(global: &GlobalOptions, kind: &'static str) -> Result<Self, CliError> {
        let known = fields::is_model(kind);
        if known {
            fields::check(&global.fields, &[kind])?;
        }
        Ok(Output {
            checks: !known,
            ..Self::new(global)
        })
    }

    /// Returns the output for values of the command itself, which have these fields.
    pub(crate) fn for_fields(global: &GlobalOptions, known: &[&str]) -> Result<Self, CliError> {
        fields::check_names(&global.fields, known)?;
        Ok(Output {
            checks: false,
            ..Self::new(global)
        })
    }

    /// Prints a response. If its type is unknown, a field that it does not have is an error after the
    /// rest is printed.
    pub(crate) fn print(&self, value: &Value) -> Result<(), CliError> {
        if self.capture(value) {
            return Ok(());
        }
        let mut out = stdout();
        if self.json {
            let value = self.chosen(value);
            // One line is easier for programs, several lines for people.
            let text = match io::stdout().is_terminal() {
                true => format!("{value:#}"),
                false => value.to_string(),
            };
            writeln!(out, "{}", escape_control_in_json(&text))?;
        } else {
            let width = (!self.wide).then(width);
            let (text, more) = table::render(value, &self.fields, width);
            write!(out, "{text}")?;
            if more > 0 && io::stdout().is_terminal() {
                writeln!(
                    out,
                    "(more columns: {more}; --wide prints all, --fields selects)"
                )?;
            }
            if value.as_array().is_some_and(Vec::is_empty) {
                print_error("the list is empty");
            }
        }
        out.flush()?;
        drop(out);
        match self.checks {
            true => self.check_fields(value),
            false => Ok(()),
        }
    }

    /// Prints a response that is not JSON as it is.
    pub(crate) fn print_bytes(&self, bytes: &[u8]) -> Result<(), CliError> {
        let mut out = io::stdout().lock();
        match out.is_terminal() {
            true => writeln!(out, "{}", escape_control(&String::from_utf8_lossy(bytes)))?,
            false => out.write_all(bytes)?,
        }
        Ok(out.flush()?)
    }

    /// Prints one of many values in a line.
    pub(crate) fn print_line(&self, value: &Value) -> Result<(), CliError> {
        if self.capture(value) {
            return Ok(());
        }
        let mut out = stdout();
        writeln!(
            out,
            "{}",
            escape_control_in_json(&self.chosen(value).to_string())
        )?;
        Ok(out.flush()?)
    }

    /// Keeps the value if a line of `ari exec` stores it in a variable. Returns `false` if the value is
    /// to be printed.
    pub(crate) fn capture(&self, value: &Value) -> bool {
        if let Some(session) = &self.captures {
            session.set_result(value);
        }
        self.captures.is_some()
    }

    /// Returns `true` if fields were chosen.
    pub(crate) fn has_fields(&self) -> bool {
        !self.fields.is_empty()
    }

    /// Returns the chosen fields of an event, for a line.
    pub(crate) fn texts(&self, value: &Value) -> Vec<String> {
        let fields = self.fields.iter();
        fields.map(|field| text(at(value, field))).collect()
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

    /// Rejects fields that a response does not have. A misspelt one would be an empty column.
    fn check_fields(&self, value: &Value) -> Result<(), CliError> {
        let rows = match value {
            Value::Array(rows) => rows.as_slice(),
            row => std::slice::from_ref(row),
        };
        let lacks =
            |field: &&String| !rows.is_empty() && rows.iter().all(|row| find(row, field).is_none());
        match self.fields.iter().find(lacks) {
            Some(field) => Err(CliError::other(format!(
                "the response has no field {field:?}; it has: {}",
                table::columns(rows).join(", ")
            ))),
            None => Ok(()),
        }
    }
}

/// Returns the JSON with control characters escaped.
fn escape_control_in_json(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        // A line feed between values is not part of a string.
        match c == '\n' || !is_control(c) {
            true => escaped.push(c),
            false => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::escape_control_in_json;
    use crate::text::is_control;

    #[test]
    fn json_is_escaped_without_changing_its_value() {
        let value = json!({"name": "a\u{9b}31m\u{202e}é 電\n\u{1b}[2J", "list": [1, "x"]});
        for text in [value.to_string(), format!("{value:#}")] {
            let escaped = escape_control_in_json(&text);
            let is_unsafe = |c: char| c != '\n' && is_control(c);
            assert!(!escaped.contains(is_unsafe), "{escaped}");
            assert_eq!(serde_json::from_str::<Value>(&escaped).unwrap(), value);
        }
    }
}
