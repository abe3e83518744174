//! The results of the checks, as lines or as JSON.

use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use indicatif::ProgressBar;
use serde_json::{Value, json};

use crate::error::{CliError, ErrorKind};
use crate::output::Output;
use crate::progress;
use crate::terminal::stdout;
use crate::text::escape_control;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum CheckResult {
    Good,
    Warning,
    Bad,
}

pub(super) struct Report {
    output: Output,
    worst: CheckResult,
    entries: Vec<Value>,
    /// Shows the current check in a terminal.
    progress: ProgressBar,
}

impl Report {
    pub(super) fn new(output: Output) -> Self {
        Report {
            output,
            worst: CheckResult::Good,
            entries: Vec::new(),
            progress: progress::for_seconds(None),
        }
    }

    /// Shows the name of the current check.
    pub(super) fn begin(&self, check: &str) {
        self.progress.reset_elapsed();
        self.progress.set_message(format!("checking {check}"));
    }

    /// Adds the result of a check, and advice if there is a problem.
    pub(super) fn add(
        &mut self,
        state: CheckResult,
        check: &str,
        found: impl AsRef<str>,
        advice: &str,
    ) -> Result<(), CliError> {
        if state == CheckResult::Bad || self.worst == CheckResult::Good {
            self.worst = state;
        }
        let (word, color) = match state {
            CheckResult::Good => ("ok", AnsiColor::Green),
            CheckResult::Warning => ("warning", AnsiColor::Yellow),
            CheckResult::Bad => ("problem", AnsiColor::Red),
        };
        let found = escape_control(found.as_ref());
        if self.output.json {
            let advice = (!advice.is_empty()).then_some(advice);
            let entry = json!({"check": check, "state": word, "found": found, "advice": advice});
            self.entries.push(entry);
            return Ok(());
        }
        let style: Style = color.on_default();
        self.progress.suspend(|| {
            let mut out = stdout();
            writeln!(out, "{style}{word:<8}{style:#} {check:<12} {found}")?;
            for line in advice.lines() {
                writeln!(out, "{:<22}{line}", "")?;
            }
            Ok(out.flush()?)
        })
    }

    /// Fails if there was a problem or, if `strict` is set, a warning.
    pub(super) fn finish(mut self, strict: bool) -> Result<(), CliError> {
        self.progress.finish_and_clear();
        if self.output.json {
            self.output
                .print(&Value::from(std::mem::take(&mut self.entries)))?;
        }
        match self.worst {
            CheckResult::Bad => Err(CliError::new(ErrorKind::ProblemsFound, "")),
            CheckResult::Warning if strict => Err(CliError::new(ErrorKind::ProblemsFound, "")),
            _ => Ok(()),
        }
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        self.progress.finish_and_clear();
    }
}
