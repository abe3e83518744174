//! `ari exec`: runs the commands of a file.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use serde_json::Value;

use crate::connection_options::find_config;
use crate::error::{CliError, ErrorKind};
use crate::event::{ApplicationSocketRequest, CommandConnection};
use crate::events::refuse_registered;
use crate::exec_session::{ExecSession, HeldApplication};
use crate::global_options::GlobalOptions;
use crate::registration::TakeOver;
use crate::script::{self, Line};
use crate::signals::Signals;
use crate::terminal::print_error;
use crate::{connect, error_message};

/// Run commands from a file, one per line, over shared connections.
///
/// Words are quoted as in a shell, and # begins a comment. The first failure ends the run with the
/// exit code of that command, and the message names the line. `NAME = COMMAND` stores the result of a
/// command, and ${NAME.FIELD} is its value in later lines, within one word:{n}
/// {n}  hall = bridges create
/// {n}  call = channels originate --endpoint PJSIP/alice --app hello
/// {n}  wait event StasisStart --where channel.id=${call.id} --timeout 30
/// {n}  bridges add-channel ${hall.id} --channel ${call.id}
/// {n}  channels hangup ${call.id}
#[derive(Args, Clone, Debug)]
pub(crate) struct Exec {
    /// File of commands, or - for the standard input.
    file: PathBuf,
    /// Connect as this application, which must not be registered, while the commands run. Calls can
    /// be sent to it, and `wait event` finds all of its events since the beginning.
    #[arg(long, value_name = "APP")]
    app: Option<String>,
    /// Continue after a failure. The exit code is that of the first failure.
    #[arg(long)]
    keep_going: bool,
}

/// The function that runs one command.
pub(crate) type RunCommand =
    for<'a> fn(Vec<String>, &'a GlobalOptions, &'a mut Signals) -> BoxCommand<'a>;

/// A command that runs.
pub(crate) type BoxCommand<'a> = std::pin::Pin<Box<dyn Future<Output = Result<(), CliError>> + 'a>>;

pub(crate) async fn run(
    exec: &Exec,
    global: &GlobalOptions,
    signals: &mut Signals,
    run_command: RunCommand,
) -> Result<(), CliError> {
    if exec.file == Path::new("-") && global.password_file.as_deref() == Some(Path::new("-")) {
        return Err(CliError::usage(
            "the standard input cannot be both the commands and the password: give a file for one \
             of them",
        ));
    }
    let lines = read(&exec.file)?;
    let session = Arc::new(ExecSession::new(find_config(global)?));
    let global = GlobalOptions {
        session: Some(session.clone()),
        ..global.clone()
    };
    let held = match &exec.app {
        Some(name) => Some(
            signals
                .run_until_signal(hold(name, &session, &global))
                .await?,
        ),
        None => None,
    };
    let result = run_lines(exec, &lines, &session, &global, signals, run_command).await;
    if let Some(connection) = held {
        signals
            .run_cleanup(connection.close(Duration::from_secs(1)))
            .await;
    }
    result
}

/// Reads and parses the file.
fn read(file: &Path) -> Result<Vec<Line>, CliError> {
    let text = match file == Path::new("-") {
        true => {
            let mut text = String::new();
            let read = std::io::stdin().read_to_string(&mut text);
            read.map(|_| text)
        }
        false => std::fs::read_to_string(file),
    };
    let text =
        text.map_err(|error| CliError::usage(format!("cannot read {}: {error}", file.display())))?;
    script::parse(&text).map_err(|(number, error)| {
        CliError::usage(format!(
            "{}; nothing was sent",
            at_line(file, number, &error.text)
        ))
    })
}

/// Connects as the application that the lines share.
async fn hold(
    name: &str,
    session: &ExecSession,
    global: &GlobalOptions,
) -> Result<CommandConnection, CliError> {
    let connection = connect::open_as(global, TakeOver::Refused)?;
    refuse_registered(&connection, name).await?;
    let request = ApplicationSocketRequest::new(&[name.to_owned()], false);
    let stream = connection.connect(&request).await?;
    // It is empty, because the session is new.
    let _ = session.application.set(HeldApplication::new(name, stream));
    Ok(connection)
}

async fn run_lines(
    exec: &Exec,
    lines: &[Line],
    session: &Arc<ExecSession>,
    global: &GlobalOptions,
    signals: &mut Signals,
    run_command: RunCommand,
) -> Result<(), CliError> {
    let mut variables: BTreeMap<String, Value> = BTreeMap::new();
    let mut first_failure = None;
    for line in lines {
        let global = GlobalOptions {
            captures: line.variable.is_some(),
            ..global.clone()
        };
        let result = match line.words(&variables) {
            Ok(words) => run_command(words, &global, signals).await,
            Err(error) => Err(error),
        };
        let captured = session.take_result();
        let error = match (result, &line.variable) {
            (Ok(()), Some(name)) => {
                variables.insert(name.clone(), captured.unwrap_or_default());
                continue;
            }
            (Ok(()), None) => continue,
            (Err(error), _) => error,
        };
        let kind = error.kind;
        let text = match error_message::describe(&error, &global) {
            text if text.is_empty() => text,
            text => at_line(&exec.file, line.number, &text),
        };
        let ends = matches!(kind, ErrorKind::Interrupted(_) | ErrorKind::OutputClosed);
        if ends || !exec.keep_going {
            return Err(CliError::new(kind, text));
        }
        print_error(text);
        first_failure.get_or_insert(kind);
    }
    match first_failure {
        Some(kind) => Err(CliError::new(kind, "")),
        None => Ok(()),
    }
}

fn at_line(file: &Path, number: usize, text: &str) -> String {
    let name = match file == Path::new("-") {
        true => "standard input".to_owned(),
        false => file.display().to_string(),
    };
    format!("{name}, line {number}: {text}")
}
