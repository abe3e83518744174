//! The checked fields of an action.

use std::time::Duration;

use serde_json::{Map, Value};

use super::{ControlError, Field, FieldKind};

/// The most seconds of a field: a week.
pub(super) const MAX_SECONDS: u32 = 7 * 86_400;

/// Up to this number, a double has every whole number.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns a whole number, which JSON may write as `503.0` or `1e3`, too.
pub(super) fn whole_number(value: &Value) -> Option<i64> {
    if let Some(number) = value.as_i64() {
        return Some(number);
    }
    let number = value.as_f64()?;
    let is_whole = number.fract() == 0.0 && number.abs() <= MAX_EXACT;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and in range")]
    is_whole.then_some(number as i64)
}

/// The fields of an action, or the parameters of a query, which fit its description.
#[derive(Debug)]
pub(crate) struct Values(Map<String, Value>);

impl Values {
    /// Checks the parameters of a query, whose values are text.
    pub(crate) fn from_query(
        query: &str,
        fields: &[Field],
        pairs: Vec<(String, String)>,
    ) -> Result<Self, ControlError> {
        let mut given = Map::new();
        for (name, text) in pairs {
            let field = fields.iter().find(|field| field.name == name);
            let is_text = field.is_some_and(|field| field.kind == FieldKind::Text);
            // A text that is no JSON is invalid for the other types.
            let value = match is_text {
                true => text.into(),
                false => serde_json::from_str(&text).unwrap_or(Value::String(text)),
            };
            if given.insert(name.clone(), value).is_some() {
                let message = format!("{name} is given more than once: give it once");
                return Err(ControlError::invalid(&name, message));
            }
        }
        Values::check(query, fields, given)
    }

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
        self.0.get(name).and_then(whole_number)
    }

    /// Returns whether a field is true.
    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool) == Some(true)
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
            whole_number(value).is_some_and(|number| (min..=max).contains(&number)),
            format!("a whole number from {min} to {max}"),
        ),
        FieldKind::Seconds => seconds_up_to(value, MAX_SECONDS),
        FieldKind::SecondsUpTo(max) => seconds_up_to(value, max),
        FieldKind::Boolean => (value.is_boolean(), "true or false".to_owned()),
        FieldKind::Time | FieldKind::Object | FieldKind::Objects | FieldKind::Any => {
            (true, String::new())
        }
    };
    (!fits).then(|| format!("is {value}, but must be {expected}"))
}

/// Returns whether a value is a number of seconds, and the description of what fits.
fn seconds_up_to(value: &Value, max: u32) -> (bool, String) {
    let seconds = value.as_f64();
    (
        seconds.is_some_and(|seconds| (0.0..=f64::from(max)).contains(&seconds)),
        format!("a number of seconds from 0 to {max}"),
    )
}
