//! `--record`: the file that requests, responses and events are recorded in.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

use ari_api::traffic::TrafficLog;

use crate::error::CliError;
use crate::terminal::print_error;

/// Creates the file. Devices and pipes, such as /dev/stderr, are written to.
pub(crate) fn create(path: &Path) -> Result<TrafficLog, CliError> {
    let mut options = OpenOptions::new();
    options.write(true);
    match fs::metadata(path) {
        Ok(known) if !known.is_file() && !known.is_dir() => {}
        _ => {
            options.create_new(true);
            // The file names the people who talk.
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
    }
    let name = path.display().to_string();
    let file = options.open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            CliError::usage(format!("{name} exists: give another file to --record"))
        }
        _ => CliError::usage(format!("cannot record to {name}: {error}")),
    })?;
    let log = TrafficLog::with_error_handler(file, move |error| {
        print_error(format!(
            "the recording in {name} is incomplete: {error}; the command goes on"
        ));
    });
    log.map_err(|error| CliError::other(format!("cannot start a thread: {error}")))
}
