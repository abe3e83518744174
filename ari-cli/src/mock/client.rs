//! The subcommands of `ari mock`, which control a running fake over its control API.

use std::time::Duration;

use ari_api::schema::Method;
use ari_mock::control::{ACTIONS, Field, FieldKind, PATH, QUERIES};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::setup::DEFAULT_CREDENTIALS;
use crate::connection_options::{ConnectionOptions, beside_ari};
use crate::error::{CliError, ErrorKind};
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::registration::TakeOver;
use crate::signals::Signals;
use crate::{api_request, connect};

/// Returns the subcommands.
pub(super) fn commands() -> impl Iterator<Item = Command> {
    let actions = ACTIONS.iter().map(|action| {
        let command = Command::new(action.name).about(plain(action.description));
        command.args(action.fields.iter().map(argument))
    });
    let queries = QUERIES.iter().map(|query| {
        let command = Command::new(query.name).about(plain(query.description));
        command.args(query.parameters.iter().map(argument))
    });
    actions.chain(queries)
}

/// Returns Markdown as plain text.
fn plain(text: &str) -> String {
    text.trim_end_matches('.').replace('`', "")
}

/// Returns the argument of a field: required fields have no name.
fn argument(field: &'static Field) -> Arg {
    let arg = Arg::new(field.name)
        .help(plain(field.description))
        .required(field.required)
        .value_name(field.name.to_uppercase());
    let arg = match field.required {
        true => arg,
        false => arg.long(field.name),
    };
    match field.kind {
        FieldKind::Texts => arg
            .action(ArgAction::Append)
            .help(format!("{}; repeat it for more", plain(field.description))),
        FieldKind::Integer(min, max) => arg.value_parser(value_parser!(i64).range(min..=max)),
        FieldKind::Seconds | FieldKind::SecondsUpTo(_) => arg.value_parser(value_parser!(f64)),
        FieldKind::Boolean => arg.action(ArgAction::SetTrue),
        _ => arg,
    }
}

/// Returns the given fields of an action or of a query.
fn given(fields: &[Field], matches: &ArgMatches) -> Map<String, Value> {
    let mut given = Map::new();
    for field in fields {
        let name = field.name;
        let value = match field.kind {
            FieldKind::Texts => {
                let items = matches.get_many::<String>(name);
                items.map(|items| items.cloned().collect::<Vec<_>>().into())
            }
            FieldKind::Integer(..) => matches.get_one::<i64>(name).map(|value| (*value).into()),
            FieldKind::Seconds | FieldKind::SecondsUpTo(_) => {
                matches.get_one::<f64>(name).map(|value| (*value).into())
            }
            FieldKind::Boolean => matches.get_flag(name).then_some(Value::Bool(true)),
            _ => matches
                .get_one::<String>(name)
                .map(|value| value.clone().into()),
        };
        if let Some(value) = value {
            given.insert(name.to_owned(), value);
        }
    }
    given
}

/// Returns the query string of parameters, with its question mark, or nothing.
fn query_string(parameters: &Map<String, Value>) -> String {
    let pairs = parameters.iter().map(|(name, value)| {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        format!("{name}={}", utf8_percent_encode(&text, NON_ALPHANUMERIC))
    });
    let pairs: Vec<_> = pairs.collect();
    match pairs.is_empty() {
        true => String::new(),
        false => format!("?{}", pairs.join("&")),
    }
}

/// Runs a subcommand.
pub(crate) async fn run(
    name: &str,
    matches: &ArgMatches,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let action = ACTIONS.iter().find(|action| action.name == name);
    let query = QUERIES.iter().find(|query| query.name == name);
    let parameters = given(query.map_or(&[], |query| query.parameters), matches);
    let (method, body) = match action {
        Some(action) => (Method::Post, Some(given(action.fields, matches).into())),
        None => (Method::Get, None),
    };
    let mut settings = ConnectionOptions::find_with_default(global, DEFAULT_CREDENTIALS)?;
    settings.url = beside_ari(&settings.url, PATH);
    let path = format!("/{name}{}", query_string(&parameters));
    let request = api_request::any_request(method, path, body)?;
    // The fake responds after the time to wait at the latest.
    let wait = parameters.get("wait").and_then(Value::as_f64);
    let wait = wait.and_then(|wait| Duration::try_from_secs_f64(wait).ok());
    let timeout = global
        .request_timeout()
        .saturating_add(wait.unwrap_or_default());
    let request = request.with_timeout(timeout);
    let connection = connect::build(&settings, global, TakeOver::Refused)?;
    let work = async {
        let response = connection.execute(&request).await;
        let response = response.map_err(|error| explain(error, &settings.url))?;
        let bytes = response.body.bytes().await?;
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(value) => Output::new(global).print(&value),
            // There is no response to most actions.
            Err(_) => Ok(()),
        }
    };
    signals.run_until_signal(work).await
}

/// Returns the message of the fake alone, because the user knows no paths of its API.
fn explain(error: ari_api::Error, url: &str) -> CliError {
    let ari_api::Error::Response(response) = &error else {
        return error.into();
    };
    let body = serde_json::from_slice::<Value>(response.body.as_ref());
    match body.ok().as_ref().and_then(|body| body["message"].as_str()) {
        Some(message) if response.status == 504 => {
            CliError::new(ErrorKind::ProblemsFound, message.to_owned())
        }
        Some(message) if response.status != 401 => {
            CliError::new(ErrorKind::Response, message.to_owned())
        }
        Some(_) => error.into(),
        None => CliError::new(
            ErrorKind::Response,
            format!(
                "{url} does not exist: the server is no `ari mock` with a control API (see \
                 --no-control and --listen in `ari mock --help`)"
            ),
        ),
    }
}
