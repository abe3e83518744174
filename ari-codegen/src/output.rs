//! Writing files so that nothing is half-written, nothing unchanged is touched, and nothing of
//! anyone else is changed.
//!
//! A folder of bindings is replaced in three steps: everything is looked at, everything new is
//! written beside the old files, and then each file takes its place. A failure in the first two
//! steps leaves the folder unchanged; one in the third is undone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The first line of every generated Rust file starts like this.
const HEADER: &str = "// Written by ari-codegen";

/// Folder for what is not in its place yet. It stands inside the folder that is written, so that a
/// file can be moved to its place in one step.
const STAGING: &str = ".ari-codegen.new";

/// The changes that writing made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteSummary {
    /// Files that were written because they were missing or differed.
    pub changed: Vec<PathBuf>,
    /// Files that were already up to date.
    pub unchanged: usize,
    /// Files of an earlier run that are no longer part of the bindings.
    pub removed: Vec<PathBuf>,
}

/// Writes files below `root`, of which those below `own` (`""`, or `src/`) are bindings: these
/// replace what an earlier run wrote, and nothing else.
pub(crate) fn write_tree(
    root: &Path,
    own: &str,
    files: &BTreeMap<String, String>,
) -> Result<WriteSummary> {
    check_other_bindings(&root.join(own), files, own)?;
    let mut written = WriteSummary::default();
    let mut changes = Vec::new();
    for (name, text) in files {
        let path = root.join(name);
        check_place(root, name)?;
        if has_contents(&path, text.as_bytes()) {
            written.unchanged += 1;
        } else {
            changes.push(Change {
                path: path.clone(),
                text: Some(text),
            });
            written.changed.push(path);
        }
    }
    for path in find_stale_files(root, own, files)? {
        changes.push(Change {
            path: path.clone(),
            text: None,
        });
        written.removed.push(path);
    }
    if !changes.is_empty() {
        Transaction::new(root).run(&changes)?;
    }
    for folder in written.removed.iter().filter_map(|path| path.parent()) {
        // Only an empty one can be removed.
        let _ = fs::remove_dir(folder);
    }
    Ok(written)
}

/// Returns `true` if this generator wrote the file; `false` for links.
pub(crate) fn is_generated(path: &Path) -> bool {
    let mut start = [0; HEADER.len()];
    is_file(path)
        && fs::File::open(path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok())
        && start == *HEADER.as_bytes()
}

/// Returns `true` for a plain file. Reading a pipe or a device may never end.
fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|data| data.is_file())
}

/// Returns `true` if a plain file holds exactly these bytes.
pub(crate) fn has_contents(path: &Path, bytes: &[u8]) -> bool {
    is_file(path) && fs::read(path).is_ok_and(|found| found == bytes)
}

/// Returns `true` if a folder holds only remains of an interrupted run.
pub(crate) fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |entries| {
        entries.flatten().all(|entry| entry.file_name() == STAGING)
    })
}

/// Rejects bindings inside the folders of other bindings: each would remove the other's files.
fn check_other_bindings(root: &Path, files: &BTreeMap<String, String>, own: &str) -> Result<()> {
    let folders = find_folders(files, own);
    let absolute = root.canonicalize().or_else(|_| std::path::absolute(root));
    let absolute = absolute.map_err(io(root, "find"))?;
    let above = absolute.ancestors().skip(1).filter(|folder| {
        let inside = absolute.strip_prefix(folder).ok();
        let inside = inside.and_then(Path::to_str);
        inside.is_some_and(|inside| folders.contains(inside.replace('\\', "/").as_str()))
    });
    let inside = folders.iter().filter(|folder| !folder.is_empty());
    let inside = inside.map(|folder| absolute.join(folder));
    let mut others = above.map(Path::to_owned).chain(inside);
    match others.find(|folder| is_root(folder)) {
        Some(other) => Err(Error::Usage(format!(
            "{}: other bindings are in {}, which shares a folder with it: name another folder; \
             nothing was changed",
            root.display(),
            other.display()
        ))),
        None => Ok(()),
    }
}

/// Returns the folders of the bindings, relative to their root, which is `""`.
fn find_folders<'f>(files: &'f BTreeMap<String, String>, own: &str) -> BTreeSet<&'f str> {
    let names = files.keys().filter_map(|name| name.strip_prefix(own));
    names
        .flat_map(|name| name.match_indices('/').map(|(end, _)| &name[..end]))
        .chain([""])
        .collect()
}

/// Returns `true` for the root of bindings. The folders of the bindings have no such file, or no
/// such folder.
fn is_root(folder: &Path) -> bool {
    is_generated(&folder.join("client.rs")) && is_generated(&folder.join("operations/mod.rs"))
}

/// Rejects a path that is not free for a generated file.
fn check_place(root: &Path, name: &str) -> Result<()> {
    let refuse = |path: &Path, problem: &str| {
        Err(Error::Usage(format!(
            "{}: {problem}: move it away, or name another folder; nothing was changed",
            path.display()
        )))
    };
    if !root.is_dir() && fs::symlink_metadata(root).is_ok() {
        let problem = match root.exists() {
            true => "there is a file in place of a folder",
            false => "there is a link to nothing in place of a folder",
        };
        return refuse(root, problem);
    }
    let mut path = root.to_owned();
    let mut parts = name.split('/').peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let Ok(data) = fs::symlink_metadata(&path) else {
            return Ok(());
        };
        let is_last = parts.peek().is_none();
        if data.is_symlink() {
            return refuse(&path, "there is a link in place of the bindings");
        }
        if !is_last && !data.is_dir() {
            return refuse(&path, "there is a file in place of a folder");
        }
        if is_last && data.is_dir() {
            return refuse(&path, "there is a folder in place of a file");
        }
        if is_last && !is_generated(&path) {
            return refuse(&path, "ari-codegen did not write this file");
        }
    }
    Ok(())
}

/// Returns the files of an earlier run that are no longer part of the bindings.
fn find_stale_files(
    root: &Path,
    own: &str,
    files: &BTreeMap<String, String>,
) -> Result<Vec<PathBuf>> {
    let known: BTreeSet<_> = files.keys().map(|name| root.join(name)).collect();
    let mut found = Vec::new();
    for folder in find_existing_folders(root, own, files)? {
        let entries = list(&folder)?.into_iter();
        found.extend(entries.filter(|path| !known.contains(path) && is_generated(path)));
    }
    found.sort();
    Ok(found)
}

/// Returns the folders of the bindings that exist, with those of resources of an earlier run.
fn find_existing_folders(
    root: &Path,
    own: &str,
    files: &BTreeMap<String, String>,
) -> Result<Vec<PathBuf>> {
    let top = root.join(own);
    if !top.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = vec![top.clone()];
    let kinds = find_folders(files, own).into_iter();
    for kind in kinds.filter(|folder| !folder.is_empty() && !folder.contains('/')) {
        let kind = top.join(kind);
        if !is_folder(&kind) {
            continue;
        }
        let inside = list(&kind)?.into_iter().filter(|path| is_folder(path));
        found.extend(inside.filter(|path| is_generated(&path.join("mod.rs")) && !is_root(path)));
        found.push(kind);
    }
    Ok(found)
}

/// Returns `true` for a folder; `false` for links.
fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|data| data.is_dir())
}

fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(io(folder, "read"))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let paths: io::Result<_> = paths.collect();
    paths.map_err(io(folder, "read"))
}

/// A file that is rewritten or removed.
struct Change<'a> {
    path: PathBuf,
    text: Option<&'a str>,
}

/// The changes of a folder, made completely or not.
struct Transaction {
    root: PathBuf,
    staging: PathBuf,
    /// Folders that did not exist before.
    created: Vec<PathBuf>,
}

impl Transaction {
    fn new(root: &Path) -> Self {
        Transaction {
            root: root.to_owned(),
            staging: root.join(STAGING),
            created: Vec::new(),
        }
    }

    fn run(&mut self, changes: &[Change<'_>]) -> Result<()> {
        let result = self.stage(changes).and_then(|()| self.swap(changes));
        // The remains there are not needed, and only the first error matters.
        let _ = fs::remove_dir_all(&self.staging);
        if result.is_err() {
            for folder in self.created.iter().rev() {
                let _ = fs::remove_dir(folder);
            }
        }
        result
    }

    /// Writes all new texts into the staging folder.
    fn stage(&mut self, changes: &[Change<'_>]) -> Result<()> {
        let root = self.root.clone();
        self.create(&root)?;
        match fs::symlink_metadata(&self.staging) {
            // It remains from an interrupted run.
            Ok(data) if data.is_dir() => {
                fs::remove_dir_all(&self.staging).map_err(io(&self.staging, "remove"))?;
            }
            Ok(_) => {
                return Err(Error::Usage(format!(
                    "{}: is in the way: remove it",
                    self.staging.display()
                )));
            }
            Err(_) => {}
        }
        fs::create_dir(&self.staging).map_err(io(&self.staging, "create"))?;
        for (index, change) in changes.iter().enumerate() {
            if let Some(text) = change.text {
                write(&self.staging.join(format!("{index}.new")), text.as_bytes())?;
            }
        }
        Ok(())
    }

    /// Moves every file to its place, and keeps the previous files until all are moved.
    fn swap(&mut self, changes: &[Change<'_>]) -> Result<()> {
        for (index, change) in changes.iter().enumerate() {
            if let Err(error) = self.swap_one(index, change) {
                for (index, change) in changes[..=index].iter().enumerate().rev() {
                    self.undo(index, change);
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn swap_one(&mut self, index: usize, change: &Change<'_>) -> Result<()> {
        let path = &change.path;
        if let Some(folder) = path.parent() {
            self.create(folder)?;
        }
        if is_file(path) {
            let old = self.staging.join(format!("{index}.old"));
            // A second name, so that there is no moment without the file.
            fs::hard_link(path, &old)
                .or_else(|_| fs::copy(path, &old).map(drop))
                .map_err(io(path, "keep"))?;
        }
        match change.text {
            Some(_) => {
                let new = self.staging.join(format!("{index}.new"));
                fs::rename(new, path).map_err(io(path, "write"))
            }
            None => fs::remove_file(path).map_err(io(path, "remove")),
        }
    }

    /// Restores the previous files.
    fn undo(&self, index: usize, change: &Change<'_>) {
        let old = self.staging.join(format!("{index}.old"));
        if is_file(&old) {
            let _ = fs::rename(&old, &change.path);
        } else if !self.staging.join(format!("{index}.new")).exists() {
            // No file existed at its place before.
            let _ = fs::remove_file(&change.path);
        }
    }

    /// Creates a folder, and notes which of it is new.
    fn create(&mut self, folder: &Path) -> Result<()> {
        let missing: Vec<_> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(io(folder, "create"))?;
            self.created.push(folder.to_owned());
        }
        Ok(())
    }
}

/// Writes the files that differ. No file is ever incomplete.
pub(crate) fn write_files(folder: &Path, files: &BTreeMap<String, String>) -> Result<WriteSummary> {
    let mut written = WriteSummary::default();
    for (name, text) in files {
        let path = folder.join(name);
        if has_contents(&path, text.as_bytes()) {
            written.unchanged += 1;
            continue;
        }
        replace(&path, text.as_bytes())?;
        written.changed.push(path);
    }
    Ok(written)
}

/// Writes beside, then renames.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(io(folder, "create"))?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    write(&beside, bytes)?;
    fs::rename(&beside, path).map_err(io(path, "rename"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = fs::File::create(path).map_err(io(path, "write"))?;
    file.write_all(bytes).map_err(io(path, "write"))
}

fn io(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io {
        path,
        action,
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        let mut open = vec![folder.to_owned()];
        while let Some(path) = open.pop() {
            for entry in fs::read_dir(path).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path.clone());
                    found.insert(path, String::new());
                } else {
                    found.insert(path.clone(), fs::read_to_string(path).unwrap());
                }
            }
        }
        found
    }

    #[test]
    fn failed_swap_is_undone() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path();
        fs::create_dir_all(root.join("z.rs/full")).unwrap();
        fs::write(root.join("a.rs"), "old a").unwrap();
        fs::write(root.join("gone.rs"), "old gone").unwrap();
        let before = tree(root);
        let change = |name: &str, text| Change {
            path: root.join(name),
            text,
        };
        let changes = [
            change("a.rs", Some("new a")),
            change("new/folder/b.rs", Some("new b")),
            change("c.rs", Some("new c")),
            change("gone.rs", None),
            // A file cannot take the place of a folder.
            change("z.rs", Some("new z")),
        ];
        let error = Transaction::new(root).run(&changes).unwrap_err();
        assert!(
            error.to_string().contains("z.rs: cannot write: "),
            "{error}"
        );
        assert_eq!(tree(root), before);
        Transaction::new(root).run(&changes[..4]).unwrap();
        assert_eq!(fs::read_to_string(root.join("a.rs")).unwrap(), "new a");
        assert!(root.join("new/folder/b.rs").is_file());
        assert!(!root.join("gone.rs").exists() && !root.join(STAGING).exists());
    }
}
