//! Standard output and standard error, in a terminal or not.

use std::io::{self, IsTerminal as _, Write as _};

use anstream::AutoStream;

use crate::text::escape_control;

/// Writes a line to the standard error, with control characters escaped.
pub(crate) fn print_note(text: impl AsRef<str>) {
    let _ = writeln!(io::stderr().lock(), "{}", escape_control(text.as_ref()));
}

/// Writes an error message to the standard error. A standard error that is closed is ignored.
pub(crate) fn print_error(text: impl AsRef<str>) {
    let text = escape_control(text.as_ref());
    let _ = writeln!(io::stderr().lock(), "ari: {text}");
}

/// Returns the standard output, which omits colours unless a terminal supports them.
pub(crate) fn stdout() -> AutoStream<io::StdoutLock<'static>> {
    AutoStream::auto(io::stdout().lock())
}

/// Returns the number of columns of the terminal, or 80 if the output is not a terminal.
pub(crate) fn width() -> usize {
    const USUAL: usize = 80;
    if !io::stdout().is_terminal() {
        return USUAL;
    }
    let size = terminal_size::terminal_size_of(io::stdout());
    size.map_or(USUAL, |(columns, _)| usize::from(columns.0))
}
