//! An encoded request: method, path, query and body, in the form that Asterisk reads.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::error::types::Error;
use crate::request::param_value::{ParamValue, ToParamValue};
use crate::schema::operation::{Location, Method, Operation};

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

const NUL: &str = "holds a NUL, behind which Asterisk reads nothing";

/// The number of values that Asterisk keeps from a list in one string.
const MAX_LIST_VALUES: usize = 128;

/// A request, ready for any transport.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    operation: &'static Operation,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Option<Bytes>,
    timeout: Option<Duration>,
}

impl Request {
    /// Creates a request of the runtime's own from the path variables in their order, the query and
    /// the body.
    pub(crate) fn internal(
        operation: &'static Operation,
        variables: &[&str],
        query: Vec<(&'static str, String)>,
        body: Option<Bytes>,
    ) -> Self {
        let mut variables = variables.iter();
        Request {
            operation,
            path: expand_path(operation, |_| variables.next().copied()),
            query,
            body,
            timeout: None,
        }
    }

    /// Returns the timeout for the response, or for opening the WebSocket, if the caller has set
    /// one.
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Returns the same request with another timeout.
    pub fn with_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.timeout = limit.into();
        self
    }

    /// Returns the operation that is sent. It can differ from the operation of the typed request:
    /// see `bridges::Create`.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> Method {
        self.operation.method
    }

    /// Returns the path below `/ari`, percent-encoded, with a leading slash.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the query parameters, not encoded.
    pub fn query(&self) -> &[(&'static str, String)] {
        &self.query
    }

    /// Returns the path and query below `/ari`, percent-encoded.
    pub fn path_and_query(&self) -> Cow<'_, str> {
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

    /// Returns the same request with another value of a query parameter.
    pub(crate) fn with_query(mut self, name: &str, value: String) -> Self {
        for (known, old) in &mut self.query {
            if *known == name {
                old.clone_from(&value);
            }
        }
        self
    }

    /// Returns the JSON body.
    pub fn body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }
}

/// Collects the parameters of a request. Generated code calls its methods, and
/// [`ToRequest::to_request`](crate::client::ToRequest::to_request) returns the result.
#[derive(Debug)]
pub struct RequestEncoder {
    operation: &'static Operation,
    variables: Vec<(&'static str, String)>,
    query: Vec<(&'static str, ParamValue)>,
    body_fields: Map<String, Value>,
    raw: Option<Value>,
    error: Option<Error>,
}

impl RequestEncoder {
    /// Returns the request of an operation with the parameters that `encode` adds.
    pub(crate) fn request(
        operation: &'static Operation,
        encode: &dyn Fn(&mut RequestEncoder),
    ) -> Result<Request, Error> {
        let mut encoder = RequestEncoder::new(operation);
        encode(&mut encoder);
        encoder.finish()
    }

    pub(super) fn new(operation: &'static Operation) -> Self {
        RequestEncoder {
            operation,
            variables: Vec::new(),
            query: Vec::new(),
            body_fields: Map::new(),
            raw: None,
            error: None,
        }
    }

    /// Adds a path variable.
    pub fn path_param(&mut self, name: &'static str, value: &impl ToParamValue) {
        let value = value
            .to_param_value()
            .map(|value| value.to_text())
            .unwrap_or_default();
        if value.is_empty() {
            // Asterisk would take the path for the parent operation: a GET would list objects, and
            // a POST on /channels would originate a channel.
            self.record_error(
                name,
                "is empty, which Asterisk takes for the parent of the path",
            );
        }
        if value.contains('\0') {
            // Asterisk would apply the operation to the object whose id ends there.
            self.record_error(name, NUL);
        }
        let parameter = self.operation.parameter(name);
        if parameter.is_some_and(|parameter| parameter.reserved.contains(&value.as_str())) {
            // An example is a channel called `create`: Asterisk would create a channel, or find
            // nothing.
            self.record_error(
                name,
                "is the name of an operation, so that Asterisk finds no object under it",
            );
        }
        self.variables.push((name, value));
    }

    /// Adds a query parameter.
    pub fn query_param(&mut self, name: &'static str, value: &impl ToParamValue) {
        let Some(value) = value.to_param_value() else {
            return;
        };
        self.check_number(name, &value);
        self.query.push((name, value));
    }

    /// Adds a duration in the parameter's unit. The inner `None` stands for no limit.
    pub fn duration(&mut self, name: &'static str, value: Option<Option<Duration>>) {
        let Some(duration) = value else { return };
        let Some(parameter) = self.operation.parameter(name) else {
            return;
        };
        let number = match parameter.duration_number(duration) {
            Ok(number) => number,
            Err(problem) => return self.record_error(name, problem),
        };
        let number = ParamValue::Integer(number);
        match parameter.location {
            Location::Body => self.body_field(name, &number),
            _ => self.query_param(name, &number),
        }
    }

    /// Adds several values in one string. The server splits it at commas outside of quotes and
    /// brackets, and takes the character after a backslash literally. In some operations it first
    /// substitutes `${variable}` and `$[expression]`.
    pub fn escaped_list<'a, T: ToParamValue + 'a>(
        &mut self,
        name: &'static str,
        values: impl Into<Option<&'a Vec<T>>>,
    ) {
        let Some(values) = values.into().map(|values| to_texts(values)) else {
            return;
        };
        if values.len() > MAX_LIST_VALUES {
            self.record_error(name, "holds more than the 128 values that Asterisk keeps");
        }
        if values.len() == 1 && values[0].is_empty() {
            self.record_error(
                name,
                "holds one empty value, which Asterisk takes for none at all",
            );
        }
        let escaped = values.iter().map(|value| {
            let mut text = String::new();
            for c in value.chars() {
                if ",\\\"()[]{}".contains(c) {
                    text.push('\\');
                }
                text.push(c);
            }
            text
        });
        let text = escaped.collect::<Vec<_>>().join(",");
        self.query.push((name, ParamValue::Text(text)));
    }

    /// Adds several values in one string. The server splits it at every comma and drops empty
    /// values.
    pub fn comma_list<'a, T: ToParamValue + 'a>(
        &mut self,
        name: &'static str,
        values: impl Into<Option<&'a Vec<T>>>,
    ) {
        let Some(values) = values.into().map(|values| to_texts(values)) else {
            return;
        };
        if values
            .iter()
            .any(|value| value.is_empty() || value.contains(','))
        {
            self.record_error(
                name,
                "holds a value that is empty or has a comma, which this operation cannot carry",
            );
        }
        self.query.push((name, ParamValue::Text(values.join(","))));
    }

    /// Adds an object of names and values to the body.
    pub fn object<'a, V: Serialize + 'a>(
        &mut self,
        name: &'static str,
        entries: impl Into<Option<&'a Vec<(String, V)>>>,
    ) {
        let Some(entries) = entries.into() else {
            return;
        };
        let mut map = Map::new();
        for (key, value) in entries {
            if let Some(value) = self.json(name, value) {
                map.insert(key.clone(), value);
            }
        }
        self.body_fields.insert(name.to_owned(), Value::Object(map));
    }

    /// Adds a list of attributes and values to the body.
    pub fn attribute_list<'a>(
        &mut self,
        name: &'static str,
        fields: impl Into<Option<&'a Vec<(String, String)>>>,
    ) {
        let Some(fields) = fields.into() else { return };
        let fields = fields
            .iter()
            .map(|(attribute, value)| json!({"attribute": attribute, "value": value}));
        self.body_fields.insert(name.to_owned(), fields.collect());
    }

    /// Adds one value to the body.
    pub fn body_field<'a, T: ToParamValue + 'a>(
        &mut self,
        name: &'static str,
        value: impl Into<Option<&'a T>>,
    ) {
        let Some(value) = value.into().and_then(ToParamValue::to_param_value) else {
            return;
        };
        self.check_number(name, &value);
        self.body_fields.insert(name.to_owned(), value.to_json());
    }

    /// Sets the whole body.
    pub fn raw_body<'a, T: Serialize + 'a>(&mut self, body: impl Into<Option<&'a T>>) {
        let Some(body) = body.into() else { return };
        if self.raw.is_some() {
            self.record_error("body", "is given twice, and a request has one");
        }
        self.raw = self.json("body", body);
    }

    pub(crate) fn finish(mut self) -> Result<Request, Error> {
        self.add_defaults();
        let path = expand_path(self.operation, |name| {
            let value = self.variables.iter().find(|(known, _)| *known == name);
            value.map(|(_, value)| value.as_str())
        });
        if let Some(problem) = self.error {
            return Err(problem);
        }
        if path.len() > MAX_TARGET_LENGTH {
            let longest = self.variables.iter().max_by_key(|(_, value)| value.len());
            let name = longest.map_or("path", |(name, _)| name);
            let problem = "makes a path of more than the 3 KB that Asterisk is sure to read";
            return Err(Error::invalid_argument(self.operation, name, problem));
        }
        let mut query = Vec::new();
        let mut length = path.len();
        for (name, value) in &self.query {
            let text = value.to_text();
            if text.contains('\0') {
                return Err(Error::invalid_argument(self.operation, name, NUL));
            }
            length += name.len()
                + 2
                + utf8_percent_encode(&text, ENCODED)
                    .map(str::len)
                    .sum::<usize>();
            query.push((*name, text));
        }
        let all = length > MAX_TARGET_LENGTH;
        let moves = |value: &ParamValue| all || !value.survives_query();
        // Query parameters can also be sent in the body, but only if the body is an object of
        // parameters.
        if self.operation.websocket_protocol.is_some() {
            if let Some((name, _)) = self.query.iter().find(|(_, value)| moves(value)) {
                return Err(Error::invalid_argument(
                    self.operation,
                    name,
                    "is empty or longer than 3 KB, or holds a comma, quote, backslash, parenthesis \
                     or a space at an end, which a request for a WebSocket cannot carry",
                ));
            }
        } else if self.raw.is_none() {
            for (name, value) in self.query.iter().filter(|(_, value)| moves(value)) {
                self.body_fields.insert((*name).to_owned(), value.to_json());
                query.retain(|(other, _)| other != name);
            }
        } else if let Some((name, _)) = self.query.iter().find(|(_, v)| !v.survives_query()) {
            return Err(Error::invalid_argument(
                self.operation,
                name,
                "holds a comma, quote, backslash or parenthesis, which cannot be sent beside a body",
            ));
        }
        if self.raw.is_some() && !self.body_fields.is_empty() {
            let problem = "is given whole, so that no other parameter can be sent in it";
            return Err(Error::invalid_argument(self.operation, "body", problem));
        }
        let body = match self.raw {
            Some(bare) => Some(bare),
            None if self.body_fields.is_empty() => None,
            None => Some(Value::Object(self.body_fields)),
        };
        Ok(Request {
            operation: self.operation,
            path,
            query,
            body: body.map(|body| Bytes::from(body.to_string())),
            timeout: None,
        })
    }

    /// Adds the defaults that the server does not assume itself.
    fn add_defaults(&mut self) {
        let parameters = self.operation.parameters.iter();
        for parameter in parameters.filter(|parameter| parameter.sends_default) {
            let given = self.query.iter().any(|(name, _)| *name == parameter.name)
                || self.body_fields.contains_key(parameter.name);
            if given {
                continue;
            }
            let Some(value) = parameter.default_value() else {
                continue;
            };
            match parameter.location {
                Location::Query => self.query.push((parameter.name, value)),
                Location::Body => {
                    let value = value.to_json();
                    self.body_fields.insert(parameter.name.to_owned(), value);
                }
                Location::Path => {}
            }
        }
    }

    fn check_number(&mut self, name: &'static str, value: &ParamValue) {
        match value {
            ParamValue::Double(value) if !value.is_finite() => {
                self.record_error(name, "is not a finite number");
            }
            ParamValue::Integer(value) => {
                let Some(parameter) = self.operation.parameter(name) else {
                    return;
                };
                if parameter.min.is_some_and(|min| *value < min) {
                    self.record_error(name, "is smaller than the operation allows");
                }
                if parameter.max.is_some_and(|max| *value > max) {
                    self.record_error(name, "is larger than the operation allows");
                }
            }
            _ => {}
        }
    }

    fn json(&mut self, name: &'static str, value: &impl Serialize) -> Option<Value> {
        match serde_json::to_value(value) {
            Ok(value) => Some(value),
            Err(_) => {
                self.record_error(name, "cannot be written as JSON");
                None
            }
        }
    }

    /// Records a problem. Only the first one is reported.
    fn record_error(&mut self, name: &'static str, problem: &'static str) {
        if self.error.is_none() {
            self.error = Some(Error::invalid_argument(self.operation, name, problem));
        }
    }
}

/// Returns the path with its variables filled in.
fn expand_path<'a>(
    operation: &Operation,
    mut value: impl FnMut(&str) -> Option<&'a str>,
) -> String {
    let mut path = String::new();
    for segment in operation.path.split('/').skip(1) {
        path.push('/');
        let variable = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
        match variable {
            None => path.push_str(segment),
            Some(name) => path.extend(utf8_percent_encode(
                value(name).unwrap_or_default(),
                ENCODED,
            )),
        }
    }
    path
}

/// Returns the values as text, before percent-encoding.
fn to_texts<T: ToParamValue>(values: &[T]) -> Vec<String> {
    let values = values.iter().filter_map(ToParamValue::to_param_value);
    values.map(|value| value.to_text()).collect()
}
