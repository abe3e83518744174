//! Our own words for every item of the surface: `api-docs/descriptions/*.json`.
//!
//! One file per resource, and `common.json` for what recurs across resources. A text is looked up
//! where it is most specific first: the operation's own, the resource's, the common one. Ours come
//! before Asterisk's; Asterisk's (in raw specs) fill what ours leave open.
//!
//! A text is about the item as Rust and the command line have it. Facts of its form on the wire are
//! apart from it, under the key `wire` beside `about`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::api::{Allowed, Api, Operation};
use crate::error::{Error, Result};
use crate::release::Release;
use crate::source::read_start;

/// Texts by their path: file, then keys, such as `channels > operations > answer > about`.
#[derive(Clone, Debug, Default)]
pub struct Descriptions {
    texts: BTreeMap<String, String>,
}

/// Items without a description, and descriptions without an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Items without a text of ours, by the most specific path that could hold it.
    pub missing: Vec<String>,
    /// Texts that no item uses.
    pub unused: Vec<String>,
}

const SEPARATOR: &str = " > ";
const COMMON_FILE: &str = "common";
const ABOUT: &str = "about";
const WIRE: &str = "wire";
const FROM: &str = "from";

impl Descriptions {
    /// Reads every `*.json` of a folder.
    ///
    /// # Errors
    /// Returns [`Error::Io`] for files that cannot be read, [`Error::NotJson`] if one is not JSON,
    /// and [`Error::Description`] for a text that is empty or is none.
    pub fn from_folder(folder: &Path) -> Result<Self> {
        let io = |path: &Path, source| Error::Io {
            path: path.to_owned(),
            action: "read",
            source,
        };
        let mut descriptions = Descriptions::default();
        for entry in fs::read_dir(folder).map_err(|source| io(folder, source))? {
            let path = entry.map_err(|source| io(folder, source))?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                let bytes = read_start(&path)?;
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                descriptions.add(&name, &path.display().to_string(), &bytes)?;
            }
        }
        Ok(descriptions)
    }

    /// Returns the descriptions that this crate carries.
    ///
    /// # Errors
    /// Returns the errors of [`Descriptions::from_folder`] if a file of the crate is malformed.
    #[cfg(feature = "bundled")]
    pub fn bundled() -> Result<Self> {
        let mut descriptions = Descriptions::default();
        for (name, bytes) in crate::source::bundled_files("descriptions") {
            descriptions.add(name, &format!("bundled descriptions/{name}.json"), bytes)?;
        }
        Ok(descriptions)
    }

    /// Returns the descriptions that this crate carries, or none if it was built without them.
    pub(crate) fn bundled_or_empty() -> Result<Self> {
        #[cfg(feature = "bundled")]
        return Self::bundled();
        #[cfg(not(feature = "bundled"))]
        Ok(Self::default())
    }

    fn add(&mut self, name: &str, file: &str, bytes: &[u8]) -> Result<()> {
        let json: Value = serde_json::from_slice(bytes).map_err(|source| Error::NotJson {
            file: file.to_owned(),
            source,
        })?;
        self.flatten(name.to_owned(), file, &json)
    }

    fn flatten(&mut self, path: String, file: &str, json: &Value) -> Result<()> {
        match json {
            Value::Object(map) => map.iter().try_for_each(|(key, value)| {
                self.flatten(format!("{path}{SEPARATOR}{key}"), file, value)
            }),
            Value::String(text) if !text.trim().is_empty() => {
                self.texts.insert(path, text.clone());
                Ok(())
            }
            other => Err(Error::Description {
                file: file.to_owned(),
                path,
                problem: format!("expected a text or an object of texts, found {other}"),
            }),
        }
    }

    /// Writes our texts into `api` and returns the missing and the unused ones.
    pub fn apply(&self, api: &mut Api) -> Coverage {
        let mut pass = DescriptionPass {
            texts: &self.texts,
            used: BTreeSet::new(),
            missing: Vec::new(),
        };
        for resource in &mut api.resources {
            let of = |keys: &[&str]| {
                let keys = [resource.name.as_str()]
                    .into_iter()
                    .chain(keys.iter().copied());
                keys.collect::<Vec<_>>().join(SEPARATOR)
            };
            let shared = |keys: &[&str]| {
                let common = [COMMON_FILE].into_iter().chain(keys.iter().copied());
                [of(keys), common.collect::<Vec<_>>().join(SEPARATOR)]
            };
            pass.set_text(&mut resource.text, &[of(&["about"])]);
            for op in &mut resource.operations {
                let own =
                    |keys: &[&str]| of(&[&["operations", op.nickname.as_str()], keys].concat());
                pass.set_text(&mut op.text, &[own(&[ABOUT])]);
                op.wire_text = pass.find_text(&[own(&[WIRE])]);
                let queue = pass.find_text(&[own(&["waits"]), own(&["waits", ABOUT])]);
                let since = pass.find_text(&[own(&["waits", FROM])]);
                op.blocks_channel_queue = queue.and_then(|queue| waits(queue, since, op));
                op.crashes = pass.find_text(&[own(&["crashes"])]);
                op.wire_crashes = pass.find_text(&[own(&["crashes", WIRE])]);
                for parameter in &mut op.parameters {
                    let keys = ["parameters", parameter.name.as_str()];
                    let [resource_wide, common] = shared(&keys);
                    let candidates = [own(&keys), resource_wide, common];
                    pass.set_texts(&mut parameter.text, &mut parameter.wire_text, &candidates);
                    for (value, text) in values(&mut parameter.allowed) {
                        let keys = ["values", parameter.name.as_str(), value];
                        let [resource_wide, common] = shared(&keys);
                        pass.set_text(text, &[own(&keys), resource_wide, common]);
                    }
                }
                for error in &mut op.errors {
                    let code = error.code.to_string();
                    let keys = ["errors", code.as_str()];
                    let [resource_wide, common] = shared(&keys);
                    pass.set_text(&mut error.text, &[own(&keys), resource_wide, common]);
                }
            }
            for model in &mut resource.models {
                let own = |keys: &[&str]| of(&[&["models", model.name.as_str()], keys].concat());
                pass.set_text(&mut model.text, &[own(&[ABOUT])]);
                model.wire_text = pass.find_text(&[own(&[WIRE])]);
                for property in &mut model.properties {
                    let candidates = [own(&["properties", &property.name])];
                    pass.set_texts(&mut property.text, &mut property.wire_text, &candidates);
                    for (value, text) in values(&mut property.allowed) {
                        pass.set_text(text, &[own(&["values", &property.name, value])]);
                    }
                }
            }
        }
        let unused = self
            .texts
            .keys()
            .filter(|path| !pass.used.contains(path.as_str()));
        Coverage {
            unused: unused.cloned().collect(),
            missing: pass.missing,
        }
    }
}

/// Returns what an operation waits for, if a release waits. `since` is the first one that does.
fn waits(queue: String, since: Option<String>, op: &Operation) -> Option<String> {
    let Some(since) = since.and_then(|since| since.parse::<Release>().ok()) else {
        return Some(queue);
    };
    let mut releases = op.availability.releases.iter();
    match (releases.next(), releases.next_back()) {
        (Some(first), _) if *first >= since => Some(queue),
        (first, last) if last.or(first).is_none_or(|last| *last < since) => None,
        _ => Some(format!("{queue} (from Asterisk {since} on)")),
    }
}

/// Removes the texts that came with the specs.
pub(crate) fn remove_texts(api: &mut Api) {
    for resource in &mut api.resources {
        resource.text = None;
        for op in &mut resource.operations {
            op.text = None;
            for parameter in &mut op.parameters {
                parameter.text = None;
            }
            for error in &mut op.errors {
                error.text = None;
            }
        }
        for model in &mut resource.models {
            model.text = None;
            for property in &mut model.properties {
                property.text = None;
            }
        }
    }
}

fn values(allowed: &mut Option<Allowed>) -> impl Iterator<Item = (&str, &mut Option<String>)> {
    let values = match allowed {
        Some(Allowed::Values(values)) => values.as_mut_slice(),
        _ => &mut [],
    };
    values
        .iter_mut()
        .map(|value| (value.value.as_str(), &mut value.text))
}

struct DescriptionPass<'a> {
    texts: &'a BTreeMap<String, String>,
    used: BTreeSet<&'a str>,
    missing: Vec<String>,
}

impl DescriptionPass<'_> {
    fn find_text(&mut self, candidates: &[String]) -> Option<String> {
        let mut candidates = candidates.iter();
        let (path, text) = candidates.find_map(|path| self.texts.get_key_value(path))?;
        self.used.insert(path);
        Some(text.clone())
    }

    /// Sets the text of an item, which is one or has the keys `about` and `wire`.
    fn set_texts(
        &mut self,
        text: &mut Option<String>,
        wire_text: &mut Option<String>,
        candidates: &[String],
    ) {
        for path in candidates {
            let below = |key| format!("{path}{SEPARATOR}{key}");
            if let Some(ours) = self.find_text(&[path.clone(), below(ABOUT)]) {
                *text = Some(ours);
                *wire_text = self.find_text(&[below(WIRE)]);
                return;
            }
        }
        self.missing.extend(candidates.first().cloned());
    }

    fn set_text(&mut self, text: &mut Option<String>, candidates: &[String]) {
        match self.find_text(candidates) {
            Some(ours) => *text = Some(ours),
            None => self.missing.extend(candidates.first().cloned()),
        }
    }
}
