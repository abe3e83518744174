//! A request, recorded or received, in one form.

use std::fmt;

use ari_api::operations::OPERATIONS;
use ari_api::schema::Operation;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A request: its decoded path, and the parameters of query and body.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Message {
    pub(super) method: String,
    pub(super) segments: Vec<String>,
    /// The parameters by name: those of the query, and the keys of a JSON body. Asterisk does not
    /// distinguish them either.
    pub(super) parameters: Vec<(String, Value)>,
    pub(super) operation: Option<&'static Operation>,
    /// A body that is no JSON object.
    pub(super) other_body: String,
}

impl Message {
    /// Reads a request. `path` and `query` are percent-encoded.
    pub(super) fn new(method: &str, path: &str, query: &str, body: &[u8]) -> Self {
        let segments = path.trim_matches('/').split('/').map(decode);
        let segments: Vec<String> = segments.collect();
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let mut parameters: Vec<_> = pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (decode(name), Value::from(decode(value))))
            .collect();
        let mut other_body = String::new();
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => parameters.extend(members),
            _ => other_body = String::from_utf8_lossy(body).into_owned(),
        }
        parameters.sort_by(|(one, _), (other, _)| one.cmp(other));
        Message {
            method: method.to_owned(),
            operation: find_operation(method, &segments),
            segments,
            parameters,
            other_body,
        }
    }

    /// Adds a parameter that is not percent-encoded.
    pub(super) fn add_parameter(&mut self, name: &str, value: Value) {
        self.parameters.push((name.to_owned(), value));
        self.parameters
            .sort_by(|(one, _), (other, _)| one.cmp(other));
    }

    /// Returns true if the request changes nothing.
    pub(super) fn is_read(&self) -> bool {
        self.method == "GET"
    }

    /// Returns for each segment of the path whether it is an id.
    pub(super) fn is_id(&self, index: usize) -> bool {
        match self.operation {
            Some(operation) => operation
                .path
                .split('/')
                .nth(index + 1)
                .is_some_and(|name| name.starts_with('{')),
            None => false,
        }
    }

    /// Returns the ids in the path.
    pub(super) fn path_ids(&self) -> impl Iterator<Item = &str> {
        let segments = self.segments.iter().enumerate();
        segments
            .filter(|(index, _)| self.is_id(*index))
            .map(|(_, segment)| segment.as_str())
    }

    /// Returns the kind of object that the request is about, such as `channels` or
    /// `recordings/live`, and its id. Without an id, a resource.
    pub(super) fn object(&self) -> (String, Option<&str>) {
        let first = (0..self.segments.len()).find(|index| self.is_id(*index));
        match first {
            Some(index) => (
                self.segments[..index].join("/"),
                Some(self.segments[index].as_str()),
            ),
            None => (self.segments.join("/"), None),
        }
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Returns the text of a parameter. Numbers in a body equal those in a query.
pub(super) fn parameter_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} /{}", self.method, self.segments.join("/"))?;
        for (name, value) in &self.parameters {
            write!(f, " {name}={}", parameter_text(value))?;
        }
        match self.other_body.is_empty() {
            true => Ok(()),
            false => write!(f, " {}", self.other_body),
        }
    }
}

/// Returns the operation of a request. A path without variables takes precedence.
fn find_operation(method: &str, segments: &[String]) -> Option<&'static Operation> {
    let fits = |operation: &&&Operation| {
        let mut template = operation.path.split('/').skip(1);
        let mut given = segments.iter();
        operation.method.as_str() == method
            && template.clone().count() == segments.len()
            && template.all(|name| {
                given
                    .next()
                    .is_some_and(|given| name.starts_with('{') || name == given)
            })
    };
    let found = OPERATIONS.iter().filter(fits);
    found
        .min_by_key(|operation| operation.path.matches('{').count())
        .copied()
}
