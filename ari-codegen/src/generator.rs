//! The library's entry point, which turns the specs of releases into files.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::Path;

use syn::parse::Parser as _;

use crate::api::{Api, ApiMerger, duplicate_release};
use crate::bindings::{Bindings, ReleaseSummary};
use crate::descriptions::{self, Coverage, Descriptions};
use crate::emit;
use crate::error::{Error, Result};
use crate::parallel;
use crate::release::{Release, Selection, Version};
use crate::source::{ParsedFiles, Source};

/// Turns specs of one or more releases into bindings.
#[derive(Clone, Debug, Default)]
pub struct Generator {
    releases: Vec<(Release, Source)>,
    /// The point releases to cover, of releases of which not all are.
    points: BTreeMap<Release, Vec<Version>>,
    descriptions: Descriptions,
    without_spec_texts: bool,
    root: Option<String>,
    strict: bool,
    notes: Vec<String>,
    threads: Option<NonZero<usize>>,
    /// Releases that were derived from the `apiVersion` of their specs.
    inferred_releases: BTreeMap<Release, String>,
}

impl Generator {
    /// Creates a generator without releases; see [`Generator::add_release`].
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a generator with all bundled releases and the descriptions of their items.
    ///
    /// # Errors
    /// Those of [`Descriptions::bundled`].
    #[cfg(feature = "bundled")]
    pub fn bundled() -> Result<Self> {
        let releases = Release::all()
            .map(|release| (release, Source::Bundled(release)))
            .collect();
        Ok(Self {
            releases,
            descriptions: Descriptions::bundled()?,
            strict: true,
            ..Self::default()
        })
    }

    /// All releases of a folder that holds one folder a release (`12`, `13`, …), and the texts of
    /// its folder `descriptions`; without such a folder, those that this crate carries. A fixup
    /// that finds nothing to fix is noted, see [`Generator::strict`].
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the folder holds no release, and the errors of
    /// [`Descriptions::from_folder`].
    pub fn folder(api_docs: impl AsRef<Path>) -> Result<Self> {
        let folder = api_docs.as_ref();
        let releases: Vec<_> = Release::all()
            .map(|release| (release, folder.join(release.to_string())))
            .filter(|(_, path)| path.is_dir())
            .map(|(release, path)| (release, Source::Folder(path)))
            .collect();
        if releases.is_empty() {
            return Err(Error::Usage(format!(
                "{}: no folder of a release (12, 13, …) in it: import one with \
                 `ari-codegen import`",
                folder.display()
            )));
        }
        let mut notes = Vec::new();
        let texts = folder.join("descriptions");
        let descriptions = if texts.is_dir() {
            Descriptions::from_folder(&texts)?
        } else {
            notes.push(format!(
                "{}: does not exist: items are described by the texts of ari-codegen",
                texts.display()
            ));
            Descriptions::bundled_or_empty()?
        };
        Ok(Self {
            releases,
            descriptions,
            notes,
            ..Self::default()
        })
    }

    /// Adds a release (`"22"`) and the source of its specs.
    ///
    /// # Errors
    /// Returns an error if this crate does not know the release.
    pub fn add_release(mut self, release: &str, source: Source) -> Result<Self> {
        self.releases
            .push((release.parse().map_err(Error::Usage)?, source));
        Ok(self)
    }

    /// Adds specs whose release is derived from the `apiVersion` of their index.
    ///
    /// # Errors
    /// Returns an error if the specs cannot be read, or if no known release has their `apiVersion`.
    pub fn add_source(mut self, source: Source) -> Result<Self> {
        let (api_version, _) = source.index()?;
        let release = Release::from_api_version(&api_version).ok_or_else(|| {
            Error::Usage(format!(
                "no known release of Asterisk has apiVersion {api_version}: name the release \
                 that these specs are for"
            ))
        })?;
        self.releases.push((release, source));
        self.inferred_releases.insert(release, api_version);
        Ok(self)
    }

    /// Keeps only these releases, or only these point releases of them.
    ///
    /// # Errors
    /// Returns an error if one of them was not added. Point releases are checked when the specs are
    /// read.
    pub fn retain_releases<S: Into<Selection>>(
        mut self,
        releases: impl IntoIterator<Item = S>,
    ) -> Result<Self> {
        let mut chosen: BTreeMap<Release, Vec<Version>> = BTreeMap::new();
        let mut whole = Vec::new();
        for Selection { release, point } in releases.into_iter().map(Into::into) {
            if !self.releases.iter().any(|(known, _)| *known == release) {
                return Err(Error::Usage(format!(
                    "the specs of Asterisk {release} were not added"
                )));
            }
            chosen.entry(release).or_default().extend(point);
            if point.is_none() {
                whole.push(release);
            }
        }
        self.releases
            .retain(|(release, _)| chosen.contains_key(release));
        chosen.retain(|release, points| !points.is_empty() && !whole.contains(release));
        self.points = chosen;
        Ok(self)
    }

    /// Covers only the newest point release of each release, unless others were
    /// [chosen](Generator::retain_releases).
    ///
    /// # Errors
    /// Returns an error if a history of point releases cannot be read.
    pub fn retain_newest_points(mut self) -> Result<Self> {
        for (release, source) in &self.releases {
            if self.points.contains_key(release) {
                continue;
            }
            if let Some(history) = source.history(*release)? {
                self.points.insert(*release, vec![history.last]);
            }
        }
        Ok(self)
    }

    /// Uses these texts, before those that raw specs carry.
    pub fn descriptions(mut self, descriptions: Descriptions) -> Self {
        self.descriptions = descriptions;
        self
    }

    /// Leaves out the texts that raw specs carry, which are under Asterisk's licence.
    pub fn without_spec_texts(mut self) -> Self {
        self.without_spec_texts = true;
        self
    }

    /// Sets the module that contains the bindings, such as `crate::ari`. Defaults to `crate`.
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.root = Some(path.into());
        self
    }

    /// Sets whether a fixup that finds nothing to fix is an error. It is for the bundled releases
    /// only, which fixups were made for; anyone else's specs may be corrected already.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Sets how many threads read specs and write source; as many as the machine runs at a time
    /// unless set. The bindings are the same to the byte.
    pub fn threads(mut self, threads: NonZero<usize>) -> Self {
        self.threads = Some(threads);
        self
    }

    fn thread_count(&self) -> NonZero<usize> {
        self.threads.unwrap_or_else(parallel::available)
    }

    /// Reads, mends and merges the releases, without emitting anything.
    ///
    /// # Errors
    /// See [`Error`]: the first thing that prevents bindings, with its place.
    pub fn read(&self) -> Result<(Api, Coverage, Vec<ReleaseSummary>)> {
        let mut releases: Vec<_> = self.releases.iter().collect();
        // From the newest to the oldest, so that the newest gives the order and the texts.
        releases.sort_by_key(|(release, _)| std::cmp::Reverse(*release));
        if let Some(twice) = releases.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(duplicate_release(twice[0].0));
        }
        let mut merging = ApiMerger::default();
        let mut covered = Vec::new();
        let parsed = ParsedFiles::default();
        let read = |(release, source): &&(Release, Source)| {
            let points = self.points.get(release).map_or(&[][..], Vec::as_slice);
            let guess = |source| match self.inferred_releases.get(release) {
                Some(api_version) => Error::Guessed {
                    release: *release,
                    api_version: api_version.clone(),
                    source: Box::new(source),
                },
                None => source,
            };
            let mut states = Vec::new();
            let mut newest = None;
            let anomalies =
                source.for_each_state(*release, points, self.strict, &parsed, |state| {
                    let api = Api::read_parts(state.spec, state.parts)?;
                    if newest.is_none() {
                        newest = Some((state.spec.api_version.clone(), api.counts()));
                    }
                    let label = state
                        .first_point
                        .map_or(release.to_string(), |at| at.to_string());
                    states.push((api, label));
                    Ok(())
                });
            let anomalies = anomalies.map_err(guess)?;
            let (api_version, counts) = newest.unwrap_or_default();
            let covered = ReleaseSummary {
                release: *release,
                points: points.to_vec(),
                api_version,
                counts,
                anomalies,
            };
            Ok((states, covered))
        };
        let merge = |read: Result<(Vec<(Api, String)>, ReleaseSummary)>| {
            let (states, release) = read?;
            covered.push(release);
            let mut states = states.into_iter();
            states.try_for_each(|(api, label)| merging.merge_from(api, label))
        };
        parallel::try_for_each(self.thread_count(), &releases, read, merge)?;
        covered.reverse();
        let mut api = merging.into_api()?;
        let points = covered.iter().flat_map(|release| &release.points);
        api.points = points.copied().collect();
        api.points.sort();
        if self.without_spec_texts {
            descriptions::remove_texts(&mut api);
        }
        let coverage = self.descriptions.apply(&mut api);
        Ok((api, coverage, covered))
    }

    /// Generates the bindings.
    ///
    /// # Errors
    /// See [`Generator::read`]; [`Error::Usage`] if [`Generator::module`] is no path of a module.
    pub fn generate(&self) -> Result<Bindings> {
        let root = self.root.as_deref().unwrap_or("crate");
        let parsed = syn::Path::parse_mod_style.parse_str(root);
        let root = parsed.map_err(|problem| {
            Error::Usage(format!(
                "{root:?} is not the path of a module ({problem}): give one such as crate::ari"
            ))
        })?;
        let (api, coverage, releases) = self.read()?;
        let emitted = emit::files(&api, &root, self.thread_count())?;
        Ok(Bindings {
            api,
            coverage,
            releases,
            notes: [self.notes.clone(), emitted.notes].concat(),
            files: emitted.files,
        })
    }
}
