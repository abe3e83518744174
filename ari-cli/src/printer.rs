//! Events on the standard output: a line each, for people or for programs.

use std::io::{self, IsTerminal as _, Write as _};

use ari_api::operations;
use serde_json::{Value, json};

use crate::failure::{Failure, complain};
use crate::line::{Lines, told, told_time};
use crate::operation;
use crate::output::{Output, stdout};
use crate::seen::{Link, Seen};
use crate::settings::Global;
use crate::table::harmless;

/// Prints events, in one of several ways.
pub(crate) struct Printer {
    output: Output,
    raw: bool,
    pub(crate) lines: Lines,
}

impl Printer {
    pub(crate) fn new(global: &Global, raw: bool) -> Self {
        Printer {
            output: Output::new(global),
            raw,
            lines: Lines::default(),
        }
    }

    /// Learns the server's time zone, where lines need it.
    pub(crate) async fn learn(&mut self, link: &Link) -> Result<(), Failure> {
        if !self.raw && !self.output.json {
            let only = [("only", json!(["status"]))];
            let info = operation::value(link, &operations::asterisk::GET_INFO, &only).await?;
            self.lines.learn(told_time(&info));
        }
        Ok(())
    }

    /// Prints an event.
    pub(crate) fn show(&mut self, seen: &Seen) -> Result<(), Failure> {
        let mut out = stdout();
        match seen {
            Seen::Event { raw, .. } if self.raw => writeln!(out, "{raw}")?,
            Seen::Connection(event) if self.raw => {
                complain(match told(event) {
                    what if what.is_empty() => event.name().to_owned(),
                    what => format!("{}: {what}", event.name()),
                });
            }
            Seen::Event { kind, raw, .. } => match seen.parsed() {
                Err(error) => return unparsed(&format!("event {kind}"), raw, &error),
                Ok(value) if self.output.json => return self.output.print_line(&value),
                Ok(value) if self.output.chooses() => {
                    writeln!(out, "{}", self.output.texts(&value).join("  "))?;
                }
                Ok(value) => writeln!(out, "{}", self.lines.line(seen, &value))?,
            },
            Seen::Connection(_) if self.output.json => {
                return self.output.print_line(&seen.json());
            }
            Seen::Connection(_) => writeln!(out, "{}", self.lines.line(seen, &Value::Null))?,
        }
        Ok(out.flush()?)
    }
}

/// Prints a message that is not the JSON that it should be as it arrived, and complains of it. Its
/// line breaks become spaces, as each message has a line. Only in a terminal are characters that
/// would steer it escaped.
pub(crate) fn unparsed(
    subject: &str,
    raw: &str,
    error: &dyn std::error::Error,
) -> Result<(), Failure> {
    let line = raw
        .trim_end()
        .replace("\r\n", " ")
        .replace(['\n', '\r'], " ");
    let mut out = io::stdout().lock();
    match out.is_terminal() {
        true => writeln!(out, "{}", harmless(&line))?,
        false => writeln!(out, "{line}")?,
    }
    out.flush()?;
    complain(format!(
        "{subject} cannot be read, and is printed as it arrived: {error}"
    ));
    Ok(())
}
