//! Tests of the commands of all operations: required arguments, invalid values, and requests.

use ari_api::OPERATIONS;
use ari_api::schema::{Location, Operation, Parameter, ParameterType, Scalar};

use super::support::{answer, ari, run, server};

/// Returns the option of a parameter by its name in the specs.
fn option(parameter: &Parameter) -> String {
    match parameter.kind {
        ParameterType::Fields => "--field".to_owned(),
        _ => format!("--{}", parameter.name),
    }
}

/// Returns the type of single values.
fn scalar(kind: ParameterType) -> Option<Scalar> {
    match kind {
        ParameterType::Scalar(kind)
        | ParameterType::List(kind)
        | ParameterType::Joined(kind)
        | ParameterType::Split(kind) => Some(kind),
        _ => None,
    }
}

fn is_number(parameter: &Parameter) -> bool {
    matches!(scalar(parameter.kind), Some(Scalar::Int | Scalar::Long))
}

/// Returns a valid value of a parameter.
fn value(parameter: &Parameter) -> String {
    if let Some(allowed) = parameter.values.first() {
        return allowed.value.to_owned();
    }
    match scalar(parameter.kind) {
        Some(Scalar::Int | Scalar::Long) => parameter.min.unwrap_or(1).to_string(),
        Some(Scalar::Double) => "1.5".to_owned(),
        Some(Scalar::Boolean) => "true".to_owned(),
        Some(_) => "x".to_owned(),
        None => match parameter.kind {
            ParameterType::Variables
            | ParameterType::TextMap
            | ParameterType::JsonMap
            | ParameterType::Fields => "a=b".to_owned(),
            _ => "{}".to_owned(),
        },
    }
}

/// Returns the variables of the path, in its order.
fn in_path(operation: &Operation) -> Vec<&'static Parameter> {
    let variables = operation.path.split('/').filter_map(|segment| {
        let name = segment.strip_prefix('{')?.strip_suffix('}')?;
        operation.parameter(name)
    });
    variables.collect()
}

/// Returns the required arguments of an operation, without one parameter.
fn needed(operation: &Operation, without: Option<&Parameter>) -> Vec<String> {
    let mut arguments = vec![operation.resource.to_owned(), operation.nickname.to_owned()];
    arguments.extend(in_path(operation).iter().map(|_| "x".to_owned()));
    let options = operation.parameters.iter().filter(|parameter| {
        parameter.required
            && parameter.location != Location::Path
            && without.is_none_or(|without| without.name != parameter.name)
    });
    for parameter in options {
        arguments.push(format!("{}={}", option(parameter), value(parameter)));
    }
    arguments
}

fn texts(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

/// Normalizes a name for a comparison.
fn bare(text: &str) -> String {
    text.replace(['-', '_'], "").to_lowercase()
}

#[track_caller]
fn refused(operation: &Operation, arguments: &[String], words: &[&str]) {
    let (code, out, err) = run(ari(&texts(arguments)));
    assert_eq!(
        (code, out.as_str()),
        (2, ""),
        "{operation} {arguments:?}: {err}"
    );
    assert_eq!(err.lines().count(), 1, "{err}");
    for word in words {
        let told = bare(&err).contains(&bare(word));
        assert!(told, "{operation} {arguments:?}: {word:?} is not in {err}");
    }
}

#[test]
fn missing_required_arguments_are_reported() {
    let mut checked = 0;
    for operation in OPERATIONS {
        if operation.websocket_protocol.is_some() {
            continue;
        }
        let path = in_path(operation);
        if !path.is_empty() {
            let names: Vec<&str> = path.iter().map(|parameter| parameter.name).collect();
            let mut arguments = needed(operation, None);
            arguments.drain(2..2 + path.len());
            refused(operation, &arguments, &names);
            checked += path.len();
        }
        for parameter in operation.parameters {
            if parameter.required && parameter.location != Location::Path {
                refused(
                    operation,
                    &needed(operation, Some(parameter)),
                    &[parameter.name],
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn invalid_values_are_rejected() {
    let (mut enums, mut numbers) = (0, 0);
    for operation in OPERATIONS {
        let options = operation.parameters.iter();
        for parameter in options.filter(|parameter| parameter.location != Location::Path) {
            let with = |value: &str| {
                let mut arguments = needed(operation, Some(parameter));
                arguments.push(format!("{}={value}", option(parameter)));
                arguments
            };
            if !parameter.values.is_empty() {
                let mut words = vec!["no-such-value"];
                words.extend(parameter.values.iter().map(|value| value.value));
                refused(operation, &with("no-such-value"), &words);
                enums += 1;
            }
            if is_number(parameter) {
                refused(operation, &with("soon"), &["soon", "a whole number"]);
                let beyond = [
                    parameter.min.map(|min| min - 1),
                    parameter.max.map(|max| max + 1),
                ];
                for beyond in beyond.into_iter().flatten() {
                    refused(operation, &with(&beyond.to_string()), &[parameter.name]);
                }
                numbers += 1;
            }
        }
    }
    assert!(enums > 10 && numbers > 20, "{enums} {numbers}");
}

/// With all its parameters, each operation is sent as in the table.
#[test]
fn every_operation_is_sent() {
    let (url, requests) = server(Some(&answer("200 OK", "24.99.0", "{}")));
    for operation in OPERATIONS {
        if operation.websocket_protocol.is_some() {
            continue;
        }
        let mut arguments = needed(operation, None);
        let optional = operation.parameters.iter();
        for parameter in optional.filter(|parameter| !parameter.required) {
            if parameter.location != Location::Path {
                arguments.push(format!("{}={}", option(parameter), value(parameter)));
            }
        }
        arguments.push(format!("--url={url}"));
        let (code, _, err) = run(ari(&texts(&arguments)));
        assert_eq!((code, err.as_str()), (0, ""), "{operation} {arguments:?}");
        // A server of a release that would take it for another operation is asked for its release
        // first.
        let is_asked = |request: &String| {
            operation.path != "/asterisk/info" && request.starts_with("GET /ari/asterisk/info")
        };
        let mut sent = requests.iter().skip_while(is_asked);
        let request = sent.next().expect("a request");
        let (method, rest) = request.split_once(' ').expect("a method");
        let target = rest.split([' ', '?']).next().unwrap_or_default();
        assert_eq!(method, operation.method.as_str(), "{operation}");
        let shape = |segment: &str| match segment.starts_with('{') {
            true => "x".to_owned(),
            false => segment.to_owned(),
        };
        let path: Vec<_> = operation.path.split('/').map(shape).collect();
        let expected = match operation.path {
            // One with variables is sent to the sibling, which does not leak a bridge.
            "/bridges" if operation.method.as_str() == "POST" => "/ari/bridges/x".to_owned(),
            _ => format!("/ari{}", path.join("/")),
        };
        assert_eq!(target, expected, "{operation}: {request}");
        // Every value has arrived, by its name or in the path.
        for parameter in operation.parameters {
            let filter = matches!(
                parameter.kind,
                ParameterType::EventFilter | ParameterType::Json | ParameterType::Model(_)
            );
            let named = request.contains(parameter.name);
            let in_path = parameter.location == Location::Path || parameter.name == "bridgeId";
            assert!(
                named || filter || in_path,
                "{operation} {}: {request}",
                parameter.name
            );
        }
    }
}
