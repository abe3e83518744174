//! Files with passwords: used only when nobody else can read them.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::CliError;

/// The content of a password file, and whether other users can read the file.
pub(crate) struct PasswordFile {
    pub(crate) text: Zeroizing<String>,
    exposed: bool,
}

impl PasswordFile {
    /// Refuses a file with a password that others can read.
    pub(crate) fn ensure_private(&self, path: &Path) -> Result<(), CliError> {
        match self.exposed {
            false => Ok(()),
            true => Err(CliError::usage(format!(
                "others may read {0}, which holds a password: `chmod 600 {0}`",
                path.display()
            ))),
        }
    }
}

/// Reads a file; none where there is no such file.
pub(crate) fn read(path: &Path) -> Result<Option<PasswordFile>, CliError> {
    let problem =
        |problem: io::Error| CliError::usage(format!("cannot read {}: {problem}", path.display()));
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(problem(error)),
    };
    // Of the open file, so that nobody can exchange it in between.
    let exposed = exposed(&file).map_err(problem)?;
    let mut text = Zeroizing::new(String::new());
    file.read_to_string(&mut text).map_err(problem)?;
    Ok(Some(PasswordFile { text, exposed }))
}

/// The first line of a file that others cannot read, or of the standard input where the file is
/// called `-`.
pub(crate) fn password(path: &Path) -> Result<Zeroizing<String>, CliError> {
    let text = if path == Path::new("-") {
        let mut text = Zeroizing::new(String::new());
        io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| CliError::usage(format!("cannot read the standard input: {error}")))?;
        text
    } else {
        let found = read(path)?.ok_or_else(|| {
            CliError::usage(format!("there is no password file {}", path.display()))
        })?;
        found.ensure_private(path)?;
        found.text
    };
    Ok(Zeroizing::new(
        text.lines().next().unwrap_or_default().to_owned(),
    ))
}

#[cfg(unix)]
fn exposed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    let found = file.metadata()?;
    // Pipes of shells are nobody else's.
    Ok(found.is_file() && found.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn exposed(_: &File) -> io::Result<bool> {
    Ok(false)
}
