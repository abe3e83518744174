//! Files with passwords: read only when nobody else can.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use crate::failure::Failure;

/// Reads a file that others cannot read; none where there is no such file.
pub(crate) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, Failure> {
    let problem =
        |problem: io::Error| Failure::usage(format!("cannot read {}: {problem}", path.display()));
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(problem(error)),
    };
    // Of the open file, so that nobody can exchange it in between.
    check(path, &file)?;
    let mut text = Zeroizing::new(String::new());
    file.read_to_string(&mut text).map_err(problem)?;
    Ok(Some(text))
}

/// The first line of a file, or of the standard input where the file is called `-`.
pub(crate) fn password(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = if path == Path::new("-") {
        let mut text = Zeroizing::new(String::new());
        io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::usage(format!("cannot read the standard input: {error}")))?;
        text
    } else {
        read(path)?.ok_or_else(|| {
            Failure::usage(format!("there is no password file {}", path.display()))
        })?
    };
    Ok(Zeroizing::new(
        text.lines().next().unwrap_or_default().to_owned(),
    ))
}

#[cfg(unix)]
fn check(path: &Path, file: &File) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt as _;
    let found = file
        .metadata()
        .map_err(|error| Failure::usage(format!("cannot examine {}: {error}", path.display())))?;
    // Pipes of shells are nobody else's.
    if found.is_file() && found.permissions().mode() & 0o077 != 0 {
        return Err(Failure::usage(format!(
            "others may read {0}, which holds a password: `chmod 600 {0}`",
            path.display()
        )));
    }
    Ok(())
}

#[cfg(not(unix))]
fn check(_: &Path, _: &File) -> Result<(), Failure> {
    Ok(())
}
