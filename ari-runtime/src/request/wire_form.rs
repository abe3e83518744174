//! The form in which Asterisk reads a request: path, query and body.

use std::borrow::Cow;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::error::types::Error;
use crate::request::param_value::ParamValue;
use crate::schema::operation::{Location, Operation, Parameter, ParameterType};

/// All characters except RFC 3986's unreserved ones. Asterisk decodes a plain `+` as a space in
/// both paths and queries.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The length from which parameters are sent in the body. Asterisk refuses request lines of more
/// than 4096 bytes, including method and prefix.
const MAX_TARGET_LENGTH: usize = 3072;

/// A request in the form in which Asterisk reads it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WireForm {
    /// The path below `/ari`, percent-encoded.
    pub(super) path: String,
    /// The query, not encoded.
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Bytes>,
}

impl WireForm {
    /// Encodes the arguments of an operation. Query parameters that a query cannot carry are sent
    /// in the body, if that is an object of parameters.
    pub(super) fn new(
        operation: &'static Operation,
        arguments: &[(&'static Parameter, ParamValue)],
    ) -> Result<Self, Error> {
        let invalid = |name, problem| Err(Error::invalid_argument(operation, name, problem));
        let path = expand_path(operation, arguments);
        if path.len() > MAX_TARGET_LENGTH {
            let variables = arguments
                .iter()
                .filter(|(it, _)| it.location == Location::Path);
            let longest = variables.max_by_key(|(_, value)| value.as_str().map(str::len));
            return invalid(
                longest.map_or("path", |(parameter, _)| parameter.name),
                "makes a path of more than the 3 KB that Asterisk is sure to read",
            );
        }
        let mut query = Vec::new();
        let mut fields = Map::new();
        let mut whole = None;
        let mut length = path.len();
        for (parameter, value) in arguments {
            let name = parameter.name;
            let value = joined(parameter, value);
            match (parameter.location, parameter.kind) {
                (Location::Path, _) => {}
                (Location::Query, _) => {
                    let text = value.to_text();
                    let encoded = utf8_percent_encode(&text, ENCODED).map(str::len);
                    length += name.len() + 2 + encoded.sum::<usize>();
                    query.push((name, value, text));
                }
                (
                    Location::Body,
                    ParameterType::EventFilter | ParameterType::Json | ParameterType::Model(_),
                ) => {
                    if whole.replace(value.to_json()).is_some() {
                        return invalid("body", "is given twice, and a request has one");
                    }
                }
                (Location::Body, _) => {
                    fields.insert(name.to_owned(), value.to_json());
                }
            }
        }
        let is_long = whole.is_none() && length > MAX_TARGET_LENGTH;
        let (moved, query): (Vec<_>, Vec<_>) = query
            .into_iter()
            .partition(|(_, value, _)| is_long || !value.survives_query());
        if let Some((name, ..)) = moved.first() {
            if operation.websocket_protocol.is_some() {
                return invalid(
                    name,
                    "is empty or longer than 3 KB, or holds a comma, quote, backslash, parenthesis \
                     or a space at an end, which a request for a WebSocket cannot carry",
                );
            }
            if whole.is_some() {
                return invalid(
                    name,
                    "holds a comma, quote, backslash or parenthesis, which cannot be sent beside a \
                     body",
                );
            }
        }
        let moved = moved.into_iter();
        fields.extend(moved.map(|(name, value, _)| (name.to_owned(), value.to_json())));
        let body = match whole {
            Some(_) if !fields.is_empty() => {
                return invalid(
                    "body",
                    "is given whole, so that no other parameter can be sent in it",
                );
            }
            None if !fields.is_empty() => Some(Value::Object(fields)),
            whole => whole,
        };
        let query = query.into_iter().map(|(name, _, text)| (name, text));
        Ok(WireForm {
            path,
            query: query.collect(),
            body: body.map(|body| Bytes::from(body.to_string())),
        })
    }

    /// Returns the path and query, percent-encoded.
    pub(super) fn path_and_query(&self) -> Cow<'_, str> {
        if self.query.is_empty() {
            return Cow::Borrowed(&self.path);
        }
        let mut target = self.path.clone();
        for (index, (name, value)) in self.query.iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.extend(utf8_percent_encode(name, ENCODED));
            target.push('=');
            target.extend(utf8_percent_encode(value, ENCODED));
        }
        Cow::Owned(target)
    }
}

/// Returns the path with its variables filled in.
fn expand_path(operation: &Operation, arguments: &[(&'static Parameter, ParamValue)]) -> String {
    let mut path = String::new();
    for segment in operation.path.split('/').skip(1) {
        path.push('/');
        match Operation::variable_name(segment) {
            None => path.push_str(segment),
            Some(name) => {
                let mut arguments = arguments.iter();
                let value = arguments.find(|(parameter, _)| parameter.name == name);
                let value = value.and_then(|(_, value)| value.as_str());
                path.extend(utf8_percent_encode(value.unwrap_or_default(), ENCODED));
            }
        }
    }
    path
}

/// Returns the value with a list as one string, if the parameter takes that.
fn joined<'a>(parameter: &Parameter, value: &'a ParamValue) -> Cow<'a, ParamValue> {
    let ParamValue::List(values) = value else {
        return Cow::Borrowed(value);
    };
    let escape = |c: char| [",\\\"()[]{}".contains(c).then_some('\\'), Some(c)];
    let texts = values.iter().map(ParamValue::to_text);
    let texts: Vec<String> = match parameter.kind {
        // The server splits it at commas outside of quotes and brackets, and takes the character
        // after a backslash literally.
        ParameterType::Joined(_) => texts
            .map(|text| text.chars().flat_map(escape).flatten().collect())
            .collect(),
        ParameterType::Split(_) => texts.collect(),
        _ => return Cow::Borrowed(value),
    };
    Cow::Owned(ParamValue::Text(texts.join(",")))
}
