//! Files with passwords, which are rejected if other users can read them.

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
    /// Rejects the file, which contains a password, if other users can read it.
    pub(crate) fn ensure_private(&self, path: &Path) -> Result<(), CliError> {
        match self.exposed {
            false => Ok(()),
            true => Err(CliError::usage(format!(
                "other users can read {0}, which contains a password: run `chmod 600 {0}`",
                path.display()
            ))),
        }
    }
}

/// Reads a file. Returns `None` if it does not exist.
pub(crate) fn read(path: &Path) -> Result<Option<PasswordFile>, CliError> {
    let problem =
        |problem: io::Error| CliError::usage(format!("cannot read {}: {problem}", path.display()));
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(problem(error)),
    };
    // The permissions of the open file, which cannot be replaced in between.
    let exposed = exposed(&file).map_err(problem)?;
    let mut text = Zeroizing::new(String::new());
    file.read_to_string(&mut text).map_err(problem)?;
    Ok(Some(PasswordFile { text, exposed }))
}

/// Returns the first line of a file that other users cannot read, or of the standard input if the
/// path is `-`.
pub(crate) fn password(path: &Path) -> Result<Zeroizing<String>, CliError> {
    let text = if path == Path::new("-") {
        let mut text = Zeroizing::new(String::new());
        io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| CliError::usage(format!("cannot read the standard input: {error}")))?;
        text
    } else {
        let found = read(path)?.ok_or_else(|| {
            CliError::usage(format!(
                "the password file {} does not exist",
                path.display()
            ))
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
    // A pipe of the shell is only accessible to this user.
    Ok(found.is_file() && found.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn exposed(_: &File) -> io::Result<bool> {
    Ok(false)
}
