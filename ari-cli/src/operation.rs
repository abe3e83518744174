//! Running one operation.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use ari_api::runtime::{Operation, Request, ResponseBody, ResponseType, decode_empty, decode_json};
use clap::ArgMatches;
use serde_json::Value;

use crate::arguments;
use crate::events;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::link;
use crate::out_file::{OutFile, copy};
use crate::output::Output;
use crate::seen::Link;
use crate::settings::Global;
use crate::tree::{OUT, OVERWRITE, TAKE_OVER};

pub(crate) async fn run(
    operation: &'static Operation,
    matches: &ArgMatches,
    global: &Global,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    let call = arguments::call(operation, matches, global.release)?;
    if operation.websocket_protocol.is_some() {
        let events = events::Events::of_call(&call, matches.get_flag(TAKE_OVER));
        return events::run(events, global, interrupt).await;
    }
    let binary = operation.response == ResponseType::Binary;
    let out = binary.then(|| matches.get_one::<PathBuf>(OUT)).flatten();
    if binary && out.is_none() && io::stdout().is_terminal() {
        return Err(Failure::usage(
            "the answer is a file, not for a terminal: give --out FILE, or pass it on by a pipe",
        ));
    }
    let output = match operation.response {
        ResponseType::Json(kind) => Output::of(global, kind)?,
        _ => Output::new(global),
    };
    let link = link::open(global)?;
    let work = async {
        let answer = link.execute(&call).await?;
        match out {
            Some(path) if binary => {
                OutFile::create(path, matches.get_flag(OVERWRITE))?
                    .receive(answer.body)
                    .await
            }
            None if binary => copy(answer.body, &mut io::stdout().lock()).await,
            _ => print(&call, answer.body, &output).await,
        }
    };
    interrupt.or(work).await
}

async fn print(call: &Request, body: ResponseBody, output: &Output) -> Result<(), Failure> {
    let bytes = body.bytes().await?;
    if bytes.is_empty() {
        return match output.json {
            true => output.print(&Value::Null),
            false => Ok(()),
        };
    }
    let value = serde_json::from_slice(&bytes).map_err(|error| {
        Failure::other(format!(
            "{}: the answer is no JSON: {error}; is this Asterisk's /ari?",
            call.operation()
        ))
    })?;
    output.print(&value)
}

/// An answer as JSON, for commands that look into it.
pub(crate) async fn value(
    link: &Link,
    operation: &'static Operation,
    arguments: &[(&str, Value)],
) -> Result<Value, ari_api::Error> {
    let call = Request::from_arguments(operation, arguments.iter().cloned())?;
    let answer = link.execute(&call).await?;
    match operation.response {
        ResponseType::Empty => decode_empty(operation, answer).map(|()| Value::Null),
        _ => decode_json(operation, answer),
    }
}
