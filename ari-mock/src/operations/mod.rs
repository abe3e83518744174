//! What the operations do: parameters in, changes to the model, an answer out.
//!
//! The order of the checks, the codes and the messages are those of real servers.

mod applications;
mod asterisk;
mod bridges;
mod channels;
mod configuration;
mod endpoints;
mod events;
mod originate;
mod others;
mod programs;
mod recordings;
mod snoop;
mod statistics;
mod treatment;

use ari_api::runtime::Operation;
use serde_json::Value;

use crate::pbx::World;
use crate::server::{Answer, Params, Reply};

/// Does what was asked for.
pub(crate) fn run(world: &mut World, operation: &'static Operation, params: &Params) -> Reply {
    let name = operation.nickname;
    let reply = match operation.resource {
        "applications" => applications::run(world, name, params),
        "asterisk" => asterisk::run(world, name, params),
        "bridges" => bridges::run(world, name, params),
        "channels" => channels::run(world, operation, params),
        "deviceStates" | "mailboxes" | "sounds" => others::run(world, operation, params),
        "endpoints" => endpoints::run(world, name, params),
        "events" => events::run(world, name, params),
        "playbacks" | "recordings" => recordings::run(world, operation, params),
        _ => None,
    };
    reply.unwrap_or_else(|| Answer::missing(&operation.to_string()).into())
}

/// What is answered to a body that has no object of variables.
fn no_variables(params: &Params) -> Answer {
    let message = match params.json() {
        None => "The 'variables' field is required",
        Some(_) => "The 'variables' field must be a JSON object",
    };
    Answer::refused(400, message)
}

/// Variables in a body: names, values, and whether events carry them.
pub(crate) fn variables(
    world: &World,
    values: &serde_json::Map<String, Value>,
) -> Result<Vec<(String, String, bool)>, Answer> {
    let newer = world.reports_variables();
    let refused = |message: &str| Answer::refused(400, message);
    values
        .iter()
        .map(|(name, value)| match value {
            Value::String(text) => Ok((name.clone(), text.clone(), false)),
            Value::Object(object) if newer => {
                let Some(Value::String(text)) = object.get("value") else {
                    return Err(refused(
                        "Each object value in 'variables' must include string field 'value'",
                    ));
                };
                let report = object.get("report_events").and_then(Value::as_bool);
                Ok((name.clone(), text.clone(), report.unwrap_or(false)))
            }
            _ if newer => Err(refused(
                "Each value in 'variables' must be a string or an object with 'value' and \
                 optional 'report_events'",
            )),
            _ => Err(refused(
                "Only string values in the 'variables' object allowed",
            )),
        })
        .collect()
}
