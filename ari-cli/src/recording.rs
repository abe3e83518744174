//! `--record`: the file that requests, responses and events are recorded in.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ari_api::traffic::TrafficLog;

use crate::error::CliError;
use crate::terminal::print_error;

/// Creates the file. Devices and pipes, such as /dev/stderr, are written to.
///
/// Nothing is written before the first request, and a file without any is removed when the log is
/// dropped, such as that of a command whose arguments are refused.
pub(crate) fn create(path: &Path) -> Result<TrafficLog, CliError> {
    let mut options = OpenOptions::new();
    options.write(true);
    let is_new = match fs::metadata(path) {
        Ok(known) if !known.is_file() && !known.is_dir() => false,
        _ => {
            options.create_new(true);
            // The file names the people who talk.
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            true
        }
    };
    let name = path.display().to_string();
    let file = options.open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            CliError::usage(format!("{name} exists: give another file to --record"))
        }
        _ => CliError::usage(format!("cannot record to {name}: {error}")),
    })?;
    let file = RecordingFile {
        file,
        unused: is_new.then(|| path.to_owned()),
        header: Some(Vec::new()),
    };
    let log = TrafficLog::with_error_handler(file, move |error| {
        print_error(format!(
            "the recording in {name} is incomplete: {error}; the command goes on"
        ));
    });
    log.map_err(|error| CliError::other(format!("cannot start a thread: {error}")))
}

/// A file whose first line is written together with the second one.
struct RecordingFile {
    file: File,
    /// The path of a new file to which nothing has been written.
    unused: Option<PathBuf>,
    /// The first line, before it is written.
    header: Option<Vec<u8>>,
}

impl Write for RecordingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(header) = &mut self.header else {
            return self.file.write(bytes);
        };
        header.extend_from_slice(bytes);
        let first_line = header.iter().position(|byte| *byte == b'\n');
        if first_line.is_some_and(|end| end + 1 < header.len()) {
            self.unused = None;
            let start = self.header.take().unwrap_or_default();
            self.file.write_all(&start)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for RecordingFile {
    fn drop(&mut self) {
        if let Some(path) = &self.unused {
            // It stays as an empty file if it cannot be removed.
            let _ = fs::remove_file(path);
        }
    }
}
