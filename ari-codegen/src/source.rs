//! Sources of specs: a folder, the specs bundled with this crate, or a server's responses.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

#[cfg(feature = "bundled")]
use include_dir::{Dir, include_dir};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::fixups::{self, Fixup};
use crate::history::{self, Facts, History, Item};
use crate::release::{Release, Version};
use crate::spec::{self, Anomaly, ResourceSpec, Spec, TEXT_KEYS};
use crate::spec_file::{INDEX, MAX_FILE_SIZE};

/// A place that holds one release's resource specs.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Source {
    /// A folder of `resources.json`, `channels.json`, …, raw or reduced to facts. In Asterisk's own
    /// tree either folder will do: `rest-api`, which holds `resources.json`, or
    /// `rest-api/api-docs`, which holds the others.
    Folder(PathBuf),
    /// The facts of a release that this crate carries.
    #[cfg(feature = "bundled")]
    Bundled(Release),
    /// Files already in memory, by name without `.json`; errors contain the origin.
    Memory {
        /// Folder or address that they were read from.
        origin: String,
        /// Their contents.
        files: BTreeMap<String, Vec<u8>>,
    },
}

/// The folders of `api-docs` that are read, without what is written there.
#[cfg(feature = "bundled")]
static BUNDLED: &[(&str, Dir<'static>)] = &[
    ("12", include_dir!("$CARGO_MANIFEST_DIR/api-docs/12")),
    ("13", include_dir!("$CARGO_MANIFEST_DIR/api-docs/13")),
    ("14", include_dir!("$CARGO_MANIFEST_DIR/api-docs/14")),
    ("15", include_dir!("$CARGO_MANIFEST_DIR/api-docs/15")),
    ("16", include_dir!("$CARGO_MANIFEST_DIR/api-docs/16")),
    ("17", include_dir!("$CARGO_MANIFEST_DIR/api-docs/17")),
    ("18", include_dir!("$CARGO_MANIFEST_DIR/api-docs/18")),
    ("19", include_dir!("$CARGO_MANIFEST_DIR/api-docs/19")),
    ("20", include_dir!("$CARGO_MANIFEST_DIR/api-docs/20")),
    ("21", include_dir!("$CARGO_MANIFEST_DIR/api-docs/21")),
    ("22", include_dir!("$CARGO_MANIFEST_DIR/api-docs/22")),
    ("23", include_dir!("$CARGO_MANIFEST_DIR/api-docs/23")),
    ("24", include_dir!("$CARGO_MANIFEST_DIR/api-docs/24")),
    (
        "descriptions",
        include_dir!("$CARGO_MANIFEST_DIR/api-docs/descriptions"),
    ),
];

/// The files of a folder of the bundled `api-docs`, by name without `.json`.
#[cfg(feature = "bundled")]
pub(crate) fn bundled_files(name: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let mut folders = BUNDLED.iter();
    let folder = folders.find(|(folder, _)| *folder == name);
    let files = folder.into_iter().flat_map(|(_, folder)| folder.files());
    files.filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents())))
}

impl Source {
    /// Returns the bytes of the file `name`, and the name that errors give it.
    fn bytes(&self, name: &str) -> Result<(String, Cow<'_, [u8]>)> {
        let missing = |origin: String, hint: &str| Error::Missing {
            origin,
            name: format!("{name}.json"),
            hint: hint.to_owned(),
        };
        let (file, bytes) = match self {
            Source::Folder(folder) => {
                let Some(path) = find_file(folder, name) else {
                    let origin = folder.display().to_string();
                    return Err(missing(
                        origin,
                        "give a folder that holds a complete set of specs, resources.json and \
                         every file that it names",
                    ));
                };
                let bytes = read_start(&path)?;
                (path.display().to_string(), Cow::Owned(bytes))
            }
            #[cfg(feature = "bundled")]
            Source::Bundled(release) => {
                let folder = release.to_string();
                let bytes = bundled_files(&folder)
                    .find_map(|(file, bytes)| (file == name).then_some(bytes))
                    .ok_or_else(|| {
                        missing("bundled api-docs".into(), "this crate was built without it")
                    })?;
                (
                    format!("bundled {folder}/{name}.json"),
                    Cow::Borrowed(bytes),
                )
            }
            Source::Memory { origin, files } => {
                let bytes = files.get(name).ok_or_else(|| {
                    missing(
                        origin.clone(),
                        "resources.json names it, so it should be there",
                    )
                })?;
                (format!("{origin}/{name}.json"), Cow::Borrowed(&bytes[..]))
            }
        };
        if bytes.len() as u64 > MAX_FILE_SIZE {
            return Err(Error::TooLarge { file });
        }
        check_encoding(&file, &bytes)?;
        Ok((file, bytes))
    }

    /// Returns the JSON of the file `name`, and the name that errors give it.
    pub(crate) fn read(&self, name: &str, anomalies: &mut Vec<Anomaly>) -> Result<(String, Value)> {
        let (file, bytes) = self.bytes(name)?;
        let json = spec::parse(&file, &bytes, anomalies)?;
        Ok((file, json))
    }

    /// Returns the `apiVersion` of the index, and the names of the resources in its order.
    ///
    /// # Errors
    /// Returns an error if the index `resources.json` is missing, cannot be read, is larger than
    /// any of Asterisk's, or is malformed.
    pub fn index(&self) -> Result<(String, Vec<String>)> {
        let (file, json) = self.read(INDEX, &mut Vec::new())?;
        let index = spec::read_index(&file, &json, &mut Vec::new())?;
        Ok((
            index.api_version,
            index.resources.into_iter().map(|(name, _)| name).collect(),
        ))
    }

    /// Returns the changes between point releases, if their file is in the folder of the specs.
    ///
    /// # Errors
    /// Returns an error if the file of changes cannot be read or is malformed.
    pub fn history(&self, release: Release) -> Result<Option<History>> {
        match self.read(History::FILE, &mut Vec::new()) {
            Ok((file, json)) => History::read(&file, release, &json).map(Some),
            Err(Error::Missing { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads the specs of `release`, corrects their known bugs, and reports unusual parts.
    ///
    /// # Errors
    /// Returns an error if a file is missing or malformed, or, if `strict`, if a fixup matches
    /// nothing.
    pub fn load(&self, release: Release, strict: bool) -> Result<(Spec, Vec<Anomaly>)> {
        let files = self.files(&ParsedFiles::default())?;
        files.apply_fixups(release, strict)
    }

    /// Returns the index and every file that it names.
    pub(crate) fn files(&self, parsed: &ParsedFiles) -> Result<SpecFiles> {
        let mut anomalies = Vec::new();
        let (index_file, index_json) = self.read(INDEX, &mut anomalies)?;
        let index = spec::read_index(&index_file, &index_json, &mut anomalies)?;
        let resources = index
            .resources
            .into_iter()
            .map(|(name, text)| {
                let (file, bytes) = self.bytes(&name)?;
                let json = parsed.parse(&file, &bytes, &mut anomalies)?;
                Ok(File {
                    name,
                    text,
                    file,
                    json,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(SpecFiles {
            has_descriptions: resources.iter().any(|file| has_descriptions(&file.json)),
            index_file,
            index_json,
            api_version: index.api_version,
            resources,
            anomalies,
        })
    }
}

/// Files by their content, because releases have most of their files in common.
#[derive(Debug, Default)]
pub(crate) struct ParsedFiles(Mutex<BTreeMap<Vec<u8>, Arc<Value>>>);

impl ParsedFiles {
    /// Parses a file, unless one of the same content has been parsed.
    fn parse(&self, file: &str, bytes: &[u8], anomalies: &mut Vec<Anomaly>) -> Result<Arc<Value>> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(json) = known().get(bytes) {
            return Ok(json.clone());
        }
        let before = anomalies.len();
        let json = Arc::new(spec::parse(file, bytes, anomalies)?);
        // Anomalies name the file, so they must be found in each.
        if anomalies.len() == before {
            known().insert(bytes.to_vec(), json.clone());
        }
        Ok(json)
    }
}

/// The files of one release, as they are.
pub(crate) struct SpecFiles {
    index_file: String,
    index_json: Value,
    pub(crate) api_version: String,
    resources: Vec<File>,
    /// Returns `true` if any of them carries Asterisk's prose.
    has_descriptions: bool,
    anomalies: Vec<Anomaly>,
}

/// The file of one resource.
struct File {
    name: String,
    text: Option<String>,
    file: String,
    json: Arc<Value>,
}

impl SpecFiles {
    fn fixups(&self, release: Release) -> Vec<&'static Fixup> {
        fixups::for_release(release, self.has_descriptions).collect()
    }

    /// Returns the facts in the index and in the files of the wanted resources, with the content of
    /// their wanted items.
    pub(crate) fn facts(&self, wanted: impl Fn(&str, Option<Item<'_>>) -> bool) -> Facts {
        let files = self.resources.iter();
        let files = files.filter(|file| wanted(&file.name, None));
        let files = files.map(|file| (&*file.name, &*file.json));
        history::facts(files.chain([(INDEX, &self.index_json)]), |name, item| {
            wanted(name, Some(item))
        })
    }

    /// A resource as a point release has it, mended, with the wanted items only; none where that
    /// release has none of it.
    pub(crate) fn resource_at(
        &self,
        point: Version,
        name: &str,
        facts: &Facts,
        wanted: impl Fn(Item<'_>) -> bool,
    ) -> Result<Option<ResourceSpec>> {
        let Some(Value::Object(_)) = facts.get(name) else {
            return Ok(None);
        };
        let release = Release::from_version(point).map_err(Error::Usage)?;
        let active = self.fixups(release);
        let mut json = history::as_lists(&facts[name], wanted);
        for fixup in &active {
            fixup.edit_json(name, &mut json);
        }
        let known = self.resources.iter().find(|file| file.name == name);
        let text = known.and_then(|file| file.text.clone());
        let file = known.map_or(name, |file| &file.file);
        let file = format!("{file} as of {point}");
        let mut resource = spec::read_resource(name, text, &file, &json, &mut Vec::new())?;
        for fixup in &active {
            fixup.edit_resource(&mut resource);
        }
        Ok(Some(resource))
    }

    /// Returns the corrected specs, with their unusual parts.
    pub(crate) fn apply_fixups(
        &self,
        release: Release,
        strict: bool,
    ) -> Result<(Spec, Vec<Anomaly>)> {
        let active = self.fixups(release);
        let mut anomalies = self.anomalies.clone();
        let mut places = vec![0; active.len()];
        let mut resources = Vec::new();
        for File {
            name,
            text,
            file,
            json,
        } in &self.resources
        {
            let mut json = Cow::Borrowed(&**json);
            for (fixup, places) in active.iter().zip(&mut places) {
                if fixup.edits_json(name) {
                    *places += fixup.edit_json(name, json.to_mut());
                }
            }
            let text = text.clone();
            let mut resource = spec::read_resource(name, text, file, &json, &mut anomalies)?;
            for (fixup, places) in active.iter().zip(&mut places) {
                *places += fixup.edit_resource(&mut resource);
            }
            resources.push(resource);
        }
        spec::resolve_extends(&mut resources)?;
        for (fixup, _) in active
            .iter()
            .zip(&places)
            .filter(|&(_, &places)| places == 0)
        {
            if strict {
                return Err(Error::StaleFixup {
                    name: fixup.name,
                    reason: fixup.reason,
                    release,
                });
            }
            anomalies.push(Anomaly {
                place: crate::error::Place {
                    file: self.index_file.as_str().into(),
                    path: "$".into(),
                    subject: None,
                },
                problem: format!(
                    "these specs do not need the fixup `{}` that Asterisk {release} needs ({})",
                    fixup.name, fixup.reason
                ),
            });
        }
        Ok((
            Spec {
                release,
                api_version: self.api_version.clone(),
                resources,
            },
            anomalies,
        ))
    }
}

/// Returns a file of a folder of specs, if it exists.
fn find_file(folder: &Path, name: &str) -> Option<PathBuf> {
    /// Asterisk keeps the index beside the folder of the other files.
    const FILES: &str = "api-docs";
    let file = format!("{name}.json");
    let plain = folder.join(&file);
    if plain.exists() {
        return Some(plain);
    }
    let other = if name != INDEX {
        folder.join(FILES).join(file)
    } else if folder.file_name().is_some_and(|name| name == FILES) {
        folder.with_file_name(file)
    } else {
        // Such as `.`.
        let folder = folder.canonicalize().ok()?;
        if folder.file_name()? != FILES {
            return None;
        }
        folder.with_file_name(file)
    };
    other.exists().then_some(other)
}

/// A file, but not much more of it than is allowed. A pipe or a device could have no end.
pub(crate) fn read_start(path: &Path) -> Result<Vec<u8>> {
    let read = || {
        if !fs::metadata(path)?.is_file() {
            return Err(std::io::Error::other("not a plain file"));
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(path)?;
        file.take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|source| Error::Io {
        path: path.to_owned(),
        action: "read",
        source,
    })
}

/// Refuses files that are not text, by a better message than the parser of JSON has.
fn check_encoding(file: &str, bytes: &[u8]) -> Result<()> {
    let problem = match bytes {
        [0x1f, 0x8b, ..] => "compressed by gzip: unpack it first, with `gunzip`",
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => {
            "in UTF-32, where JSON is in UTF-8: convert it first, with `iconv -f UTF-32 -t UTF-8`"
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..] => {
            "in UTF-16, where JSON is in UTF-8: convert it first, with `iconv -f UTF-16 -t UTF-8`"
        }
        _ => return Ok(()),
    };
    Err(Error::Encoding {
        file: file.to_owned(),
        problem,
    })
}

/// Returns `true` if a resource's JSON still carries Asterisk's prose.
fn has_descriptions(json: &Value) -> bool {
    json.as_object()
        .is_some_and(|top| top.keys().any(|key| TEXT_KEYS.contains(&key.as_str())))
}
