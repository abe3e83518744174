//! Execution of an operation: `ari RESOURCE OPERATION`.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use ari_api::schema::{Operation, ResponseType};
use ari_api::transport::{Request, ResponseBody};
use clap::ArgMatches;
use serde_json::Value;

use crate::atomic_file::{AtomicFile, copy};
use crate::command_tree::{OUT, OVERWRITE, TAKE_OVER};
use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::signals::Signals;
use crate::{arguments, connect, events};

pub(crate) async fn run(
    operation: &'static Operation,
    matches: &ArgMatches,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let request = arguments::request(operation, matches, global.release)?;
    if operation.websocket_protocol.is_some() {
        let events = events::Events::from_request(&request, matches.get_flag(TAKE_OVER));
        return events::run(events, global, signals).await;
    }
    let binary = operation.response == ResponseType::Binary;
    let out = binary.then(|| matches.get_one::<PathBuf>(OUT)).flatten();
    if binary && out.is_none() && io::stdout().is_terminal() {
        return Err(CliError::usage(
            "the response is a file, which is not printed to a terminal: give --out FILE, or use a pipe",
        ));
    }
    let output = match operation.response {
        ResponseType::Json(kind) => Output::for_type(global, kind)?,
        _ => Output::new(global),
    };
    let connection = connect::open(global)?;
    let work = async {
        let response = connection.execute(&request).await?;
        match out {
            Some(path) if binary => {
                AtomicFile::create(path, matches.get_flag(OVERWRITE))?
                    .receive(response.body)
                    .await
            }
            None if binary => copy(response.body, &mut io::stdout().lock()).await,
            _ => print(&request, response.body, &output).await,
        }
    };
    signals.run_until_signal(work).await
}

async fn print(request: &Request, body: ResponseBody, output: &Output) -> Result<(), CliError> {
    let bytes = body.bytes().await?;
    if bytes.is_empty() {
        return match output.json {
            true => output.print(&Value::Null),
            false => Ok(()),
        };
    }
    let value = serde_json::from_slice(&bytes).map_err(|error| {
        CliError::other(format!(
            "{}: the response is not JSON: {error}; check that the URL is that of Asterisk's /ari",
            request.operation()
        ))
    })?;
    output.print(&value)
}
