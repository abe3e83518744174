//! Files that appear when they are complete.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use ari_api::client::unique_id;
use ari_api::transport::ResponseBody;

use crate::error::CliError;

/// A file that is written under a temporary name until it is complete. Devices, such as /dev/stdout,
/// are written directly.
pub(crate) struct AtomicFile {
    path: PathBuf,
    /// The temporary file, or `None` for a device.
    part: Option<PartialFile>,
    file: File,
}

/// A temporary file, which is removed when dropped unless it is complete.
struct PartialFile {
    path: PathBuf,
    complete: bool,
}

impl AtomicFile {
    /// Creates the temporary file.
    pub(crate) fn create(path: &Path, overwrite: bool) -> Result<Self, CliError> {
        Self::create_as(path, overwrite, false)
    }

    /// Creates the temporary file of a file that replaces any other, and to which only its owner has
    /// access.
    pub(crate) fn create_private(path: &Path) -> Result<Self, CliError> {
        Self::create_as(path, true, true)
    }

    fn create_as(path: &Path, overwrite: bool, private: bool) -> Result<Self, CliError> {
        let unwritable = |problem: io::Error| write_error(path, &problem);
        // The target of a link, if it exists.
        let known = fs::metadata(path).ok();
        if known.as_ref().is_some_and(Metadata::is_dir) {
            return Err(unwritable(io::ErrorKind::IsADirectory.into()));
        }
        if known.as_ref().is_some_and(is_pipe) {
            return Err(CliError::other(format!(
                "cannot write {}: it is a pipe, which blocks until it has a reader; give a file",
                path.display()
            )));
        }
        if known.as_ref().is_some_and(|known| !known.is_file()) {
            let file = OpenOptions::new().write(true).open(path);
            return Ok(AtomicFile {
                path: path.to_owned(),
                part: None,
                file: file.map_err(unwritable)?,
            });
        }
        if known.is_some() && !overwrite {
            return Err(CliError::usage(format!(
                "{} exists: give another file, or --overwrite",
                path.display()
            )));
        }
        let path = match &known {
            Some(_) => fs::canonicalize(path).map_err(unwritable)?,
            None => path.to_owned(),
        };
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", &unique_id()[..8]));
        let part = PartialFile {
            path: path.with_file_name(name),
            complete: false,
        };
        // `create_new` never opens an existing file.
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if private {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let file = options.open(&part.path).map_err(unwritable)?;
        if let Some(known) = known.filter(|_| !private) {
            file.set_permissions(known.permissions())
                .map_err(unwritable)?;
        }
        Ok(AtomicFile {
            path,
            part: Some(part),
            file,
        })
    }

    /// Writes a response to the file, and completes it.
    pub(crate) async fn receive(mut self, body: ResponseBody) -> Result<(), CliError> {
        copy(body, &mut self.file).await?;
        self.complete()
    }

    /// Appends bytes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        let written = self.file.write_all(bytes);
        written.map_err(|error| write_error(&self.path, &error))
    }

    /// Writes bytes over the first ones. Does nothing to a device.
    pub(crate) fn overwrite_start(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        if self.part.is_none() {
            return Ok(());
        }
        let written = self.file.rewind().and_then(|()| self.file.write_all(bytes));
        let written = written.and_then(|()| self.file.seek(SeekFrom::End(0)));
        written.map_err(|error| write_error(&self.path, &error))?;
        Ok(())
    }

    /// Gives the file its name.
    pub(crate) fn complete(mut self) -> Result<(), CliError> {
        let Some(part) = &mut self.part else {
            return Ok(());
        };
        self.file
            .sync_all()
            .and_then(|()| fs::rename(&part.path, &self.path))
            .map_err(|error| write_error(&self.path, &error))?;
        part.complete = true;
        Ok(())
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if !self.complete {
            // An error here changes nothing about the first one.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn is_pipe(known: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    known.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}

fn write_error(path: &Path, problem: &io::Error) -> CliError {
    CliError::other(format!(
        "cannot write {}: {problem}; give another file",
        path.display()
    ))
}

/// Writes a response as it arrives.
pub(crate) async fn copy(mut body: ResponseBody, out: &mut impl Write) -> Result<(), CliError> {
    while let Some(piece) = body.next().await {
        out.write_all(&piece?)?;
    }
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> PathBuf {
        let folder = std::env::temp_dir().join(unique_id());
        fs::create_dir(&folder).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let found = fs::read_dir(folder).unwrap();
        let names = found.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn existing_file_is_kept_until_the_new_one_is_complete() {
        let folder = folder();
        let path = folder.join("a.wav");
        fs::write(&path, "before").unwrap();
        fs::write(folder.join("a.wav.part"), "mine").unwrap();
        assert!(AtomicFile::create(&path, false).is_err());
        drop(AtomicFile::create(&path, true).unwrap());
        assert_eq!(names(&folder), ["a.wav", "a.wav.part"]);
        assert_eq!(fs::read(&path).unwrap(), b"before");
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_are_kept() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = folder();
        let (file, link) = (folder.join("a.wav"), folder.join("link.wav"));
        fs::write(&file, "before").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&file, &link).unwrap();
        let out = AtomicFile::create(&link, true).unwrap();
        assert_eq!(out.path, fs::canonicalize(&file).unwrap());
        let mode = out.file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        drop(out);
        assert!(
            AtomicFile::create(Path::new("/dev/null"), false)
                .unwrap()
                .part
                .is_none()
        );
        assert!(AtomicFile::create(&folder, true).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
