//! The checked fields of an action.

use std::time::Duration;

use serde_json::{Map, Value};

use super::{ControlError, Field, FieldKind};

/// The most seconds of a field.
pub(super) const MAX_SECONDS: f64 = 7.0 * 86_400.0;

/// The fields of an action, which fit its description.
#[derive(Debug)]
pub(crate) struct Values(Map<String, Value>);

impl Values {
    /// Checks the fields of an action.
    pub(crate) fn check(
        action: &str,
        fields: &[Field],
        given: Map<String, Value>,
    ) -> Result<Self, ControlError> {
        for (name, value) in &given {
            let field = fields.iter().find(|field| field.name == name);
            let field = field.ok_or_else(|| unknown_field(action, fields, name))?;
            if let Some(problem) = problem(field, value) {
                return Err(ControlError::invalid(name, format!("{name} {problem}")));
            }
        }
        let is_missing = |field: &&Field| field.required && !given.contains_key(field.name);
        match fields.iter().find(is_missing) {
            Some(field) => Err(ControlError::invalid(
                field.name,
                format!("{} needs {}: {}", action, field.name, field.description),
            )),
            None => Ok(Values(given)),
        }
    }

    /// Returns a text that is present if it is required.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// Returns a required text.
    pub(crate) fn required(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let items = self.0.get(name).and_then(Value::as_array);
        let items = items.into_iter().flatten().filter_map(Value::as_str);
        items.map(str::to_owned).collect()
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Value::as_i64)
    }

    pub(crate) fn seconds(&self, name: &str) -> Option<Duration> {
        let seconds = self.0.get(name).and_then(Value::as_f64);
        seconds.map(Duration::from_secs_f64)
    }
}

fn unknown_field(action: &str, fields: &[Field], name: &str) -> ControlError {
    let known: Vec<_> = fields.iter().map(|field| field.name).collect();
    let known = match &*known {
        [] => "it has no fields".to_owned(),
        known => format!("it has: {}", known.join(", ")),
    };
    let message = format!("{action} has no field {name:?}; {known}");
    ControlError::invalid(name, message)
}

/// Returns the problem with a value, as the rest of a sentence.
fn problem(field: &Field, value: &Value) -> Option<String> {
    let is_key = |c: char| c.is_ascii_digit() || matches!(c, 'A'..='D' | 'a'..='d' | '*' | '#');
    let (fits, expected) = match field.kind {
        FieldKind::Text => (
            value.as_str().is_some_and(|text| !text.is_empty()),
            "a string that is not empty".to_owned(),
        ),
        FieldKind::Keys => (
            value
                .as_str()
                .is_some_and(|keys| !keys.is_empty() && keys.chars().all(is_key)),
            "a string of the keys 0 to 9, A to D, * and #".to_owned(),
        ),
        FieldKind::Texts => (
            value
                .as_array()
                .is_some_and(|items| items.iter().all(Value::is_string)),
            "a list of strings".to_owned(),
        ),
        FieldKind::Integer(min, max) => (
            value
                .as_i64()
                .is_some_and(|number| (min..=max).contains(&number)),
            format!("a whole number from {min} to {max}"),
        ),
        FieldKind::Seconds => (
            value
                .as_f64()
                .is_some_and(|seconds| (0.0..=MAX_SECONDS).contains(&seconds)),
            format!("a number of seconds from 0 to {MAX_SECONDS}"),
        ),
        FieldKind::Boolean => (value.is_boolean(), "true or false".to_owned()),
        FieldKind::Object | FieldKind::Objects | FieldKind::Any => (true, String::new()),
    };
    (!fits).then(|| format!("is {value}, but must be {expected}"))
}
