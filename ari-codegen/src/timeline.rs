//! The point releases of a release, rebuilt from its newest facts and its history.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::api::Availability;
use crate::error::{Error, Result};
use crate::history::{self, Change, History, Item};
use crate::release::{Release, Version};
use crate::source::{ParsedFiles, Source};
use crate::spec::{Anomaly, ModelSpec, OperationSpec, PathSpec, ResourceSpec, Spec};
use crate::spec_file::INDEX;

/// One stretch of point releases that are alike.
pub(crate) struct SpecState<'a> {
    /// The first of them. `None` for specs without a history.
    pub(crate) first_point: Option<Version>,
    /// Their specs, mended.
    pub(crate) spec: &'a Spec,
    /// The differences from the newer stretch. `None` for a single point release, and for specs
    /// without a history.
    pub(crate) parts: Option<&'a ChangedParts<'a>>,
}

/// The differences from the newer stretch of point releases; everything in the newest one.
pub(crate) struct ChangedParts<'a> {
    release: Release,
    history: &'a History,
    /// The changes between the two; none in the newest one.
    changes: Option<Vec<&'a Change>>,
    /// The starts of stretches, oldest first, up to this one.
    points: &'a [Version],
    /// The start of the newer one.
    newer_start: Option<Version>,
}

impl ChangedParts<'_> {
    /// The point releases that have a resource, or an item of it, in this form, if it is another
    /// one than in the newer stretch.
    fn span(&self, resource: &str, item: Option<Item<'_>>) -> Option<Availability> {
        let changes = self.changes.as_ref();
        let differs = |changes: &Vec<&Change>| {
            let mut changes = changes.iter();
            changes.any(|change| change.affects(resource, item))
        };
        if !changes.is_none_or(differs) {
            return None;
        }
        let start = self.history.start(resource, item, self.points);
        // The form in the first point release applies from the beginning.
        let start = start.filter(|start| Some(start) != self.points.first());
        Some(Availability::for_range(
            self.release,
            start,
            self.newer_start,
        ))
    }

    /// Returns the span of a resource. A resource also differs if only one of its items does.
    pub(crate) fn resource(&self, name: &str) -> Option<Availability> {
        self.span(name, None)
    }

    /// Returns the span of an operation.
    pub(crate) fn operation(
        &self,
        resource: &str,
        method: &str,
        path: &str,
    ) -> Option<Availability> {
        let name = format!("{method} {path}");
        self.span(resource, Some((history::OPERATIONS, &name)))
    }

    /// Returns the span of a model.
    pub(crate) fn model(&self, resource: &str, name: &str) -> Option<Availability> {
        self.span(resource, Some((history::MODELS, name)))
    }
}

impl Source {
    /// Returns the corrected specs of one point release, which requires a
    /// [history](Source::history).
    /// The `apiVersion` is that of the newest facts if the history does not contain it.
    ///
    /// # Errors
    /// Returns the errors of [`Source::load`], and an error if there is no history or if the point
    /// release is outside of it.
    pub fn load_point(&self, version: Version) -> Result<Spec> {
        let mut found = None;
        let release = Release::from_version(version).map_err(Error::Usage)?;
        let parsed = ParsedFiles::default();
        self.for_each_state(release, &[version], false, &parsed, |state| {
            found = Some(state.spec.clone());
            Ok(())
        })?;
        found.ok_or_else(|| Error::Usage(format!("Asterisk {version} is not known")))
    }

    /// Goes through the stretches of point releases that are alike, newest first; only through the
    /// chosen ones, if there are any. Specs without a history are one state. Returns the unusual
    /// parts of the newest facts.
    pub(crate) fn for_each_state(
        &self,
        release: Release,
        chosen: &[Version],
        strict: bool,
        parsed: &ParsedFiles,
        mut each: impl FnMut(SpecState<'_>) -> Result<()>,
    ) -> Result<Vec<Anomaly>> {
        let files = self.files(parsed)?;
        let (mut spec, anomalies) = files.apply_fixups(release, strict)?;
        let Some(history) = self.history(release)? else {
            if let Some(version) = chosen.first() {
                return Err(Error::Usage(format!(
                    "the specs of Asterisk {release} have no history of point releases beside \
                     them ({}.json), so those of {version} are not known: choose {release}",
                    History::FILE
                )));
            }
            each(SpecState {
                first_point: None,
                spec: &spec,
                parts: None,
            })?;
            return Ok(anomalies);
        };
        let points = points(&history, release, chosen)?;
        let mut facts = files.facts(|resource, item| {
            let mut changes = history.changes.iter();
            changes.any(|change| change.affects(resource, item))
        });
        let mut newer: Option<Version> = None;
        for (index, point) in points.iter().enumerate().rev() {
            let known = newer.map_or(0, |newer| history.after(newer).count());
            let changes: Vec<_> = history.after(*point).skip(known).collect();
            for change in &changes {
                history::rewind(&mut facts, &change.reverse_patch);
            }
            let changed = changes
                .iter()
                .flat_map(|change| change.reverse_patch.keys());
            let changed: BTreeSet<_> = changed.filter(|name| *name != INDEX).collect();
            for name in changed {
                let differs = |item: Item<'_>| {
                    let mut changes = changes.iter();
                    changes.any(|change| change.affects(name, Some(item)))
                };
                let old = files.resource_at(*point, name, &facts, differs)?;
                let at = spec.resources.iter().position(|known| known.name == *name);
                match (at, old) {
                    (Some(at), Some(old)) => {
                        let resource = &mut spec.resources[at];
                        let newer = std::mem::replace(resource, old);
                        add_differing_items(newer, resource, &facts[name]);
                    }
                    (Some(at), None) => drop(spec.resources.remove(at)),
                    (None, Some(old)) => spec.resources.push(old),
                    (None, None) => {}
                }
            }
            if let Some(api_version) = history::api_version(&facts) {
                spec.api_version = api_version.to_owned();
            }
            let parts = ChangedParts {
                release,
                history: &history,
                changes: newer.map(|_| changes),
                points: &points[..=index],
                newer_start: newer,
            };
            // One point release says nothing of others, but which of them brought its operations.
            let is_alone = points.len() == 1 && !chosen.is_empty();
            if is_alone {
                set_introduced_versions(&mut spec, &history, *point);
            }
            each(SpecState {
                first_point: Some(*point),
                spec: &spec,
                parts: (!is_alone).then_some(&parts),
            })?;
            newer = Some(*point);
        }
        Ok(anomalies)
    }
}

/// Adds the items of a newer state of a resource to those of the older state that differ, as far as
/// its facts have them, and in their order.
fn add_differing_items(newer: ResourceSpec, older: &mut ResourceSpec, facts: &Value) {
    let mut operations: BTreeMap<(String, String), OperationSpec> = BTreeMap::new();
    let mut models: BTreeMap<String, ModelSpec> = BTreeMap::new();
    let older_apis = std::mem::take(&mut older.apis);
    for PathSpec {
        path,
        operations: own,
        ..
    } in newer.apis.into_iter().chain(older_apis)
    {
        let own = own.into_iter();
        operations.extend(own.map(|own| ((own.http_method.clone(), path.clone()), own)));
    }
    let older_models = std::mem::take(&mut older.models);
    for model in newer.models.into_iter().chain(older_models) {
        models.insert(model.id.clone(), model);
    }
    for name in names(facts, history::OPERATIONS) {
        let Some((method, path)) = name.split_once(' ') else {
            continue;
        };
        let key = (method.to_owned(), path.to_owned());
        let Some(operation) = operations.remove(&key) else {
            continue;
        };
        match older.apis.iter_mut().find(|api| api.path == path) {
            Some(api) => api.operations.push(operation),
            None => older.apis.push(PathSpec {
                path: key.1,
                description: None,
                operations: vec![operation],
            }),
        }
    }
    let kept = names(facts, history::MODELS);
    older.models = kept.filter_map(|name| models.remove(name)).collect();
}

/// Names of the items of a resource.
fn names<'a>(facts: &'a Value, list: &str) -> impl Iterator<Item = &'a String> {
    let items = facts.get(list).and_then(Value::as_object);
    items.into_iter().flat_map(|items| items.keys())
}

/// Dates the operations by the point releases that had them, whatever their specs say.
fn set_introduced_versions(spec: &mut Spec, history: &History, point: Version) {
    for resource in &mut spec.resources {
        for api in &mut resource.apis {
            for operation in &mut api.operations {
                let name = format!("{} {}", operation.http_method, api.path);
                let since = history.introduced_in(&resource.name, &name, point);
                operation.since.retain(|since| since.major != point.major);
                operation.since.extend(since);
            }
        }
    }
}

/// Returns the starts of stretches, oldest first.
fn points(history: &History, release: Release, chosen: &[Version]) -> Result<Vec<Version>> {
    if chosen.is_empty() {
        return Ok(history.point_releases());
    }
    for version in chosen {
        if !(history.first..=history.last).contains(version) {
            let newer = match *version > history.last {
                true => format!(
                    "; choose {}, or give the specs of the newer one with --from",
                    history.last
                ),
                false => String::new(),
            };
            return Err(Error::Usage(format!(
                "Asterisk {version} is not known: the facts of Asterisk {release} reach from {} to \
                 {}{newer}",
                history.first, history.last
            )));
        }
        if !history.exists(*version) {
            let nearest: Vec<String> = history
                .neighbors(*version)
                .iter()
                .map(Version::to_string)
                .collect();
            return Err(Error::Usage(format!(
                "Asterisk {version} does not exist: the nearest point releases are {}",
                nearest.join(" and ")
            )));
        }
    }
    let points: BTreeSet<Version> = chosen.iter().copied().collect();
    Ok(points.into_iter().collect())
}
