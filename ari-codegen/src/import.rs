//! Reduction of raw specs to the facts in `api-docs`.
//!
//! Asterisk's prose is under the GPL and stays behind; names, types, paths, defaults, allowed
//! values, codes and versions are kept, in the same shape and under the same keys, known bugs and
//! all. A release's folder is replaced as a whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::api::{Api, Counts};
use crate::error::{Error, Result};
use crate::history::{self, Facts, History};
use crate::output;
use crate::release::{Release, Selection};
use crate::source::{ParsedFiles, Source};
use crate::spec::{Anomaly, TEXT_KEYS};
use crate::spec_file::INDEX;

/// The order of keys in the written files; keys that it does not name follow by alphabet.
const KEY_ORDER: [&str; 27] = [
    "apiVersion",
    "swaggerVersion",
    "basePath",
    "resourcePath",
    "since",
    "requiresModules",
    "path",
    "httpMethod",
    "nickname",
    "upgrade",
    "websocketProtocol",
    "responseClass",
    "name",
    "id",
    "paramType",
    "required",
    "allowMultiple",
    "dataType",
    "type",
    "defaultValue",
    "allowableValues",
    "parameters",
    "code",
    "discriminator",
    "properties",
    "operations",
    "apis",
];

/// The `basePath` of Asterisk's own files. A running server puts its own address there.
const BASE_PATH: &str = "http://localhost:8088/ari";

/// Specs reduced to facts, ready to be written.
#[derive(Clone, Debug)]
pub struct Import {
    /// The release, and the point release if the specs are of one.
    pub release: Selection,
    /// Content of the specs.
    pub counts: Counts,
    /// Unusual parts of them.
    pub anomalies: Vec<Anomaly>,
    files: BTreeMap<String, String>,
    facts: Facts,
}

impl Import {
    /// Reads and checks raw specs of `release`, and reduces them to facts.
    ///
    /// A release (`22`) is what its branch holds; name the point release (`22.11.0`) if the specs
    /// are of one, so that the history records its changes.
    ///
    /// # Errors
    /// Returns an error if a file is missing or malformed, if no bindings can be generated from the
    /// specs, or if the `apiVersion` is that of another release.
    pub fn read(release: impl Into<Selection>, source: &Source) -> Result<Import> {
        let selection = release.into();
        let release = selection.release;
        let (api_version, names) = source.index()?;
        if let Some(other) = Release::from_api_version(&api_version).filter(|&r| r != release) {
            return Err(Error::Usage(format!(
                "these specs are of Asterisk {other} (apiVersion {api_version}), not {release}: \
                 nothing was imported"
            )));
        }
        let (spec, anomalies) = source.load(release, false)?;
        let counts = Api::read(&spec)?.counts();
        let mut files = BTreeMap::new();
        let mut facts_of_all = Vec::new();
        for name in names.iter().map(String::as_str).chain([INDEX]) {
            let (_, json) = source.read(name, &mut Vec::new())?;
            let mut facts = normalize_spec(&json);
            if let Some(base_path) = facts.get_mut("basePath") {
                *base_path = BASE_PATH.into();
            }
            // Serializing a value of strings, numbers and containers cannot fail.
            let mut text = format!("{facts:#}");
            text.push('\n');
            files.insert(format!("{name}.json"), text);
            facts_of_all.push((name, facts));
        }
        Ok(Import {
            release: selection,
            counts,
            anomalies,
            files,
            facts: history::facts(
                facts_of_all.iter().map(|(name, facts)| (*name, facts)),
                |_, _| true,
            ),
        })
    }

    /// Writes the facts into the release's folder below `api_docs`, and returns `true` if that
    /// changed anything. The history of the folder is kept, and changes are added to it. The new
    /// folder is written beside the old one and takes its place when complete.
    ///
    /// # Errors
    /// A point release older than the last one that is known, or a file or folder that cannot be
    /// read or written; the old folder is still whole then.
    pub fn write(&self, api_docs: &Path) -> Result<bool> {
        let release = self.release.release;
        let folder = api_docs.join(release.to_string());
        let mut files = self.files.clone();
        if let Some(history) = self.history(&folder)? {
            let text = format!("{:#}\n", history.to_json());
            files.insert(format!("{}.json", History::FILE), text);
        }
        if contains_exactly(&folder, &files) {
            return Ok(false);
        }
        let beside = api_docs.join(format!(".{release}.new"));
        let old = api_docs.join(format!(".{release}.old"));
        for leftover in [&beside, &old] {
            if leftover.exists() {
                fs::remove_dir_all(leftover).map_err(io(leftover, "remove"))?;
            }
        }
        if let Err(error) = output::write_files(&beside, &files) {
            // An incomplete folder is useless, and the first error is the cause.
            let _ = fs::remove_dir_all(&beside);
            return Err(error);
        }
        if folder.exists() {
            fs::rename(&folder, &old).map_err(io(&folder, "rename"))?;
        }
        if let Err(error) = fs::rename(&beside, &folder) {
            // Restore the old folder.
            if old.exists() {
                fs::rename(&old, &folder).map_err(io(&old, "rename"))?;
            }
            return Err(io(&beside, "rename")(error));
        }
        if old.exists() {
            fs::remove_dir_all(&old).map_err(io(&old, "remove"))?;
        }
        Ok(true)
    }

    /// Returns the history of these facts, if one is known or begins.
    fn history(&self, folder: &Path) -> Result<Option<History>> {
        let known = Source::Folder(folder.to_owned());
        match known.history(self.release.release)? {
            Some(history) => {
                let facts = known.files(&ParsedFiles::default())?.facts(|_, _| true);
                history
                    .replace(self.release.point, facts, &self.facts)
                    .map(Some)
            }
            None => Ok(self.release.point.map(History::new)),
        }
    }
}

/// Returns `true` if a folder holds exactly these files.
fn contains_exactly(folder: &Path, files: &BTreeMap<String, String>) -> bool {
    let entries = fs::read_dir(folder).map_or(0, Iterator::count);
    entries == files.len()
        && files
            .iter()
            .all(|(name, text)| output::has_contents(&folder.join(name), text.as_bytes()))
}

fn io(path: &Path, action: &'static str) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io {
        path,
        action,
        source,
    }
}

/// Without prose, keys in order. A property that happens to be called `description` is an object,
/// prose is a string.
fn normalize_spec(json: &Value) -> Value {
    match json {
        Value::Object(map) => {
            let mut kept: Vec<(&String, &Value)> = map
                .iter()
                .filter(|(key, value)| !(value.is_string() && TEXT_KEYS.contains(&key.as_str())))
                .collect();
            // Members of `properties` and `models` have names of their own, in an order that
            // means something; sorting is stable and leaves them alone.
            let is_named = map.values().all(Value::is_object) && !map.is_empty();
            if !is_named {
                kept.sort_by(|(a, _), (b, _)| position(a).cmp(&position(b)));
            }
            let kept = kept
                .into_iter()
                .map(|(key, value)| (key.clone(), normalize_spec(value)));
            Value::Object(kept.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(normalize_spec).collect()),
        other => other.clone(),
    }
}

/// Known keys in their order, then unknown ones by name.
fn position(key: &str) -> (usize, &str) {
    let known = KEY_ORDER.iter().position(|&known| known == key);
    known.map_or((KEY_ORDER.len(), key), |at| (at, ""))
}
