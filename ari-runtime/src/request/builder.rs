//! Collects the arguments of a request, and checks each of them.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::error::types::Error;
use crate::request::param_value::{ParamValue, ToParamValue};
use crate::request::untyped_request::{Argument, Request};
use crate::schema::operation::{Location, Operation, Parameter, ParameterType};

/// The number of values that Asterisk keeps from a list in one string.
const MAX_LIST_VALUES: usize = 128;

/// Collects the arguments of a request. Generated code calls its methods, and
/// [`ToRequest::to_request`](crate::client::ToRequest::to_request) returns the result.
#[derive(Debug)]
pub struct RequestBuilder {
    operation: &'static Operation,
    arguments: Vec<Argument>,
    error: Option<Error>,
}

impl RequestBuilder {
    /// Returns the request of an operation with the arguments that `add` adds.
    pub(crate) fn build(
        operation: &'static Operation,
        add: &dyn Fn(&mut RequestBuilder),
    ) -> Result<Request, Error> {
        let mut builder = RequestBuilder::new(operation);
        add(&mut builder);
        builder.finish()
    }

    /// Returns the request of an operation with the path's variables in their order, and no other
    /// arguments.
    pub(crate) fn build_from_path(
        operation: &'static Operation,
        values: &[&str],
    ) -> Result<Request, Error> {
        RequestBuilder::build(operation, &|request| request.path_values(values))
    }

    pub(super) fn new(operation: &'static Operation) -> Self {
        RequestBuilder {
            operation,
            arguments: Vec::new(),
            error: None,
        }
    }

    /// Adds a value, or a list of values.
    pub fn argument(&mut self, name: &'static str, value: &impl ToParamValue) {
        if let Some(value) = value.to_param_value() {
            self.add(name, value);
        }
    }

    /// Adds a duration in the parameter's unit. The inner `None` stands for no limit.
    pub fn duration(&mut self, name: &'static str, value: Option<Option<Duration>>) {
        let Some(duration) = value else { return };
        let Some(parameter) = self.operation.parameter(name) else {
            return;
        };
        match parameter.duration_number(duration) {
            Ok(number) => self.add(name, ParamValue::Integer(number)),
            Err(problem) => self.record_error(name, problem),
        }
    }

    /// Adds an object of names and values.
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
            if let Some(value) = self.serialize(name, value) {
                map.insert(key.clone(), value);
            }
        }
        self.add(name, ParamValue::Json(Value::Object(map)));
    }

    /// Adds a list of attributes and values.
    pub fn attribute_list<'a>(
        &mut self,
        name: &'static str,
        fields: impl Into<Option<&'a Vec<(String, String)>>>,
    ) {
        let Some(fields) = fields.into() else { return };
        let fields = fields
            .iter()
            .map(|(attribute, value)| json!({"attribute": attribute, "value": value}));
        self.add(name, ParamValue::Json(fields.collect()));
    }

    /// Adds a value of any JSON type.
    pub fn json<'a, T: Serialize + 'a>(
        &mut self,
        name: &'static str,
        value: impl Into<Option<&'a T>>,
    ) {
        let Some(value) = value.into() else { return };
        if let Some(value) = self.serialize(name, value) {
            self.add(name, ParamValue::Json(value));
        }
    }

    /// Adds the path's variables in their order.
    pub(crate) fn path_values(&mut self, values: &[&str]) {
        for (name, value) in self.operation.path_variables().zip(values) {
            self.add(name, ParamValue::Text((*value).to_owned()));
        }
    }

    pub(super) fn add(&mut self, name: &'static str, mut value: ParamValue) {
        let Some(parameter) = self.operation.parameter(name) else {
            return self.record_error(name, "is no parameter of this operation");
        };
        if parameter.location == Location::Path {
            value = ParamValue::Text(value.to_text());
        }
        if let Some(problem) = find_problem(parameter, &value) {
            self.record_error(name, problem);
        }
        self.arguments.push((parameter, value));
    }

    fn finish(mut self) -> Result<Request, Error> {
        let has = |given: &[Argument], name| given.iter().any(|(known, _)| known.name == name);
        // The defaults that the server does not assume itself.
        let parameters = self.operation.parameters.iter();
        for parameter in parameters.filter(|parameter| parameter.sends_default) {
            if !has(&self.arguments, parameter.name)
                && let Some(value) = parameter.default_value()
            {
                self.arguments.push((parameter, value));
            }
        }
        for name in self.operation.path_variables() {
            if !has(&self.arguments, name) {
                self.record_error(name, EMPTY);
            }
        }
        match self.error {
            Some(error) => Err(error),
            None => Request::new(self.operation, self.arguments),
        }
    }

    fn serialize(&mut self, name: &'static str, value: &impl Serialize) -> Option<Value> {
        let value = serde_json::to_value(value).ok();
        if value.is_none() {
            self.record_error(name, "cannot be written as JSON");
        }
        value
    }

    /// Records a problem. Only the first one is reported.
    fn record_error(&mut self, name: &'static str, problem: &'static str) {
        if self.error.is_none() {
            self.error = Some(Error::invalid_argument(self.operation, name, problem));
        }
    }
}

/// Asterisk would take the path for the parent operation: a GET would list objects, and a POST on
/// /channels would originate a channel.
const EMPTY: &str = "is empty, which Asterisk takes for the parent of the path";

/// Returns the reason why Asterisk would misread a value.
fn find_problem(parameter: &Parameter, value: &ParamValue) -> Option<&'static str> {
    if parameter.location == Location::Path {
        let text = value.as_str().unwrap_or_default();
        if text.is_empty() {
            return Some(EMPTY);
        }
        if parameter.reserved.contains(&text) {
            // An example is a channel called `create`: Asterisk would create a channel, or find
            // nothing.
            return Some("is the name of an operation, so that Asterisk finds no object under it");
        }
    }
    // In a path, Asterisk would apply the operation to the object whose id ends there.
    if parameter.location != Location::Body && value.contains_nul() {
        return Some("holds a NUL, behind which Asterisk reads nothing");
    }
    match (parameter.kind, value) {
        (ParameterType::Joined(_), ParamValue::List(values)) => {
            if values.len() > MAX_LIST_VALUES {
                return Some("holds more than the 128 values that Asterisk keeps");
            }
            matches!(values.as_slice(), [value] if value.to_text().is_empty())
                .then_some("holds one empty value, which Asterisk takes for none at all")
        }
        (ParameterType::Split(_), ParamValue::List(values)) => {
            let mut texts = values.iter().map(ParamValue::to_text);
            texts
                .any(|text| text.is_empty() || text.contains(','))
                .then_some(
                    "holds a value that is empty or has a comma, which this operation cannot carry",
                )
        }
        (_, ParamValue::Double(value)) => (!value.is_finite()).then_some("is not a finite number"),
        (_, ParamValue::Integer(value)) if parameter.min.is_some_and(|min| *value < min) => {
            Some("is smaller than the operation allows")
        }
        (_, ParamValue::Integer(value)) if parameter.max.is_some_and(|max| *value > max) => {
            Some("is larger than the operation allows")
        }
        _ => None,
    }
}
