//! Writing files so that nothing is half-written and nothing unchanged is touched.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::generator::Bindings;

/// The first line of every generated Rust file starts like this.
const HEADER: &str = "// Written by ari-codegen";

/// What writing changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were written because they were missing or differed.
    pub changed: Vec<PathBuf>,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files of an earlier run that are no longer part of the bindings.
    pub removed: Vec<PathBuf>,
}

impl Bindings {
    /// Writes the files below `folder`, and removes generated files that no longer belong there.
    /// Files that are as they should be are not touched.
    ///
    /// # Errors
    /// A file or folder that cannot be read or written.
    pub fn write_to(&self, folder: &Path) -> Result<Written> {
        let mut written = write_files(folder, &self.files)?;
        remove_stale(folder, folder, &self.files, &mut written)?;
        Ok(written)
    }
}

/// Writes what differs; each file appears whole or not at all.
pub(crate) fn write_files(folder: &Path, files: &BTreeMap<String, String>) -> Result<Written> {
    let mut written = Written::default();
    for (name, text) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|found| found == text.as_bytes()) {
            written.unchanged += 1;
            continue;
        }
        replace(&path, text.as_bytes())?;
        written.changed.push(path);
    }
    Ok(written)
}

/// Whether a file was written by this generator.
pub(crate) fn is_generated(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes.starts_with(HEADER.as_bytes()))
}

/// Writes beside, then renames.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let io = |path: &Path, action| {
        let path = path.to_owned();
        move |source| Error::Io {
            path,
            action,
            source,
        }
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(io(folder, "create"))?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    let mut file = fs::File::create(&beside).map_err(io(&beside, "write"))?;
    file.write_all(bytes).map_err(io(&beside, "write"))?;
    fs::rename(&beside, path).map_err(io(path, "rename"))
}

fn remove_stale(
    root: &Path,
    folder: &Path,
    files: &BTreeMap<String, String>,
    written: &mut Written,
) -> Result<()> {
    let io = |path: &Path, action| {
        let path = path.to_owned();
        move |source| Error::Io {
            path,
            action,
            source,
        }
    };
    for entry in fs::read_dir(folder).map_err(io(folder, "read"))? {
        let path = entry.map_err(io(folder, "read"))?.path();
        if path.is_dir() {
            remove_stale(root, &path, files, written)?;
            continue;
        }
        let name = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        if is_generated(&path) && !files.contains_key(&name) {
            fs::remove_file(&path).map_err(io(&path, "remove"))?;
            written.removed.push(path);
        }
    }
    Ok(())
}
