//! Files with passwords, which are rejected if other users can read them.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use crate::config::error::ConfigError;

/// The content of a file that can contain a password.
pub struct PrivateFile {
    text: Zeroizing<String>,
    /// `true` if other users have access to the file.
    exposed: bool,
}

impl PrivateFile {
    /// Reads a file. Returns `None` if it does not exist.
    ///
    /// # Errors
    /// Returns [`ConfigError::Unreadable`] if the file cannot be read as text.
    pub fn read(path: &Path) -> Result<Option<Self>, ConfigError> {
        let problem = |source| ConfigError::Unreadable {
            file: path.to_owned(),
            source,
        };
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(problem(error)),
        };
        // The permissions of the open file, which cannot be replaced in between.
        let exposed = is_exposed(&file).map_err(problem)?;
        let mut text = Zeroizing::new(String::new());
        file.read_to_string(&mut text).map_err(problem)?;
        Ok(Some(PrivateFile { text, exposed }))
    }

    /// Reads the password in the first line of a file. Other users must not have access to the file.
    /// A pipe is accepted.
    ///
    /// # Errors
    /// Returns [`ConfigError::NoPasswordFile`] if the file does not exist, [`ConfigError::Exposed`]
    /// if other users have access to it, and [`ConfigError::Unreadable`] if it cannot be read as
    /// text.
    pub fn read_password(path: &Path) -> Result<Zeroizing<String>, ConfigError> {
        let found = Self::read(path)?.ok_or_else(|| ConfigError::NoPasswordFile {
            file: path.to_owned(),
        })?;
        found.ensure_private(path)?;
        let first = found.text.lines().next().unwrap_or_default();
        Ok(Zeroizing::new(first.to_owned()))
    }

    /// Returns the text of the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Rejects the file, which contains a password, if other users have access to it.
    ///
    /// # Errors
    /// Returns [`ConfigError::Exposed`] with the path if they have.
    pub fn ensure_private(&self, path: &Path) -> Result<(), ConfigError> {
        match self.exposed {
            false => Ok(()),
            true => Err(ConfigError::Exposed {
                file: path.to_owned(),
            }),
        }
    }
}

#[cfg(unix)]
fn is_exposed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    let found = file.metadata()?;
    // A pipe of the shell is only accessible to this user.
    Ok(found.is_file() && found.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_: &File) -> io::Result<bool> {
    Ok(false)
}
