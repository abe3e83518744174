//! Journals: files with a line of JSON for each step, which a crash does not shorten.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::error::CliError;

/// A file that lines are appended to.
pub(crate) struct Journal(Mutex<BufWriter<File>>);

impl Journal {
    /// Opens a file, which is created if it does not exist.
    pub(crate) fn open(path: &Path) -> Result<Journal, CliError> {
        let file = File::options().create(true).append(true).open(path);
        let file = file.map_err(|error| {
            CliError::usage(format!(
                "cannot write the journal {}: {error}",
                path.display()
            ))
        })?;
        Ok(Journal(Mutex::new(BufWriter::new(file))))
    }

    /// Appends an object, with the time in milliseconds since 1970.
    pub(crate) fn write(&self, record: Value) {
        let (Ok(mut file), Value::Object(mut line)) = (self.0.lock(), record) else {
            return;
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.unwrap_or_default().as_millis();
        line.insert(
            "at".to_owned(),
            u64::try_from(now).unwrap_or(u64::MAX).into(),
        );
        let line = Value::Object(line);
        // A full disk must not end calls. The file shows that lines are missing.
        let _ = writeln!(file, "{line}").and_then(|()| file.flush());
    }
}
