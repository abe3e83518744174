//! Conversion of command-line arguments to the arguments of a request.

use ari_api::schema::{Operation, Parameter, ParameterType, Scalar};
use ari_api::transport::Request;
use clap::ArgMatches;
use serde_json::{Map, Value};

use crate::error::{CliError, ErrorKind};
use crate::release::Release;
use crate::{command_tree, names};

/// Builds the request of an operation from the command line.
pub(crate) fn request(
    operation: &'static Operation,
    matches: &ArgMatches,
    release: Option<Release>,
) -> Result<Request, CliError> {
    let mut arguments = Vec::new();
    for parameter in operation.parameters {
        if let Some(value) = value(parameter, matches)? {
            arguments.push((parameter.name, value));
        }
    }
    request_from_values(operation, arguments, release)
}

/// Builds a request with these arguments, which the chosen release must support.
pub(crate) fn request_from_values(
    operation: &'static Operation,
    arguments: Vec<(&'static str, Value)>,
    release: Option<Release>,
) -> Result<Request, CliError> {
    if let Some(release) = release {
        check(operation, &arguments, release)?;
    }
    Ok(Request::from_arguments(operation, arguments)?)
}

/// Rejects arguments that the chosen release does not support.
pub(crate) fn check(
    operation: &Operation,
    arguments: &[(&'static str, Value)],
    release: Release,
) -> Result<(), CliError> {
    let lacks = |what: String, takes: &ari_api::schema::Availability| {
        Err(CliError::new(
            ErrorKind::UnsupportedByRelease,
            format!(
                "{operation}: Asterisk {release} lacks {what}, which needs {takes}; nothing was sent: \
                 change or omit --release"
            ),
        ))
    };
    if !command_tree::is_available(&operation.availability, Some(release)) {
        return lacks("the operation".to_owned(), &operation.availability);
    }
    for (name, given) in arguments {
        let Some(parameter) = operation.parameter(name) else {
            continue;
        };
        if !command_tree::is_available(&parameter.availability, Some(release)) {
            return lacks(format!("the parameter `{name}`"), &parameter.availability);
        }
        let given = given
            .as_array()
            .map_or(std::slice::from_ref(given), Vec::as_slice);
        for value in parameter.values {
            if given.iter().any(|given| given == value.value)
                && !command_tree::is_available(&value.availability, Some(release))
            {
                let what = format!("the value {:?} of `{name}`", value.value);
                return lacks(what, &value.availability);
            }
        }
    }
    Ok(())
}

fn value(parameter: &Parameter, matches: &ArgMatches) -> Result<Option<Value>, CliError> {
    let id = command_tree::id(parameter);
    if !matches.contains_id(&id) {
        return Ok(None);
    }
    Ok(match parameter.kind {
        ParameterType::Scalar(kind) => scalars(kind, &id, matches).pop(),
        ParameterType::List(kind) | ParameterType::Joined(kind) => {
            Some(scalars(kind, &id, matches).into())
        }
        // No value of such a list can contain a comma.
        ParameterType::Split(_) => Some(
            texts(&id, matches)
                .flat_map(|text| text.split(','))
                .map(|value| Value::from(value.trim()))
                .collect(),
        ),
        ParameterType::Variables | ParameterType::TextMap | ParameterType::JsonMap => {
            let mut map = Map::new();
            for text in texts(&id, matches) {
                add(&mut map, parameter, text)?;
            }
            Some(map.into())
        }
        ParameterType::Fields => {
            let fields = texts(&id, matches).map(|text| {
                let (name, value) = pair(parameter, text)?;
                Ok(serde_json::json!({"attribute": name, "value": value}))
            });
            Some(Value::Array(fields.collect::<Result<_, CliError>>()?))
        }
        _ => texts(&id, matches)
            .next()
            .map(|text| json(parameter, text))
            .transpose()?,
    })
}

fn texts<'a>(id: &str, matches: &'a ArgMatches) -> impl Iterator<Item = &'a String> {
    matches.get_many::<String>(id).into_iter().flatten()
}

fn scalars(kind: Scalar, id: &str, matches: &ArgMatches) -> Vec<Value> {
    match kind {
        Scalar::Int | Scalar::Long => {
            let numbers = matches.get_many::<i64>(id).into_iter().flatten();
            numbers.map(|number| Value::from(*number)).collect()
        }
        Scalar::Double => {
            let numbers = matches.get_many::<f64>(id).into_iter().flatten();
            numbers.map(|number| Value::from(*number)).collect()
        }
        _ => {
            let texts = texts(id, matches);
            texts.map(|text| Value::from(text.as_str())).collect()
        }
    }
}

/// Adds `NAME=VALUE`, or the members of a JSON object.
fn add(map: &mut Map<String, Value>, parameter: &Parameter, text: &str) -> Result<(), CliError> {
    if text.trim_start().starts_with('{') {
        let Value::Object(members) = json(parameter, text)? else {
            return Err(malformed(parameter, text, "expected a JSON object"));
        };
        map.extend(unwrapped(parameter, members));
        return Ok(());
    }
    let (name, value) = pair(parameter, text)?;
    let value = match parameter.kind {
        ParameterType::JsonMap => {
            serde_json::from_str(value).unwrap_or_else(|_| Value::from(value))
        }
        _ => Value::from(value),
    };
    map.insert(name.to_owned(), value);
    Ok(())
}

/// Returns the members of the inner object if the object is wrapped in the parameter's name, as on
/// the wire and in the documentation.
fn unwrapped(parameter: &Parameter, mut members: Map<String, Value>) -> Map<String, Value> {
    let alone = members.len() == 1;
    match members.get_mut(parameter.name) {
        // Not wrapped: a variable of this name, with a value and options.
        Some(Value::Object(inner)) if alone && !inner.contains_key("value") => {
            std::mem::take(inner)
        }
        _ => members,
    }
}

/// Splits `NAME=VALUE` at the first equals sign, as in `CALLERID(name)=Alice`.
fn pair<'a>(parameter: &Parameter, text: &'a str) -> Result<(&'a str, &'a str), CliError> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name, value)),
        _ => Err(malformed(parameter, text, "expected NAME=VALUE")),
    }
}

fn json(parameter: &Parameter, text: &str) -> Result<Value, CliError> {
    serde_json::from_str(text)
        .map_err(|error| malformed(parameter, text, &format!("invalid JSON: {error}")))
}

fn malformed(parameter: &Parameter, text: &str, problem: &str) -> CliError {
    let option = names::kebab(parameter.name);
    CliError::usage(format!(
        "invalid value {text:?} for --{option}: {problem}; see `--help`"
    ))
}
