//! Running one operation.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use ari_api::runtime::{AnswerType, Call, Download, Operation};
use clap::ArgMatches;
use serde_json::Value;

use crate::arguments;
use crate::events;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::link;
use crate::output::Output;
use crate::seen::Link;
use crate::settings::Global;
use crate::tree::OUT;

pub(crate) async fn run(
    operation: &'static Operation,
    matches: &ArgMatches,
    global: &Global,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    let call = arguments::call(operation, matches, global.release)?;
    if operation.upgrade.is_some() {
        return events::run(events::Watch::of_call(&call), global, interrupt).await;
    }
    let binary = operation.answer == AnswerType::Binary;
    let out = binary.then(|| matches.get_one::<PathBuf>(OUT)).flatten();
    if binary && out.is_none() && io::stdout().is_terminal() {
        return Err(Failure::usage(
            "the answer is a file, not for a terminal: give --out FILE, or pass it on by a pipe",
        ));
    }
    let link = link::open(global)?;
    let work = async {
        let answer = link.call(&call).await?;
        match out {
            Some(path) if binary => save(answer.body, path).await,
            None if binary => copy(answer.body, &mut io::stdout().lock()).await,
            _ => print(&call, answer.body, &Output::new(global)).await,
        }
    };
    interrupt.or(work).await
}

async fn print(call: &Call, body: Download, output: &Output) -> Result<(), Failure> {
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
    let call = Call::of_arguments(operation, arguments.iter().cloned())?;
    let bytes = link.call(&call).await?.body.bytes().await?;
    Ok(serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

/// Writes a download to a file, which is there in full or not at all.
pub(crate) async fn save(body: Download, path: &Path) -> Result<(), Failure> {
    let problem =
        |error: io::Error| Failure::other(format!("cannot write {}: {error}", path.display()));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = File::create(&part).map_err(problem)?;
    let copied = copy(body, &mut file).await;
    if let Err(failure) = copied {
        // What is left of it is of no use; that it cannot be removed is no further problem.
        let _ = std::fs::remove_file(&part);
        return Err(failure);
    }
    file.sync_all().map_err(problem)?;
    std::fs::rename(&part, path).map_err(problem)
}

async fn copy(mut body: Download, out: &mut impl Write) -> Result<(), Failure> {
    while let Some(piece) = body.next().await {
        out.write_all(&piece?)?;
    }
    Ok(out.flush()?)
}
