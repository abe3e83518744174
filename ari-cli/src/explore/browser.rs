//! Opening the browser.

use std::process::{Command, Stdio};

use crate::terminal::print_note;

/// Opens a URL in the browser of the user. A failure is only a note.
pub(super) fn open(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .arg(url)
        // The browser and its extensions need no credentials.
        .env_remove("ARI_PASSWORD")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let note = || print_note("no browser was opened: open the URL yourself");
    match command.spawn() {
        // A thread waits, because some of these programs end with the browser.
        Ok(mut child) => drop(std::thread::spawn(move || match child.wait() {
            Ok(status) if status.success() => {}
            _ => note(),
        })),
        Err(_) => note(),
    }
}
