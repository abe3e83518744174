//! Events on the standard output, one per line, for people or for programs.

use std::io::{self, IsTerminal as _, Write as _};

use ari_api::operations;
use serde_json::{Value, json};

use crate::api_request;
use crate::error::CliError;
use crate::event::{CommandConnection, CommandEvent};
use crate::event_line::{LineFormatter, describe_connection_event, server_time};
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::terminal::{print_error, stdout};
use crate::text::escape_control;

/// A printer of events in the chosen format.
pub(crate) struct Printer {
    output: Output,
    raw: bool,
    pub(crate) lines: LineFormatter,
}

impl Printer {
    pub(crate) fn new(global: &GlobalOptions, raw: bool) -> Self {
        Printer {
            output: Output::new(global),
            raw,
            lines: LineFormatter::default(),
        }
    }

    /// Fetches the server's time zone if the format needs it.
    pub(crate) async fn fetch_time_zone(
        &mut self,
        connection: &CommandConnection,
    ) -> Result<(), CliError> {
        if !self.raw && !self.output.json {
            let only = [("only", json!(["status"]))];
            let info =
                api_request::execute(connection, &operations::asterisk::GET_INFO, &only).await?;
            self.lines.set_time_zone(server_time(&info));
        }
        Ok(())
    }

    /// Prints an event.
    pub(crate) fn print(&mut self, event: &CommandEvent) -> Result<(), CliError> {
        let mut out = stdout();
        match event {
            CommandEvent::Event { raw, .. } if self.raw => writeln!(out, "{raw}")?,
            CommandEvent::Connection(event) if self.raw => {
                print_error(match describe_connection_event(event) {
                    what if what.is_empty() => event.name().to_owned(),
                    what => format!("{}: {what}", event.name()),
                });
            }
            CommandEvent::Event { kind, raw, .. } => match event.parsed() {
                Err(error) => return unparsed(&format!("event {kind}"), raw, &error),
                Ok(value) if self.output.capture(&value) => {}
                Ok(value) if self.output.json => return self.output.print_line(&value),
                Ok(value) if self.output.has_fields() => {
                    writeln!(out, "{}", self.output.texts(&value).join("  "))?;
                }
                Ok(value) => writeln!(out, "{}", self.lines.format(event, &value))?,
            },
            CommandEvent::Connection(_) if self.output.json => {
                return self.output.print_line(&event.json());
            }
            CommandEvent::Connection(_) => {
                writeln!(out, "{}", self.lines.format(event, &Value::Null))?
            }
        }
        Ok(out.flush()?)
    }
}

/// Prints a message that cannot be parsed as it was received, and reports the error. Line breaks
/// become spaces, so that the message is one line. Control characters are only escaped in a terminal.
pub(crate) fn unparsed(
    subject: &str,
    raw: &str,
    error: &dyn std::error::Error,
) -> Result<(), CliError> {
    let line = raw
        .trim_end()
        .replace("\r\n", " ")
        .replace(['\n', '\r'], " ");
    let mut out = io::stdout().lock();
    match out.is_terminal() {
        true => writeln!(out, "{}", escape_control(&line))?,
        false => writeln!(out, "{line}")?,
    }
    out.flush()?;
    print_error(format!(
        "cannot parse {subject}, printed as received: {error}"
    ));
    Ok(())
}
