//! The log of the libraries on the standard error, for commands that run for long.

use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::terminal::print_note;

/// A log of warnings and errors. If it is verbose, it has what our libraries log at the level debug as
/// well. Nothing is logged at the level trace: NATS's client logs its login there.
struct Log {
    is_verbose: bool,
    /// The last line, which is not printed twice in a row.
    last: Mutex<String>,
}

/// Prints the log from now on.
pub(crate) fn print(is_verbose: bool) {
    let log = Log {
        is_verbose,
        last: Mutex::default(),
    };
    // There is no other one.
    let _ = tracing::subscriber::set_global_default(log);
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let is_ours = self.is_verbose && metadata.target().starts_with("ari_");
        let max = if is_ours { Level::DEBUG } else { Level::WARN };
        metadata.is_event() && *metadata.level() <= max
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        let Line { message, fields } = line;
        let level = match *event.metadata().level() {
            Level::ERROR => "error",
            Level::WARN => "warning",
            _ => "log",
        };
        let text = format!("{level}: {message}{fields}");
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if *last != text {
            print_note(&text);
            *last = text;
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The parts of a line.
#[derive(Default)]
struct Line {
    message: String,
    fields: String,
}

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a string cannot fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, ", {name}: {value:?}"),
        };
    }
}
