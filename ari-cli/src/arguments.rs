//! Conversion of command-line arguments to the arguments of a request.

use ari_api::schema::{Operation, Parameter, ParameterType, Scalar};
use ari_api::transport::Request;
use clap::ArgMatches;
use serde_json::{Map, Value};

use crate::error::{CliError, ErrorKind};
use crate::release::Release;
use crate::{command_tree, names};

/// The call of an operation.
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

/// A call with these arguments, unless the chosen release lacks something of it.
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
                "{operation}: Asterisk {release} lacks {what}; it takes {takes}; nothing was sent: give \
                 another --release, or none"
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
        // None of its values can hold a comma.
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

/// `NAME=VALUE`, or an object with several.
fn add(map: &mut Map<String, Value>, parameter: &Parameter, text: &str) -> Result<(), CliError> {
    if text.trim_start().starts_with('{') {
        let Value::Object(members) = json(parameter, text)? else {
            return Err(malformed(parameter, text, "is no JSON object"));
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

/// The members of an object that stands in its key, as it does on the wire and in the
/// documentation.
fn unwrapped(parameter: &Parameter, mut members: Map<String, Value>) -> Map<String, Value> {
    let alone = members.len() == 1;
    match members.get_mut(parameter.name) {
        // A variable that has this very name is an object of this form.
        Some(Value::Object(inner)) if alone && !inner.contains_key("value") => {
            std::mem::take(inner)
        }
        _ => members,
    }
}

/// Names of functions hold no equals sign: `CALLERID(name)=Alice`.
fn pair<'a>(parameter: &Parameter, text: &'a str) -> Result<(&'a str, &'a str), CliError> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name, value)),
        _ => Err(malformed(parameter, text, "is not of the form NAME=VALUE")),
    }
}

fn json(parameter: &Parameter, text: &str) -> Result<Value, CliError> {
    serde_json::from_str(text)
        .map_err(|error| malformed(parameter, text, &format!("is no JSON: {error}")))
}

fn malformed(parameter: &Parameter, text: &str, problem: &str) -> CliError {
    let option = names::kebab(parameter.name);
    CliError::usage(format!(
        "--{option} {text:?} {problem}; `--help` tells what it takes"
    ))
}
