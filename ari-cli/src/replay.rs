//! `ari mock --replay`: a recording that is played to a program.

use std::io::Write as _;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use ari_mock::{Difference, Remaining, Replay, Speed};
use serde_json::json;

use crate::error::{CliError, ErrorKind};
use crate::output::Output;
use crate::signals::Signals;
use crate::terminal::stdout;
use crate::text::escape_control;

/// The value of `--speed`: a factor, or `max`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpeedOption(Speed);

impl FromStr for SpeedOption {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "max" {
            return Ok(SpeedOption(Speed::Max));
        }
        match text.trim_end_matches('x').parse::<f64>() {
            Ok(factor) if factor > 0.0 && factor.is_finite() => {
                Ok(SpeedOption(Speed::Times(factor)))
            }
            _ => Err("give a number such as 1 or 10, or max".to_owned()),
        }
    }
}

/// The program that accepts the WebSockets of the recording.
pub(crate) struct Program<'a> {
    pub(crate) url: &'a str,
    pub(crate) user: &'a str,
    pub(crate) password: &'a str,
}

/// Plays a recording, and prints the differences. Fails if there are any.
pub(crate) async fn run(
    path: &Path,
    speed: SpeedOption,
    wait: Duration,
    program: Option<Program<'_>>,
    port: u16,
    output: &Output,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let unplayable = |error| CliError::usage(format!("cannot play {}: {error}", path.display()));
    let mut replay = Replay::open(path).map_err(unplayable)?;
    if let Some(Program {
        url,
        user,
        password,
    }) = program
    {
        replay = replay.connect_to(url, user, password);
    }
    let replay = replay.speed(speed.0).request_timeout(wait).port(port);
    let replay = replay.start().await;
    let replay = replay.map_err(unplayable)?;
    let url = replay.url().unwrap_or_default();
    if output.json {
        output.print_line(&json!({"url": url}))?;
    } else {
        let mut out = stdout();
        writeln!(
            out,
            "Plays {} at {url} to a program with any user and password, until its end or Ctrl-C.",
            escape_control(&path.display().to_string())
        )?;
        out.flush()?;
    }
    let signal = tokio::select! {
        () = replay.wait_until_played() => None,
        signal = signals.next() => Some(signal),
    };
    let report = replay.report();
    if output.json {
        for difference in &report.differences {
            output.print_line(&difference_json(difference))?;
        }
        let requests = |remaining: &Remaining| {
            let requests = remaining.requests.iter();
            let requests = requests.map(|(line, text)| json!({"line": line, "request": text}));
            requests.collect::<Vec<_>>()
        };
        let remaining = report.remaining.as_ref().map(|remaining| {
            json!({
                "line": remaining.line,
                "messages": remaining.messages,
                "requests": requests(remaining),
            })
        });
        output.print_line(&json!({
            "matched": report.matched,
            "as_recorded": report.is_match(),
            "remaining": remaining,
            "truncated_line": report.truncated_line,
        }))?;
    } else {
        let mut out = stdout();
        for line in report.to_string().lines() {
            writeln!(out, "{}", escape_control(line))?;
        }
        out.flush()?;
    }
    match (report.differences.len(), &report.remaining, signal) {
        (0, Some(_), Some(signal)) => Err(CliError::new(
            ErrorKind::Interrupted(signal),
            "the recording was not played to its end",
        )),
        (0, _, _) => Ok(()),
        (count, _, _) => Err(CliError::new(
            ErrorKind::ProblemsFound,
            format!("differences from the recording: {count}"),
        )),
    }
}

fn difference_json(difference: &Difference) -> serde_json::Value {
    json!({
        "difference": format!("{:?}", difference.kind),
        "line": difference.line,
        "expected": difference.expected,
        "actual": difference.actual,
        "details": difference.details,
    })
}
