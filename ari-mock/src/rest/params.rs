//! Parameters as Asterisk reads them: JSON takes precedence over the query, and the query over a
//! form. Parameters that are misread are recorded as violations.

use ari_api::schema::{Operation, ParameterType, Version};
use serde_json::{Value, json};

use super::route::decode_component;
use crate::invalid_bytes;
use crate::sorted_map::SortedMap;
use crate::violation::ViolationKind;

/// The number of values that makes a list too long.
const LIST_CAPACITY: usize = 128;

/// The parameters of a request.
#[derive(Default)]
pub(crate) struct Params {
    path: SortedMap<&'static str, String>,
    pub(super) values: SortedMap<String, String>,
    pub(super) json: Option<Value>,
    /// True if there is a body that is read, even if it contains no parameters.
    pub(crate) has_body: bool,
    pub(crate) violations: Vec<(ViolationKind, String)>,
}

/// A body as received.
pub(crate) enum RequestBody {
    Empty,
    Json(Value),
    Form(String),
    /// A body of a type that is not read.
    Unsupported(String),
    /// A body that cannot be parsed.
    Invalid,
}

/// Reads a body according to its content type.
pub(crate) fn read_body(kind: Option<&str>, body: &[u8]) -> RequestBody {
    if body.is_empty() {
        return RequestBody::Empty;
    }
    let kind = kind.unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default();
    match &*essence.to_ascii_lowercase() {
        "application/json" => match serde_json::from_slice::<Value>(body) {
            Ok(value @ (Value::Object(_) | Value::Array(_))) if !contains_nul(&value) => {
                RequestBody::Json(value)
            }
            _ => RequestBody::Invalid,
        },
        "application/x-www-form-urlencoded" => RequestBody::Form(invalid_bytes::decode(body)),
        _ => RequestBody::Unsupported(kind.to_owned()),
    }
}

/// Returns the names and values of a query or form, in order.
pub(crate) fn parse_pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode_component(name), decode_component(value))
        })
        .collect()
}

impl Params {
    pub(crate) fn new(
        operation: &'static Operation,
        version: Version,
        path: SortedMap<&'static str, String>,
        query: Vec<(String, String)>,
        body: RequestBody,
    ) -> Self {
        let mut params = Params {
            path,
            ..Params::default()
        };
        if let RequestBody::Form(form) = &body {
            params.merge(parse_pairs(form));
        }
        params.merge(query);
        params.truncate_at_nul();
        params.has_body = matches!(body, RequestBody::Json(_) | RequestBody::Form(_));
        match body {
            RequestBody::Json(value @ Value::Object(_)) => params.json = Some(value),
            RequestBody::Json(value) => {
                let what = "a JSON array as the body contains no parameters".to_owned();
                params.violations.push((ViolationKind::IgnoredBody, what));
                params.json = takes_event_filter(operation).then_some(value);
            }
            RequestBody::Unsupported(kind) => {
                let what = format!("a body of type {kind:?} is not read");
                params.violations.push((ViolationKind::IgnoredBody, what));
            }
            // The real server treats it as a list of objects with one member each.
            RequestBody::Form(form) if takes_event_filter(operation) => {
                let members = parse_pairs(&form).into_iter();
                let members = members.map(|(name, value)| json!({name: value}));
                params.json = Some(members.collect());
            }
            RequestBody::Empty | RequestBody::Form(_) | RequestBody::Invalid => {}
        }
        params.lint(operation, version);
        params
    }

    fn merge(&mut self, pairs: Vec<(String, String)>) {
        for (name, value) in pairs {
            if name == "api_key" {
                continue;
            }
            let before = self.values.insert(name.clone(), value);
            if before.is_some() {
                let what = format!("{name} is given more than once: only the last value counts");
                self.violations.push((ViolationKind::Repeated, what));
            }
        }
    }

    /// Truncates each value at its first NUL, which ends a string in C.
    fn truncate_at_nul(&mut self) {
        let violations = &mut self.violations;
        let mut truncate = |name: &str, value: &mut String| {
            if let Some(end) = value.find('\0') {
                value.truncate(end);
                let what = format!("{name} contains a NUL: only {value:?} is read");
                violations.push((ViolationKind::Nul, what));
            }
        };
        self.path.for_each_mut(|name, value| truncate(name, value));
        self.values
            .for_each_mut(|name, value| truncate(name, value));
    }

    /// Removes parameters that are not read.
    pub(super) fn remove(&mut self, names: &[&str]) {
        for name in names {
            self.values.remove(*name);
            if let Some(json) = self.json.as_mut().and_then(Value::as_object_mut) {
                json.remove(*name);
            }
        }
    }

    /// Returns a path parameter.
    pub(crate) fn path(&self, name: &str) -> &str {
        self.path.get(name).map(String::as_str).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Option<&Value> {
        self.json.as_ref()
    }

    fn json_member(&self, name: &str) -> Option<&Value> {
        self.json.as_ref()?.get(name)
    }

    /// Returns a string, or `None` if the JSON value has another type.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.json_member(name) {
            Some(value) => value.as_str(),
            None => self.values.get(name).map(String::as_str),
        }
    }

    /// Returns a string that is not empty.
    pub(crate) fn non_empty(&self, name: &str) -> Option<&str> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// Returns whether the parameter is present, even if it is empty.
    pub(crate) fn is_present(&self, name: &str) -> bool {
        self.json_member(name).is_some() || self.values.contains_key(name)
    }

    /// Returns a number. It is 0 if the value is not a number, and truncated to 32 bits if it is
    /// too large.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        let number = match self.json_member(name) {
            Some(value) => value.as_i64().unwrap_or(0),
            None => {
                let text = self.values.get(name)?;
                parse_leading_number(text).unwrap_or(0)
            }
        };
        let low = u32::try_from(number & 0xFFFF_FFFF).unwrap_or_default();
        Some(low.cast_signed().into())
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        match self.json_member(name) {
            Some(value) => value.as_bool().unwrap_or(false),
            None => self.values.get(name).is_some_and(|text| {
                let text = text.to_ascii_lowercase();
                matches!(text.as_str(), "yes" | "true" | "y" | "t" | "1" | "on")
            }),
        }
    }

    /// Returns a list: an array or a single string in JSON, or values separated by commas in the
    /// query.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        match self.json_member(name) {
            Some(Value::Array(items)) => {
                let texts = items.iter().map(|item| item.as_str().unwrap_or_default());
                texts.map(str::to_owned).collect()
            }
            Some(Value::String(text)) => vec![text.clone()],
            Some(_) => Vec::new(),
            None => self
                .values
                .get(name)
                .map(|text| split_list(text))
                .unwrap_or_default(),
        }
    }

    /// Returns whether a list has values, or the JSON value is not a list.
    pub(crate) fn has_list_values(&self, name: &str) -> bool {
        match self.json_member(name) {
            Some(Value::Array(items)) => !items.is_empty(),
            Some(_) => true,
            None => self.values.contains_key(name),
        }
    }

    /// Returns whether the JSON value is neither a list nor a string.
    pub(crate) fn is_invalid_list(&self, name: &str) -> bool {
        let member = self.json_member(name);
        member.is_some_and(|value| !value.is_array() && !value.is_string())
    }

    /// Returns the error for a list that is too long to be read: 128 values or more, unless it is
    /// JSON.
    pub(crate) fn check_list_lengths(&self, operation: &Operation) -> Option<String> {
        let lists = operation.parameters.iter().filter(|one| {
            matches!(one.kind, ParameterType::List(_)) && self.json_member(one.name).is_none()
        });
        let mut long = lists.filter(|one| self.list(one.name).len() >= LIST_CAPACITY);
        long.next()
            .map(|one| format!("Too many values for {}", snake_case(one.name)))
    }

    /// Returns the members of a body parameter that is an object.
    pub(crate) fn object(&self, name: &str) -> Option<&serde_json::Map<String, Value>> {
        self.json_member(name)?.as_object()
    }
}

/// Returns whether a string or a name contains a NUL, which Asterisk's parser rejects.
fn contains_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(contains_nul),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| name.contains('\0') || contains_nul(value)),
        _ => false,
    }
}

/// Converts a parameter name to the form that Asterisk's own code uses.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

fn takes_event_filter(operation: &Operation) -> bool {
    let mut kinds = operation.parameters.iter().map(|one| one.kind);
    kinds.any(|kind| matches!(kind, ParameterType::EventFilter))
}

/// Parses the number at the beginning of a text and ignores the rest.
pub(crate) fn parse_leading_number(text: &str) -> Option<i64> {
    let text = text.trim_start();
    let (negative, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit());
    let number: i64 = digits[..end.unwrap_or(digits.len())].parse().ok()?;
    Some(if negative { -number } else { number })
}

/// Splits a text at commas outside of quotes and brackets. A backslash escapes the next character.
pub(crate) fn split_list(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![String::new()];
    let (mut depth, mut quoted) = (0_usize, false);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let part = match parts.last_mut() {
            Some(part) => part,
            None => return parts,
        };
        match c {
            '\\' => part.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if depth == 0 && !quoted => parts.push(String::new()),
            '(' | '[' | '{' => {
                depth += 1;
                part.push(c);
            }
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                part.push(c);
            }
            c => part.push(c),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::split_list;

    #[test]
    fn lists_are_split_as_asterisk_does() {
        assert_eq!(
            split_list("a\\,b,\"c,d\",(e,f),g"),
            ["a,b", "c,d", "(e,f)", "g"]
        );
        assert_eq!(split_list(""), Vec::<String>::new());
        assert_eq!(split_list("a,,b"), ["a", "", "b"]);
    }
}
