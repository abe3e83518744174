//! The subcommands of `ari mock`, which control a running fake over its control API.

use ari_api::schema::Method;
use ari_mock::control::{ACTIONS, Action, Field, FieldKind, PATH, QUERIES};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Map, Value};

use super::setup::DEFAULT_CREDENTIALS;
use crate::connection_options::{ConnectionOptions, with_path};
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
    let queries = QUERIES
        .iter()
        .map(|query| Command::new(query.name).about(plain(query.description)));
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
        FieldKind::Seconds => arg.value_parser(value_parser!(f64)),
        _ => arg,
    }
}

/// Returns the fields of an action.
fn body(action: &Action, matches: &ArgMatches) -> Value {
    let mut fields = Map::new();
    for field in action.fields {
        let name = field.name;
        let value = match field.kind {
            FieldKind::Texts => {
                let items = matches.get_many::<String>(name);
                items.map(|items| items.cloned().collect::<Vec<_>>().into())
            }
            FieldKind::Integer(..) => matches.get_one::<i64>(name).map(|value| (*value).into()),
            FieldKind::Seconds => matches.get_one::<f64>(name).map(|value| (*value).into()),
            _ => matches
                .get_one::<String>(name)
                .map(|value| value.clone().into()),
        };
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    }
    Value::Object(fields)
}

/// Runs a subcommand.
pub(crate) async fn run(
    name: &str,
    matches: &ArgMatches,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let action = ACTIONS.iter().find(|action| action.name == name);
    let (method, body) = match action {
        Some(action) => (Method::Post, Some(body(action, matches))),
        None => (Method::Get, None),
    };
    let mut settings = ConnectionOptions::find_with_default(global, DEFAULT_CREDENTIALS)?;
    settings.url = with_path(&settings.url, PATH);
    let request = api_request::any_request(method, format!("/{name}"), body)?;
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
