//! The point releases of a release, rebuilt from its newest facts and its history.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::Availability;
use crate::error::{Error, Result};
use crate::history::{self, History};
use crate::release::{Release, Version};
use crate::source::Source;
use crate::spec::{Anomaly, Spec};

/// One stretch of point releases that are alike.
pub(crate) struct State<'a> {
    /// The first of them; none for specs without a history.
    pub(crate) point: Option<Version>,
    /// Their specs, mended.
    pub(crate) spec: &'a Spec,
    /// The resources that differ from the newer stretch, all in the newest one; each with the
    /// point releases that have it in this form. None for a single point release, and for specs
    /// without a history.
    pub(crate) parts: Option<&'a BTreeMap<String, Availability>>,
}

impl Source {
    /// The specs of one point release, mended; it needs a [history](Source::history) to be known.
    /// The `apiVersion` is that of the newest facts where the history does not tell.
    ///
    /// # Errors
    /// Those of [`Source::load`], no history, and a point release outside of it.
    pub fn load_point(&self, version: Version) -> Result<Spec> {
        let mut found = None;
        self.each_state(Release::of(version)?, &[version], false, |state| {
            found = Some(state.spec.clone());
            Ok(())
        })?;
        found.ok_or_else(|| Error::Usage(format!("Asterisk {version} is not known")))
    }

    /// Goes through the stretches of point releases that are alike, newest first; only through the
    /// chosen ones, if there are any. Specs without a history are one state. Tells what is unusual
    /// in the newest facts.
    pub(crate) fn each_state(
        &self,
        release: Release,
        chosen: &[Version],
        strict: bool,
        mut each: impl FnMut(State<'_>) -> Result<()>,
    ) -> Result<Vec<Anomaly>> {
        let files = self.files()?;
        let (mut spec, anomalies) = files.clone().mend(release, strict)?;
        let Some(history) = self.history(release)? else {
            if let Some(version) = chosen.first() {
                return Err(Error::Usage(format!(
                    "the specs of Asterisk {release} have no history of point releases beside \
                     them ({}.json), so those of {version} are not known: choose {release}",
                    History::FILE
                )));
            }
            each(State {
                point: None,
                spec: &spec,
                parts: None,
            })?;
            return Ok(anomalies);
        };
        let points = points(&history, release, chosen)?;
        let mut facts = files.facts();
        let mut newer: Option<Version> = None;
        for (index, point) in points.iter().enumerate().rev() {
            let mut changed: BTreeSet<&str> = BTreeSet::new();
            let after = history.after(*point);
            let known = newer.map_or(0, |newer| history.after(newer).count());
            for change in after.skip(known) {
                history::rewind(&mut facts, &change.before);
                changed.extend(change.before.keys().map(String::as_str));
            }
            for name in &changed {
                let old = files.resource_at(*point, name, &facts)?;
                let at = spec.resources.iter().position(|known| known.name == *name);
                match (at, old) {
                    (Some(at), Some(old)) => spec.resources[at] = old,
                    (Some(at), None) => drop(spec.resources.remove(at)),
                    (None, Some(old)) => spec.resources.push(old),
                    (None, None) => {}
                }
            }
            if let Some(api_version) = history::api_version(&facts) {
                spec.api_version = api_version.to_owned();
            }
            let parts = spec.resources.iter().map(|resource| resource.name.as_str());
            let parts = parts.filter(|name| newer.is_none() || changed.contains(name));
            let parts = parts
                .map(|name| {
                    let start = history.start(name, &points[..=index]);
                    // What is first of all is so from the beginning.
                    let start = start.filter(|start| *start != points[0]);
                    let span = Availability::span(release, start, newer);
                    (name.to_owned(), span)
                })
                .collect();
            // One point release says nothing of others, but which of them brought its operations.
            let is_alone = points.len() == 1 && !chosen.is_empty();
            if is_alone {
                date(&mut spec, &history, *point);
            }
            each(State {
                point: Some(*point),
                spec: &spec,
                parts: (!is_alone).then_some(&parts),
            })?;
            newer = Some(*point);
        }
        Ok(anomalies)
    }
}

/// Dates the operations by the point releases that had them, whatever their specs say.
fn date(spec: &mut Spec, history: &History, point: Version) {
    for resource in &mut spec.resources {
        for api in &mut resource.apis {
            for operation in &mut api.operations {
                let name = format!("{} {}", operation.http_method, api.path);
                let since = history.introduced(&resource.name, &name, point);
                operation.since.retain(|since| since.major != point.major);
                operation.since.extend(since);
            }
        }
    }
}

/// Where stretches begin, oldest first.
fn points(history: &History, release: Release, chosen: &[Version]) -> Result<Vec<Version>> {
    if chosen.is_empty() {
        return Ok(history.points());
    }
    for version in chosen {
        if !(history.first..=history.last).contains(version) {
            return Err(Error::Usage(format!(
                "Asterisk {version} is not known: the facts of Asterisk {release} reach from {} to \
                 {}",
                history.first, history.last
            )));
        }
    }
    let points: BTreeSet<Version> = chosen.iter().copied().collect();
    Ok(points.into_iter().collect())
}
