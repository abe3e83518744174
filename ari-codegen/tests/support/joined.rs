//! The source of modules, in whatever files it is.

use std::collections::BTreeMap;

/// Returns the source of a file, or of all files of a folder.
pub(crate) fn joined(files: &BTreeMap<String, String>, path: &str) -> String {
    let folder = format!("{path}/");
    let found: Vec<_> = files
        .iter()
        .filter(|(name, _)| *name == path || name.starts_with(&folder))
        .map(|(_, text)| text.as_str())
        .collect();
    assert!(!found.is_empty(), "no file is {path} or in it");
    found.join("\n")
}
