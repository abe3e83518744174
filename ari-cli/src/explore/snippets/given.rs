//! The request of which texts are made.

use ari_api::OPERATIONS;
use ari_api::schema::{Method, Operation};
use ari_api::transport::Request;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

/// The characters that a path and a query cannot contain as they are. `%` is part of what is
/// encoded already.
const UNFIT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The file that a command of a download writes.
pub(super) const FILE: &str = "recording";

/// A request of an operation, as the server would receive it.
#[derive(Debug)]
pub(super) struct GivenRequest {
    pub(super) operation: &'static Operation,
    /// The path below `/ari`, percent-encoded.
    path: String,
    /// Percent-encoded.
    query: String,
    pub(super) body: Option<Value>,
}

impl GivenRequest {
    /// Finds the operation of a request.
    pub(super) fn parse(
        method: &str,
        path: &str,
        query: &str,
        body: Option<Value>,
    ) -> Result<Self, String> {
        let path = utf8_percent_encode(path, UNFIT).to_string();
        let path = path.replace('?', "%3F");
        let operation = find_operation(method, &path).ok_or_else(|| {
            format!(
                "no operation of Asterisk 12 to 24 has the method {method:?} and the path {path:?}: \
                 give both as the table of operations has them"
            )
        })?;
        Ok(Self {
            operation,
            path,
            query: utf8_percent_encode(query, UNFIT).to_string(),
            body,
        })
    }

    pub(super) fn method(&self) -> Method {
        self.operation.method
    }

    /// Returns `true` if the response is a WebSocket.
    pub(super) fn opens_websocket(&self) -> bool {
        self.operation.websocket_protocol.is_some()
    }

    /// Returns the path and the query, percent-encoded.
    pub(super) fn path_and_query(&self) -> String {
        match self.query.is_empty() {
            true => self.path.clone(),
            false => format!("{}?{}", self.path, self.query),
        }
    }

    /// Returns the segments of the path, decoded. `None` if one is not UTF-8.
    pub(super) fn segments(&self) -> Option<Vec<String>> {
        segments(&self.path)
    }

    /// Returns the names and values of the query, decoded. `None` if one is not UTF-8, or a name has
    /// no value.
    pub(super) fn query_pairs(&self) -> Option<Vec<(String, String)>> {
        pairs(&self.query)
    }

    /// Returns `true` if the server receives `request` as it receives this one.
    pub(super) fn equals(&self, request: &Request) -> bool {
        let target = request.path_and_query();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let body = request.body().map(|body| serde_json::from_slice(body).ok());
        let sorted = |query: &str| {
            pairs(query).map(|mut pairs| {
                pairs.sort();
                pairs
            })
        };
        // One that cannot be decoded equals none.
        let has_path = self
            .segments()
            .is_some_and(|own| segments(path) == Some(own));
        let has_query = sorted(&self.query).is_some_and(|own| sorted(query) == Some(own));
        request.method() == self.method()
            && has_path
            && has_query
            && body == self.body.clone().map(Some)
    }
}

/// Returns the operation that a server executes for a request: of those whose path fits, the one
/// with the name of an operation where others have a variable.
fn find_operation(method: &str, path: &str) -> Option<&'static Operation> {
    let given: Vec<&str> = path.split('/').collect();
    let decoded = |segment: &str| -> Vec<u8> { percent_decode_str(segment).collect() };
    let fits = |operation: &&Operation| {
        let known: Vec<&str> = operation.path.split('/').collect();
        operation.method.as_str().eq_ignore_ascii_case(method)
            && known.len() == given.len()
            && known
                .iter()
                .zip(&given)
                .all(|(known, given)| match is_variable(known) {
                    true => !given.is_empty(),
                    false => decoded(given) == known.as_bytes(),
                })
    };
    let variables = |operation: &&Operation| -> Vec<bool> {
        operation.path.split('/').map(is_variable).collect()
    };
    let operations = OPERATIONS.iter().copied();
    operations.filter(fits).min_by_key(variables)
}

fn is_variable(segment: &str) -> bool {
    segment.starts_with('{')
}

fn segments(path: &str) -> Option<Vec<String>> {
    path.split('/').map(decode).collect()
}

fn pairs(query: &str) -> Option<Vec<(String, String)>> {
    if query.is_empty() {
        return Some(Vec::new());
    }
    let pairs = query.split('&').map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some((decode(name)?, decode(value)?))
    });
    pairs.collect()
}

/// Decodes a text as Asterisk does, in paths as well as in queries.
fn decode(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    let decoded = percent_decode_str(&text).decode_utf8().ok()?;
    Some(decoded.into_owned())
}
