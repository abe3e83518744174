//! JSON as text that can be pasted.

use serde_json::Value;

use super::shell::reorders;

/// Returns a value as JSON in one line. Control characters, and those that would show the text in
/// another order, are escaped.
pub(super) fn to_text(value: &Value) -> String {
    let mut text = String::new();
    let mut units = [0; 2];
    // Outside of strings, JSON has none of them.
    for c in value.to_string().chars() {
        match c.is_control() || reorders(c) {
            true => {
                for unit in c.encode_utf16(&mut units) {
                    text.push_str(&format!("\\u{unit:04x}"));
                }
            }
            false => text.push(c),
        }
    }
    text
}
