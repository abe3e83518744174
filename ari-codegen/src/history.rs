//! Changes between point releases, from `changes.json` in a release's folder.
//!
//! The spec files hold the newest facts. `changes.json` names the first and the last point release
//! that is known, the last patch of each minor release (`patches`), and lists, oldest first, the point releases that changed anything. Each says what
//! it was like `before`: a JSON merge patch (RFC 7386) that turns the newer facts into the older
//! ones, `null` for what was not there. A change without `version` came after the last point
//! release and is in none. Lists whose members have names stand as objects in it: operations by
//! method and path, parameters, and subtypes by name.

use serde_json::{Map, Value, json};

use crate::error::{Error, Place, Result};
use crate::spec_file::INDEX;
use crate::{Release, Version};

/// The changes of one release.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Its first point release.
    pub first: Version,
    /// Its last point release that is known.
    pub last: Version,
    /// The last patch of each minor release, from `.0` on: `[2, 1]` if there are `.0.0` to `.0.2`,
    /// `.1.0` and `.1.1`. Empty if this is not known.
    pub patches: Vec<u16>,
    /// The changes, oldest first.
    pub changes: Vec<Change>,
}

/// The changes of one point release.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The point release. `None` for changes after the last one.
    pub version: Option<Version>,
    /// The merge patch back, by resource.
    pub reverse_patch: Map<String, Value>,
}

/// The facts of a release: its resources, and the index under its own name, with [named
/// lists](by_name) as objects.
pub(crate) type Facts = Map<String, Value>;

/// An operation or a model: the key of its list in [`Facts`], and its name there.
pub(crate) type Item<'a> = (&'a str, &'a str);

/// Key of the operations of a resource in [`Facts`].
pub(crate) const OPERATIONS: &str = "operations";

/// Key of the models of a resource.
pub(crate) const MODELS: &str = "models";

impl Change {
    /// Returns `true` if a resource, or an item of it, was different before.
    pub(crate) fn affects(&self, resource: &str, item: Option<Item<'_>>) -> bool {
        match (self.reverse_patch.get(resource), item) {
            (None, _) => false,
            (Some(Value::Object(before)), Some((list, name))) => match before.get(list) {
                Some(Value::Object(items)) => items.contains_key(name),
                other => other.is_some(),
            },
            (Some(_), _) => true,
        }
    }
}

impl History {
    /// Name of its file, without `.json`.
    pub const FILE: &str = "changes";

    /// A release of which one point release is known.
    pub fn new(only: Version) -> Self {
        History {
            first: only,
            last: only,
            patches: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// Reads the file's JSON.
    ///
    /// # Errors
    /// Returns [`Error::Spec`] with the JSON path if something is missing or of another type, if a
    /// version is of another release, or if the order is wrong.
    pub fn read(file: &str, release: Release, json: &Value) -> Result<History> {
        let wrong = |path: &str, problem: &str| {
            let place = Place {
                file: file.into(),
                path: path.to_owned(),
                subject: None,
            };
            place.error(problem)
        };
        let version = |value: &Value, path: &str| {
            let version = value.as_str().and_then(|text| text.parse::<Version>().ok());
            version
                .filter(|version| version.major == release.number())
                .ok_or_else(|| {
                    wrong(
                        path,
                        &format!("expected a point release such as {release}.1.0"),
                    )
                })
        };
        let first = version(&json["first"], "$.first")?;
        let last = version(&json["last"], "$.last")?;
        let mut changes: Vec<Change> = Vec::new();
        let list = json["changes"].as_array();
        for (index, change) in list
            .ok_or_else(|| wrong("$.changes", "expected a list"))?
            .iter()
            .enumerate()
        {
            let path = format!("$.changes[{index}]");
            let at = match change.get("version") {
                Some(value) => Some(version(value, &format!("{path}.version"))?),
                None => None,
            };
            let earlier = match changes.last() {
                Some(change) => change.version,
                None => Some(first),
            };
            let in_order = match (earlier, at) {
                (Some(earlier), Some(at)) => earlier < at && at <= last,
                (Some(_), None) => true,
                (None, _) => false,
            };
            if !in_order {
                return Err(wrong(
                    &path,
                    "expected a point release behind the one before, up to `last`; what has no \
                     version stands at the end",
                ));
            }
            let before = change["before"].as_object().cloned();
            changes.push(Change {
                version: at,
                reverse_patch: before
                    .ok_or_else(|| wrong(&format!("{path}.before"), "expected an object"))?,
            });
        }
        if first > last {
            return Err(wrong("$.last", "is older than `first`"));
        }
        let patches = match json.get("patches") {
            None => Some(Vec::new()),
            Some(patches) => serde_json::from_value(patches.clone()).ok(),
        };
        let history = History {
            first,
            last,
            patches: patches.ok_or_else(|| wrong("$.patches", "expected a list of numbers"))?,
            changes,
        };
        match history.exists(first) && history.exists(last) {
            true => Ok(history),
            false => Err(wrong("$.patches", "lacks `first` or `last`")),
        }
    }

    /// Returns `true` unless the point release is known not to exist.
    pub fn exists(&self, version: Version) -> bool {
        let last = self.patches.get(usize::from(version.minor));
        self.patches.is_empty() || last.is_some_and(|last| version.patch <= *last)
    }

    /// Returns the point releases that are known to exist, oldest first; none if this is not known.
    pub fn existing(&self) -> impl Iterator<Item = Version> {
        let major = self.first.major;
        let minors = self.patches.iter().zip(0_u16..);
        minors.flat_map(move |(last, minor)| {
            (0..=*last).map(move |patch| Version {
                major,
                minor,
                patch,
            })
        })
    }

    /// Returns the existing point releases before and after one that does not exist.
    pub(crate) fn neighbors(&self, version: Version) -> Vec<Version> {
        let (before, after): (Vec<_>, Vec<_>) = self.existing().partition(|known| *known < version);
        let neighbors = before.last().into_iter().chain(after.first());
        neighbors.copied().collect()
    }

    /// The file's JSON.
    pub fn to_json(&self) -> Value {
        let changes = self.changes.iter().map(|change| match change.version {
            Some(version) => {
                json!({"version": version.to_string(), "before": change.reverse_patch})
            }
            None => json!({"before": change.reverse_patch}),
        });
        let mut json = Map::new();
        json.insert("first".into(), self.first.to_string().into());
        json.insert("last".into(), self.last.to_string().into());
        if !self.patches.is_empty() {
            json.insert("patches".into(), json!(self.patches));
        }
        json.insert("changes".into(), changes.collect());
        json.into()
    }

    /// The point releases at which a stretch of equal ones begins, oldest first.
    pub fn point_releases(&self) -> Vec<Version> {
        let changes = self.changes.iter().filter_map(|change| change.version);
        [self.first].into_iter().chain(changes).collect()
    }

    /// The changes that a point release came before, newest first.
    pub(crate) fn after(&self, version: Version) -> impl Iterator<Item = &Change> {
        let changes = self.changes.iter().rev();
        changes.take_while(move |change| change.version.is_none_or(|at| at > version))
    }

    /// The oldest of these point releases from which on a resource, or an item of it, was as it is
    /// in the last of them.
    pub(crate) fn start(
        &self,
        resource: &str,
        item: Option<Item<'_>>,
        points: &[Version],
    ) -> Option<Version> {
        let last = points.last()?;
        let known = self.changes.iter().rev();
        let mut known = known.filter_map(|change| Some((change.version?, change)));
        let turn = known.find(|(at, change)| at <= last && change.affects(resource, item));
        turn.and_then(|(turn, _)| points.iter().find(|point| **point >= turn))
            .or(points.first())
            .copied()
    }

    /// The point release up to `version` that introduced an operation, if the release began without
    /// it.
    pub(crate) fn introduced_in(
        &self,
        resource: &str,
        operation: &str,
        version: Version,
    ) -> Option<Version> {
        let absent = |change: &&Change| match change.reverse_patch.get(resource) {
            Some(Value::Object(before)) => before
                .get("operations")
                .and_then(|operations| operations.get(operation))
                .is_some_and(Value::is_null),
            Some(_) => true,
            None => false,
        };
        let known = self.changes.iter().rev();
        let mut known = known.filter(|change| change.version.is_some_and(|at| at <= version));
        known.find(absent)?.version
    }

    /// Adds a point release, with those before it of the same minor release.
    fn add_patch(&mut self, version: Version) {
        let minor = usize::from(version.minor);
        if self.patches.is_empty() {
            return;
        }
        if self.patches.len() <= minor {
            self.patches.resize(minor + 1, 0);
        }
        self.patches[minor] = self.patches[minor].max(version.patch);
    }

    /// The history once newer facts take the place of known ones: those of `version`, or of no
    /// point release, as a branch between two has them.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the version is older than the last one that is known.
    pub(crate) fn replace(
        &self,
        version: Option<Version>,
        known: Facts,
        newer: &Facts,
    ) -> Result<History> {
        if let Some(version) = version.filter(|version| *version < self.last) {
            return Err(Error::Usage(format!(
                "{version} is older than {}, the last point release that is known: only the \
                 newest one can be imported",
                self.last
            )));
        }
        let mut history = self.clone();
        let mut facts = known;
        // Drop changes that belong to no point release, and those that the newer facts replace.
        let stale = |change: &Change| {
            change.version.is_none() || (version.is_some() && change.version == version)
        };
        while let Some(change) = history.changes.pop_if(|change| stale(change)) {
            rewind(&mut facts, &change.reverse_patch);
        }
        if let Some(version) = version {
            history.last = version;
            history.add_patch(version);
        }
        if let Some(before) = patch(newer, &facts) {
            // The first point release has nothing before it.
            if version != Some(self.first) {
                history.changes.push(Change {
                    version,
                    reverse_patch: before,
                });
            }
        }
        Ok(history)
    }
}

/// Facts as they were before a change.
pub(crate) fn rewind(facts: &mut Facts, before: &Map<String, Value>) {
    for (key, older) in before {
        if older.is_null() {
            facts.shift_remove(key);
            continue;
        }
        match older.as_object() {
            Some(older) => {
                let entry = facts.entry(key.clone()).or_insert_with(|| json!({}));
                if !entry.is_object() {
                    *entry = json!({});
                }
                if let Some(entry) = entry.as_object_mut() {
                    rewind(entry, older);
                }
            }
            None => {
                facts.insert(key.clone(), older.clone());
            }
        }
    }
}

/// The merge patch from newer facts to older ones, if they differ.
fn patch(newer: &Facts, older: &Facts) -> Option<Map<String, Value>> {
    let gone = older.iter().filter_map(|(key, old)| {
        let change = match (newer.get(key), old) {
            (Some(Value::Object(new)), Value::Object(old)) => Value::Object(patch(new, old)?),
            (Some(new), old) if new == old => return None,
            (_, old) => old.clone(),
        };
        Some((key.clone(), change))
    });
    let added = newer.keys().filter(|key| !older.contains_key(*key));
    let patch: Map<_, _> = gone
        .chain(added.map(|key| (key.clone(), Value::Null)))
        .collect();
    (!patch.is_empty()).then_some(patch)
}

/// The `apiVersion` of the index.
pub(crate) fn api_version(facts: &Facts) -> Option<&str> {
    facts.get(INDEX)?.get("apiVersion")?.as_str()
}

/// Returns a resource's JSON with its lists of named things as objects: operations by method and
/// path, parameters and subtypes by name. Items without a name are left out; those that are not
/// wanted have a name and nothing else.
fn by_name(resource: &Value, wanted: impl Fn(Item<'_>) -> bool) -> Value {
    let Some(resource) = resource.as_object() else {
        return resource.clone();
    };
    let others = resource.iter().filter(|(key, _)| *key != "apis");
    let others = others.map(|(key, value)| {
        let value = match value {
            Value::Object(models) if key == MODELS => {
                let models = models.iter().map(|(name, model)| {
                    let model = match wanted((MODELS, name)) {
                        true => model_by_name(model),
                        false => Value::Null,
                    };
                    (name.clone(), model)
                });
                Value::Object(models.collect())
            }
            _ => value.clone(),
        };
        (key.clone(), value)
    });
    let mut by_name: Map<String, Value> = others.collect();
    let mut operations = Map::new();
    for api in list(resource.get("apis")) {
        let path = api["path"].as_str().unwrap_or_default();
        for operation in list(api.get("operations")) {
            let Some(method) = operation["httpMethod"].as_str() else {
                continue;
            };
            let name = format!("{method} {path}");
            let operation = match wanted((OPERATIONS, &name)) {
                true => operation_by_name(operation),
                false => Value::Null,
            };
            operations.insert(name, operation);
        }
    }
    by_name.insert(OPERATIONS.into(), operations.into());
    by_name.into()
}

fn operation_by_name(operation: &Value) -> Value {
    let mut by_name = operation.clone();
    remove(&mut by_name, "httpMethod");
    remove(&mut by_name, "parameters");
    let parameters = list(operation.get("parameters")).iter();
    let parameters = parameters.filter_map(|parameter| {
        let mut parameter = parameter.clone();
        match remove(&mut parameter, "name") {
            Some(Value::String(name)) => Some((name, parameter)),
            _ => None,
        }
    });
    let parameters: Map<_, _> = parameters.collect();
    if !parameters.is_empty() {
        by_name["parameters"] = parameters.into();
    }
    by_name
}

fn model_by_name(model: &Value) -> Value {
    let mut by_name = model.clone();
    if let Some(sub_types) = remove(&mut by_name, "subTypes") {
        let names = list(Some(&sub_types)).iter();
        let names = names.filter_map(|name| Some((name.as_str()?.to_owned(), json!({}))));
        by_name["subTypes"] = Value::Object(names.collect());
    }
    by_name
}

/// The resource's JSON again, with the wanted items of it only.
pub(crate) fn as_lists(resource: &Value, wanted: impl Fn(Item<'_>) -> bool) -> Value {
    let parts = resource.as_object().into_iter().flatten();
    let parts = parts.map(|(key, value)| match value {
        Value::Object(items) if [OPERATIONS, MODELS].contains(&key.as_str()) => {
            let items = items.iter().filter(|(name, _)| wanted((key, name)));
            let items = items.map(|(name, item)| (name.clone(), item.clone()));
            (key.clone(), Value::Object(items.collect()))
        }
        _ => (key.clone(), value.clone()),
    });
    let mut resource = Value::Object(parts.collect());
    let Some(top) = resource.as_object_mut() else {
        return resource;
    };
    let mut apis: Vec<Value> = Vec::new();
    if let Some(Value::Object(operations)) = top.shift_remove(OPERATIONS) {
        for (name, mut operation) in operations {
            let Some((method, path)) = name.split_once(' ') else {
                continue;
            };
            operation["httpMethod"] = method.into();
            if let Some(Value::Object(parameters)) = remove(&mut operation, "parameters") {
                let named = parameters.into_iter().map(|(name, mut parameter)| {
                    parameter["name"] = name.into();
                    parameter
                });
                operation["parameters"] = named.collect();
            }
            match apis.iter_mut().find(|api| api["path"] == path) {
                Some(api) => {
                    if let Some(known) = api["operations"].as_array_mut() {
                        known.push(operation);
                    }
                }
                None => apis.push(json!({"path": path, "operations": [operation]})),
            }
        }
    }
    top.insert("apis".into(), apis.into());
    for model in members(top.get_mut(MODELS)) {
        if let Some(Value::Object(names)) = remove(model, "subTypes") {
            model["subTypes"] = names.into_iter().map(|(name, _)| name).collect();
        }
    }
    resource
}

/// Returns all files of a release as [`Facts`], with the content of wanted items only. The index
/// lacks its list of resources, because their names are those of the facts.
pub(crate) fn facts<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a Value)>,
    wanted: impl Fn(&str, Item<'_>) -> bool,
) -> Facts {
    let files = files.into_iter().map(|(name, json)| {
        let facts = match name {
            INDEX => {
                let mut index = json.clone();
                remove(&mut index, "apis");
                index
            }
            _ => by_name(json, |item| wanted(name, item)),
        };
        (name.to_owned(), facts)
    });
    files.collect()
}

fn remove(value: &mut Value, key: &str) -> Option<Value> {
    value.as_object_mut()?.shift_remove(key)
}

fn list(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(items)) => items,
        _ => &[],
    }
}

fn members(value: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    let members = value.and_then(Value::as_object_mut);
    members
        .into_iter()
        .flat_map(|members| members.values_mut())
        .filter(|member| member.is_object())
}
