//! The command for `ari`.

use ari_api::schema::{Location, Operation, Parameter, ParameterType, ResponseType};
use ari_api::transport::Request;
use clap::{Args as _, Command};
use serde_json::Value;

use super::arguments::{self, Argument, fields, items, members};
use super::given::{FILE, GivenRequest};
use super::{Target, json_text, shell};
use crate::command_tree::{self, OUT, option_name};
use crate::global_options::GlobalOptions;
use crate::names::kebab;

/// Returns the command. It names the server, because the shell may have the settings of another one.
pub(super) fn command(server: &Target, given: &GivenRequest) -> String {
    let operation = given.operation;
    let words =
        arguments::from_request(given).map(|arguments| words(server, operation, &arguments));
    // The parser of the command decides, because it is stricter than the server.
    let is_same = |words: &Vec<String>| {
        !words.iter().any(|word| word.contains('\0'))
            && parse(operation, words).is_some_and(|request| given.equals(&request))
    };
    match words.filter(is_same) {
        Some(words) => shell::join(words.iter().map(String::as_str)),
        None if given.opens_websocket() => {
            "# No option of `ari events` stands for this request.".to_owned()
        }
        None => any_request(server, given),
    }
}

/// Returns the words before those of the operation.
fn start(server: &Target) -> Vec<String> {
    let mut words = vec!["ari".to_owned()];
    words.extend(option("url", &server.url));
    if let Some(file) = &server.ca_file {
        words.extend(option("ca-file", file));
    }
    words
}

/// Returns `ari request`.
fn any_request(server: &Target, given: &GivenRequest) -> String {
    let target = given.path_and_query();
    let method = given.method().as_str();
    let start = start(server);
    let mut words: Vec<&str> = start.iter().map(String::as_str).collect();
    words.extend(["request", method, &target]);
    let body = given.body.as_ref().map(json_text::to_text);
    let body = body.map(|body| option("body", &body));
    words.extend(body.iter().flatten().map(String::as_str));
    shell::join(words)
}

/// Returns the words of the command of an operation.
fn words(server: &Target, operation: &Operation, arguments: &[Argument]) -> Vec<String> {
    let mut words = start(server);
    words.extend([kebab(operation.resource), kebab(operation.nickname)]);
    let is_in_path = |(parameter, _): &&Argument| parameter.location == Location::Path;
    let (in_path, others): (Vec<_>, Vec<_>) = arguments.iter().partition(is_in_path);
    let texts = in_path.iter().filter_map(|(_, value)| value.as_str());
    let texts: Vec<String> = texts.map(str::to_owned).collect();
    let mut options: Vec<String> = others
        .iter()
        .flat_map(|(parameter, value)| options(parameter, value))
        .collect();
    if operation.response == ResponseType::Binary {
        options.extend(option(OUT, FILE));
    }
    // A word with a hyphen is an option, unless it stands behind `--`.
    match texts.iter().any(|text| text.starts_with('-')) {
        false => words.extend(texts.into_iter().chain(options)),
        true => {
            words.extend(options);
            words.push("--".to_owned());
            words.extend(texts);
        }
    }
    words
}

/// Returns the words of an option: one if its value begins with a hyphen.
fn option(name: &str, value: &str) -> Vec<String> {
    match value.starts_with('-') {
        true => vec![format!("--{name}={value}")],
        false => vec![format!("--{name}"), value.to_owned()],
    }
}

/// Returns the options for the value of a parameter.
fn options(parameter: &Parameter, value: &Value) -> Vec<String> {
    let name = option_name(parameter);
    let texts: Vec<String> = match parameter.kind {
        ParameterType::Scalar(_) => match value {
            Value::Bool(true) => return vec![format!("--{name}")],
            Value::Bool(false) => return vec![format!("--{name}=false")],
            value => vec![to_text(value)],
        },
        ParameterType::Split(_) => {
            let values: Vec<String> = items(value).iter().map(to_text).collect();
            vec![values.join(",")]
        }
        ParameterType::List(_) | ParameterType::Joined(_) => {
            items(value).iter().map(to_text).collect()
        }
        ParameterType::Variables | ParameterType::TextMap | ParameterType::JsonMap => {
            let pairs = members(value).map(|(name, value)| pair(parameter.kind, name, value));
            match pairs.collect::<Option<Vec<_>>>() {
                Some(pairs) if !pairs.is_empty() => pairs,
                _ => vec![json_text::to_text(value)],
            }
        }
        ParameterType::Fields => {
            let fields = fields(value).into_iter();
            fields
                .map(|(name, value)| format!("{name}={value}"))
                .collect()
        }
        _ => vec![json_text::to_text(value)],
    };
    texts.iter().flat_map(|text| option(&name, text)).collect()
}

/// Returns `NAME=VALUE`, if the command reads it as this name and this value.
fn pair(kind: ParameterType, name: &str, value: &Value) -> Option<String> {
    let is_readable = |text: &str| !text.contains('\0');
    if name.is_empty() || name.contains('=') || name.trim_start().starts_with('{') {
        return None;
    }
    let text = match (kind, value) {
        (ParameterType::JsonMap, Value::String(text))
            if serde_json::from_str::<Value>(text).is_err() =>
        {
            text.clone()
        }
        (ParameterType::JsonMap, value) => json_text::to_text(value),
        (_, Value::String(text)) => text.clone(),
        _ => return None,
    };
    let pair = format!("{name}={text}");
    is_readable(&pair).then_some(pair)
}

fn to_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Returns the request that the command sends for these words.
pub(super) fn parse(operation: &'static Operation, words: &[String]) -> Option<Request> {
    let command = GlobalOptions::augment_args(Command::new("ari"));
    let command = command.subcommand(command_tree::resource(operation.resource, None));
    let matches = command.try_get_matches_from(words).ok()?;
    let (_, of_resource) = matches.subcommand()?;
    let (name, of_operation) = of_resource.subcommand()?;
    let is_same = name == kebab(operation.nickname);
    is_same.then(|| crate::arguments::request(operation, of_operation, None).ok())?
}
