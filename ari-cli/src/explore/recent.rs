//! The newest requests, responses and events of this process, as lines of a traffic file.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ari_api::traffic::TrafficLog;

use crate::error::CliError;

/// The maximum number of lines that are kept, and of their bytes.
const MAX_LINES: usize = 50_000;
const MAX_BYTES: usize = 64 << 20;

/// The log that receives the traffic, and its newest lines.
pub(super) struct Recent {
    pub(super) log: TrafficLog,
    lines: Arc<Mutex<Lines>>,
}

#[derive(Default)]
struct Lines {
    /// The line that each traffic file begins with.
    first: String,
    lines: VecDeque<String>,
    bytes: usize,
}

impl Recent {
    pub(super) fn new() -> Result<Self, CliError> {
        let lines = Arc::new(Mutex::new(Lines::default()));
        let writer = LineWriter {
            lines: Arc::clone(&lines),
            partial: Vec::new(),
        };
        let log = TrafficLog::new(writer)
            .map_err(|error| CliError::other(format!("cannot start a thread: {error}")))?;
        Ok(Recent { log, lines })
    }

    /// Returns a function that waits until all lines so far are written, and returns them as the text
    /// of a traffic file. It blocks.
    pub(super) fn reader(&self) -> impl FnOnce() -> String + Send + 'static {
        let (log, lines) = (self.log.clone(), Arc::clone(&self.lines));
        move || {
            log.flush();
            let lines = lock(&lines);
            let mut text = String::with_capacity(lines.first.len() + lines.bytes);
            text.push_str(&lines.first);
            text.extend(lines.lines.iter().map(String::as_str));
            text
        }
    }
}

fn lock(lines: &Mutex<Lines>) -> MutexGuard<'_, Lines> {
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Lines {
    fn push(&mut self, line: String) {
        if self.first.is_empty() {
            self.first = line;
            return;
        }
        self.bytes += line.len();
        self.lines.push_back(line);
        while self.lines.len() > MAX_LINES || self.bytes > MAX_BYTES {
            let removed = self.lines.pop_front().unwrap_or_default();
            self.bytes -= removed.len();
        }
    }
}

/// The writer of the log, which gets pieces of lines.
struct LineWriter {
    lines: Arc<Mutex<Lines>>,
    partial: Vec<u8>,
}

impl Write for LineWriter {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let mut lines = lock(&self.lines);
        for part in piece.split_inclusive(|byte| *byte == b'\n') {
            self.partial.extend_from_slice(part);
            if part.ends_with(b"\n") {
                let line = std::mem::take(&mut self.partial);
                lines.push(String::from_utf8_lossy(&line).into_owned());
            }
        }
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, MAX_BYTES, MAX_LINES};

    #[test]
    fn old_lines_are_removed() {
        let mut lines = Lines::default();
        for number in 0..=MAX_LINES + 10 {
            lines.push(format!("{number}\n"));
        }
        assert_eq!(lines.first, "0\n");
        assert_eq!(lines.lines.len(), MAX_LINES);
        assert_eq!(lines.lines[0], "11\n");
        lines.push("x".repeat(MAX_BYTES));
        assert_eq!(lines.lines.len(), 1);
        assert_eq!(lines.bytes, MAX_BYTES);
    }
}
