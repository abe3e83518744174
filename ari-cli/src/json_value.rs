//! Values inside JSON, and their text.

use serde_json::Value;

use crate::text::escape_control;

/// Returns the value at `a.b`, or null if there is none.
pub(crate) fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    find(value, path).unwrap_or(&Value::Null)
}

/// Returns the value at `a.b`, if there is one.
pub(crate) fn find<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    // Keys can hold dots.
    if let Some(found) = value.get(path) {
        return Some(found);
    }
    let (key, rest) = path.split_once('.')?;
    find(value.get(key)?, rest)
}

/// Returns a value as one line of text. Control characters are escaped, because the names of callers
/// can contain anything.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => escape_control(text),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(text).collect();
            items.join(", ")
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| format!("{}={}", escape_control(key), text(value)));
            members.collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}
