//! The properties that the models of each release have.
//!
//! The simulation knows only the newest form of each object. A property that the specs of this
//! point release lack, but those of another have, is removed before an object is sent. A property
//! that no spec knows stays, because a real server sends such properties, too.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, LazyLock};

use ari_api::schema::Version;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value, json};

use crate::json::{Json, Object};
use crate::sorted_map::SortedMap;
use crate::{docs, spec_history};

/// The models of one point release, and of the following ones that are alike.
#[derive(Default)]
pub(crate) struct ReleaseSchema {
    models: HashMap<String, Model>,
    /// Models that only other releases have.
    missing_models: HashSet<String>,
}

#[derive(Default)]
struct Model {
    /// Properties that only other releases have.
    omitted: HashSet<String>,
    /// Properties that hold models, directly or in lists, with the names of these models.
    nested: HashMap<String, String>,
    /// True if nothing has to be removed, at any depth.
    is_complete: bool,
}

/// The models in a file of the specs, without the operations.
struct SpecFile {
    models: Map<String, Value>,
}

impl<'de> Deserialize<'de> for SpecFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SpecFileVisitor)
    }
}

struct SpecFileVisitor;

impl<'de> Visitor<'de> for SpecFileVisitor {
    type Value = SpecFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a spec")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<SpecFile, A::Error> {
        let mut models = Map::new();
        while let Some(key) = from.next_key::<String>()? {
            if key == "models" {
                models = from.next_value()?;
            } else {
                from.next_value::<IgnoredAny>()?;
            }
        }
        Ok(SpecFile { models })
    }
}

/// The own properties of a model, with their types.
fn own_properties(model: &Value) -> impl Iterator<Item = (&String, &str)> {
    let properties = model["properties"].as_object().into_iter().flatten();
    properties.filter_map(|(name, property)| Some((name, property["type"].as_str()?)))
}

/// The names of a model's subtypes.
fn sub_types(model: &Value) -> impl Iterator<Item = &str> {
    let names = model["subTypes"].as_array().into_iter().flatten();
    names.filter_map(Value::as_str)
}

/// Names and types of properties, by model.
type ModelProperties = SortedMap<String, SortedMap<String, String>>;

/// The models of all releases, by the first version that has them.
static SCHEMAS: LazyLock<SortedMap<Version, ReleaseSchema>> = LazyLock::new(|| {
    let points: SortedMap<Version, ModelProperties> = docs::releases()
        .iter()
        .flat_map(|release| point_releases(*release))
        .collect();
    let shapes = points
        .iter()
        .map(|(version, own)| (*version, ReleaseSchema::new(own, points.values())));
    shapes.collect()
});

/// Returns the models of a release for each range of point releases that are alike, newest first,
/// with the first version of the range.
fn point_releases(release: u16) -> Vec<(Version, ModelProperties)> {
    let mut files: SortedMap<String, Value> = docs::specs(release)
        .filter_map(|(name, text)| {
            let file = serde_json::from_str::<SpecFile>(text).ok()?;
            Some((name, json!({"models": file.models})))
        })
        .collect();
    let mut points = Vec::new();
    let history = docs::history(release);
    for change in history.changes() {
        // Changes after the last point release are not part of any version.
        if let Some(version) = change.version() {
            points.push((version, models(&files)));
        }
        for (name, before) in &change.before {
            match (before, files.get_mut(name)) {
                (Value::Object(before), Some(file)) => spec_history::revert(file, before),
                _ => drop(files.remove(name)),
            }
        }
    }
    points.push((Version::new(release, 0, 0), models(&files)));
    points
}

/// Returns the models of these specs, each with its inherited properties.
fn models(files: &SortedMap<String, Value>) -> ModelProperties {
    let mut specs: SortedMap<&str, &Value> = SortedMap::new();
    let mut parents: SortedMap<&str, &str> = SortedMap::new();
    let models = files.values().filter_map(|file| file["models"].as_object());
    for (name, model) in models.flatten() {
        specs.insert(name, model);
        parents.extend(sub_types(model).map(|sub| (sub, name.as_str())));
    }
    let mut models = ModelProperties::new();
    for name in specs.keys() {
        let mut properties = SortedMap::new();
        let mut next = Some(name);
        while let Some(name) = next {
            let own = specs
                .get(name)
                .copied()
                .into_iter()
                .flat_map(own_properties);
            properties.extend(own.map(|(name, kind)| (name.clone(), kind.to_owned())));
            next = parents.get(name);
        }
        models.insert((*name).to_owned(), properties);
    }
    models
}

/// Returns the model in `Channel` or `List[Channel]`.
fn item_model(kind: &str) -> &str {
    let item = kind
        .strip_prefix("List[")
        .and_then(|kind| kind.strip_suffix(']'));
    item.unwrap_or(kind)
}

impl ReleaseSchema {
    /// Returns the models of a version.
    pub(crate) fn for_version(version: Version) -> &'static ReleaseSchema {
        static NONE: LazyLock<ReleaseSchema> = LazyLock::new(ReleaseSchema::default);
        // Future releases are treated as the newest known one.
        let release = docs::release_for(version);
        let version = match version.major == release {
            true => version,
            false => Version::new(release, u16::MAX, 0),
        };
        let known = SCHEMAS
            .iter()
            .take_while(|(first, _)| **first <= version)
            .last();
        known.map_or(&NONE, |(_, shapes)| shapes)
    }

    fn new<'a>(own: &ModelProperties, all: impl Iterator<Item = &'a ModelProperties>) -> Self {
        let mut known: SortedMap<&str, BTreeSet<&str>> = SortedMap::new();
        for (model, properties) in all.flatten() {
            let names = properties.keys().map(String::as_str);
            known.get_or_insert_with(model, BTreeSet::new).extend(names);
        }
        let missing = known.keys().filter(|name| !own.contains_key(**name));
        let missing = missing.map(|name| (*name).to_owned()).collect();
        let mut models: HashMap<String, Model> = own
            .iter()
            .map(|(name, properties)| {
                let known = known.get(name.as_str()).into_iter().flatten();
                let lacks = known.filter(|known| !properties.contains_key(**known));
                let nested = properties
                    .iter()
                    .map(|(name, kind)| (name, item_model(kind)))
                    .filter(|(_, kind)| own.contains_key(*kind));
                let model = Model {
                    omitted: lacks.map(|name| (*name).to_owned()).collect(),
                    nested: nested
                        .map(|(name, kind)| (name.clone(), kind.to_owned()))
                        .collect(),
                    is_complete: true,
                };
                (name.clone(), model)
            })
            .collect();
        // A model is whole if all models in it are. Models that are not whole make the models
        // around them incomplete, too.
        loop {
            let torn = |model: &Model| {
                let inner = model.nested.values();
                let torn = |name: &String| models.get(name).is_some_and(|model| !model.is_complete);
                model.is_complete && (!model.omitted.is_empty() || inner.into_iter().any(torn))
            };
            let found = models.iter().filter(|(_, model)| torn(model));
            let found: Vec<_> = found.map(|(name, _)| name.clone()).collect();
            if found.is_empty() {
                return ReleaseSchema {
                    models,
                    missing_models: missing,
                };
            }
            for name in found {
                if let Some(model) = models.get_mut(&name) {
                    model.is_complete = false;
                }
            }
        }
    }

    /// Returns whether only other releases have a model.
    pub(crate) fn omits(&self, model: &str) -> bool {
        self.missing_models.contains(model)
    }

    /// Returns whether a property of a model holds models.
    pub(crate) fn is_nested(&self, model: &str, property: &str) -> bool {
        let model = self.models.get(model);
        model.is_some_and(|model| model.nested.contains_key(property))
    }

    /// Removes the properties that this release does not send from an object. `kind` is the name of
    /// its model, or a list of that.
    pub(crate) fn trim(&self, kind: &str, value: Json) -> Json {
        let Some(model) = self.models.get(item_model(kind)) else {
            return value;
        };
        if model.is_complete {
            return value;
        }
        match value {
            Json::Object(object) => {
                let object = Arc::unwrap_or_clone(object);
                Json::from(self.trim_object(model, object))
            }
            Json::List(items) => {
                let items = items.into_iter();
                Json::List(items.map(|item| self.trim(kind, item)).collect())
            }
            other => other,
        }
    }

    /// Removes the properties that this release does not send from a message, whose model is its
    /// type.
    pub(crate) fn trim_message(&self, message: Object) -> Object {
        match message.type_name().map(str::to_owned) {
            Some(kind) => self.trim_model(&kind, message),
            None => message,
        }
    }

    /// The same of an object of this model.
    pub(crate) fn trim_model(&self, model: &str, object: Object) -> Object {
        match self.models.get(model) {
            Some(model) if !model.is_complete => self.trim_object(model, object),
            _ => object,
        }
    }

    fn trim_object(&self, model: &Model, object: Object) -> Object {
        object.filter_map_values(|key, value| match model.nested.get(key) {
            _ if model.omitted.contains(key) => None,
            Some(inner) => Some(self.trim(inner, value)),
            None => Some(value),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn release_sends_properties_of_its_models() {
        let plan = Object::new().with("priority", 1).with("app_name", "Stasis");
        let channel = Object::new()
            .with("id", "a")
            .with("protocol_id", "p")
            .with("invented", true)
            .with("dialplan", plan);
        let event = Object::new()
            .with("type", "ChannelDestroyed")
            .with("tech_cause", 486)
            .with("channel", channel)
            .with("asterisk_id", "x");
        let v = Version::new;
        for (version, expected) in [
            (
                v(12, 0, 0),
                r#"{"type":"ChannelDestroyed","channel":{"id":"a","invented":true,"dialplan":{"priority":1}}}"#,
            ),
            (
                v(15, 0, 0),
                r#"{"type":"ChannelDestroyed","channel":{"id":"a","invented":true,"dialplan":{"priority":1}},"asterisk_id":"x"}"#,
            ),
            (
                v(21, 0, 0),
                r#"{"type":"ChannelDestroyed","channel":{"id":"a","protocol_id":"p","invented":true,"dialplan":{"priority":1,"app_name":"Stasis"}},"asterisk_id":"x"}"#,
            ),
            (v(22, 7, 0), event.to_text().as_str()),
            // Future releases are treated as the newest known one.
            (v(99, 0, 0), event.to_text().as_str()),
        ] {
            let shapes = ReleaseSchema::for_version(version);
            let text = shapes.trim_message(event.clone()).to_text();
            assert_eq!(text, expected, "{version}");
            let list = Json::List(vec![event.clone().into()]);
            let list = serde_json::to_string(&shapes.trim("List[ChannelDestroyed]", list));
            assert_eq!(list.unwrap(), format!("[{expected}]"), "{version}");
        }
    }

    #[test]
    fn release_sends_only_its_own_events() {
        for (release, minor, kind, lacks) in [
            (16, 28, "RESTResponse", true),
            (22, 3, "RESTResponse", true),
            (22, 4, "RESTResponse", false),
            (12, 8, "ChannelHold", true),
            (13, 3, "ChannelHold", true),
            (13, 4, "ChannelHold", false),
            (13, 0, "Invented", false),
        ] {
            let shapes = ReleaseSchema::for_version(Version::new(release, minor, 0));
            assert_eq!(shapes.omits(kind), lacks, "{kind} in {release}.{minor}");
        }
    }
}
