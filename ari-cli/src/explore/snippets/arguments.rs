//! The arguments of a request, as options and typed requests take them.

use ari_api::schema::{Location, Operation, Parameter, ParameterType, Scalar};
use ari_api::transport::Request;
use serde_json::{Map, Value};

use super::given::GivenRequest;

/// A parameter and its value.
pub(super) type Argument = (&'static Parameter, Value);

/// Returns the arguments of which the operation makes exactly the given request: those of the path
/// in its order, then the others in the order of the table. `None` if there are none, because of an
/// unknown parameter, a value of another type, or a form that only the sender of the request has
/// chosen.
pub(super) fn from_request(given: &GivenRequest) -> Option<Vec<Argument>> {
    let operation = given.operation;
    let mut values = Vec::new();
    let known = operation.path.split('/');
    for (known, value) in known.zip(given.segments()?) {
        let variable = known.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        if let Some(name) = variable {
            values.push((operation.parameter(name)?, Value::from(value)));
        }
    }
    let in_path = values.len();
    for (name, text) in given.query_pairs()? {
        let parameter = operation.parameter(&name)?;
        values.push((parameter, from_text(parameter.kind, &text)));
    }
    match &given.body {
        None => {}
        Some(body) => match whole_body(operation) {
            Some(parameter) => values.push((parameter, body.clone())),
            None => {
                for (name, value) in body.as_object()? {
                    values.push((operation.parameter(name)?, value.clone()));
                }
            }
        },
    }
    let place = |parameter: &Parameter| {
        let mut all = operation.parameters.iter();
        all.position(|known| known.name == parameter.name)
    };
    values[in_path..].sort_by_key(|(parameter, _)| place(parameter));
    let named = values
        .iter()
        .map(|(known, value)| (known.name, value.clone()));
    let request = Request::from_arguments(operation, named).ok()?;
    given.equals(&request).then_some(values)
}

/// Returns the parameter whose value is the body itself.
fn whole_body(operation: &Operation) -> Option<&'static Parameter> {
    use ParameterType::{EventFilter, Json, Model};
    let is_whole = |kind| matches!(kind, EventFilter | Json | Model(_));
    let mut parameters = operation.parameters.iter();
    parameters.find(|it| it.location == Location::Body && is_whole(it.kind))
}

/// Returns the value that a text of the query stands for.
fn from_text(kind: ParameterType, text: &str) -> Value {
    match kind {
        ParameterType::Joined(_) => split_escaped(text),
        ParameterType::List(_) | ParameterType::Split(_) => {
            text.split(',').map(Value::from).collect()
        }
        ParameterType::Scalar(Scalar::Boolean) => match text {
            "true" => true.into(),
            "false" => false.into(),
            _ => text.into(),
        },
        ParameterType::Scalar(Scalar::Int | Scalar::Long) => {
            text.parse::<i64>().map_or(text.into(), Value::from)
        }
        _ => text.into(),
    }
}

/// Splits a list whose values have a backslash in front of each character that would be special.
fn split_escaped(text: &str) -> Value {
    let mut values = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            ',' => values.push(String::new()),
            c => {
                let literal = if c == '\\' { chars.next() } else { Some(c) };
                if let Some(last) = values.last_mut() {
                    last.extend(literal);
                }
            }
        }
    }
    values.into_iter().map(Value::from).collect()
}

/// Returns the names and values of a list of fields.
pub(super) fn fields(value: &Value) -> Vec<(&str, &str)> {
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .filter_map(|item| Some((item["attribute"].as_str()?, item["value"].as_str()?)))
        .collect()
}

/// Returns the members of an object.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

/// Returns the values of a list, or the one that stands for a list of it.
pub(super) fn items(value: &Value) -> &[Value] {
    value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice)
}
