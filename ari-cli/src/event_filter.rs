//! Options that select events and their format.

use std::str::FromStr;

use ari_api::Event;
use ari_api::schema::Method;
use clap::Args;
use serde_json::Value;

use crate::closest_name::closest_name;
use crate::error::CliError;
use crate::event::{CommandConnection, CommandEvent};
use crate::json_value::find;
use crate::terminal::print_error;
use crate::{api_request, fields};

/// Options that select events and set their format.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Print only events of this type, such as StasisStart; repeatable. A type that is newer than this
    /// command is accepted if the server's /api-docs/events.json has it.
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// Print events of this type, too, without checking its name: for events of your own modules;
    /// repeatable.
    #[arg(long = "unchecked-type", value_name = "TYPE")]
    unchecked: Vec<String>,
    /// Print only the messages, as received. Without it, changes of the connection have lines of
    /// their own, such as Connected and Reconnected, with --json as well.
    #[arg(long, conflicts_with = "fields")]
    pub(crate) raw: bool,
}

/// A condition that a field has a value.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) field: String,
    value: String,
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((field, value)) if !field.is_empty() => Ok(Condition {
                field: field.to_owned(),
                value: value.to_owned(),
            }),
            _ => Err("expected FIELD=VALUE".to_owned()),
        }
    }
}

impl Condition {
    /// Returns `true` if the event has the field with the value. Numbers and the like are compared as
    /// text.
    pub(crate) fn matches(&self, event: &Value) -> bool {
        match find(event, &self.field) {
            Some(Value::String(text)) => *text == self.value,
            Some(other) => {
                let text = other.to_string();
                text == self.value
            }
            None => false,
        }
    }
}

impl Filter {
    /// Returns the filter for events of a type.
    pub(crate) fn for_type(kind: &str) -> Self {
        Filter {
            types: vec![kind.to_owned()],
            ..Filter::default()
        }
    }

    pub(crate) fn matches(&self, event: &CommandEvent) -> bool {
        let mut types = self.types.iter().chain(&self.unchecked);
        matches!(event, CommandEvent::Connection(_))
            || (self.types.is_empty() && self.unchecked.is_empty())
            || types.any(|kind| kind.eq_ignore_ascii_case(event.event_type()))
    }

    /// Rejects fields that none of the events has, if all types of events are known.
    pub(crate) fn check_fields(&self, chosen: &[String]) -> Result<(), CliError> {
        match self.unchecked.is_empty() && self.types.iter().all(|name| is_known(name)) {
            true => fields::check(chosen, &fields::events(&self.types)),
            false => Ok(()),
        }
    }

    /// Rejects types of events that neither the bindings nor the server know.
    pub(crate) async fn check_types(&self, connection: &CommandConnection) -> Result<(), CliError> {
        let unknown: Vec<_> = self.types.iter().filter(|name| !is_known(name)).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let (named, problem) = match fetch_event_types(connection).await {
            Ok(named) => (named, String::new()),
            Err(problem) => (Vec::new(), format!(" (which cannot be read: {problem})")),
        };
        for name in unknown {
            if !named.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                let known = Event::KINDS.iter().map(|kind| (*kind).to_owned());
                let near = match closest_name(name, known.chain(named.iter().cloned())) {
                    Some(near) => format!("; did you mean {near}?"),
                    None => ";".to_owned(),
                };
                return Err(CliError::usage(format!(
                    "invalid value {name:?} for --type: unknown to this command and to the server's \
                     /api-docs/events.json{problem}{near} --unchecked-type accepts any name"
                )));
            }
            print_error(format!(
                "the event type {name:?} is newer than this command, but known to the server"
            ));
        }
        Ok(())
    }
}

fn is_known(name: &str) -> bool {
    Event::KINDS
        .iter()
        .any(|kind| kind.eq_ignore_ascii_case(name))
}

/// Fetches the event types of the server's specs. The error is the reason why they cannot be read.
async fn fetch_event_types(connection: &CommandConnection) -> Result<Vec<String>, String> {
    let request = api_request::any_request(Method::Get, "/api-docs/events.json".to_owned(), None);
    let asked = async {
        let response = connection.execute(&request?).await?;
        response.body.bytes().await
    };
    let bytes = asked.await.map_err(|error| error.to_string())?;
    let docs: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    let models = docs["models"].as_object();
    Ok(models
        .into_iter()
        .flat_map(|models| models.keys().cloned())
        .collect())
}
