//! Standard output and standard error, in a terminal or not.

use std::io::{self, IsTerminal as _, Write as _};

use anstream::AutoStream;

use crate::text::escape_control;

/// Writes a line to the standard error, without what would steer the terminal.
pub(crate) fn print_note(text: impl AsRef<str>) {
    let _ = writeln!(io::stderr().lock(), "{}", escape_control(text.as_ref()));
}

/// Says something on the standard error, where perhaps nobody listens any more.
pub(crate) fn print_error(text: impl AsRef<str>) {
    let text = escape_control(text.as_ref());
    let _ = writeln!(io::stderr().lock(), "ari: {text}");
}

/// The standard output, without colours where they are not wanted.
pub(crate) fn stdout() -> AutoStream<io::StdoutLock<'static>> {
    AutoStream::auto(io::stdout().lock())
}

/// Columns of the terminal; of a usual one if the output goes elsewhere.
pub(crate) fn width() -> usize {
    const USUAL: usize = 80;
    if !io::stdout().is_terminal() {
        return USUAL;
    }
    let size = terminal_size::terminal_size_of(io::stdout());
    size.map_or(USUAL, |(columns, _)| usize::from(columns.0))
}
