//! The models of a version according to its specs.

#[path = "../../../tests/support/points.rs"]
mod points;

use std::collections::BTreeMap;
use std::path::Path;

use ari_api::schema::Version;
use serde_json::Value;

/// The properties of each model of a version, with their types and whether they are required.
pub(crate) struct Models(BTreeMap<String, BTreeMap<String, (String, bool)>>);

impl Models {
    pub(crate) fn for_version(version: Version) -> Models {
        let api_docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-docs");
        let at = [version.major, version.minor, version.patch];
        let points = points::points(&api_docs, version.major);
        let point = points.iter().rev().find(|point| point.number <= at);
        let mut specs = BTreeMap::new();
        for file in point.unwrap().files.values() {
            for (name, model) in file["models"].as_object().into_iter().flatten() {
                specs.insert(name.clone(), model.clone());
            }
        }
        let parent = |name: &str| {
            let has = |spec: &Value| {
                let subs = spec["subTypes"].as_array();
                subs.is_some_and(|subs| subs.iter().any(|sub| sub == name))
            };
            let found = specs.iter().find(|(_, spec)| has(spec));
            found.map(|(name, _)| name.as_str())
        };
        let mut models = BTreeMap::new();
        for name in specs.keys() {
            let mut properties = BTreeMap::new();
            let mut at = Some(name.as_str());
            while let Some(name) = at {
                for (key, property) in specs[name]["properties"].as_object().unwrap() {
                    let kind = property["type"].as_str().unwrap().to_owned();
                    let required = property["required"].as_bool().unwrap_or(false);
                    properties.insert(key.clone(), (kind, required));
                }
                at = parent(name);
            }
            models.insert(name.clone(), properties);
        }
        Models(models)
    }

    /// Returns the names of a model's properties.
    pub(crate) fn properties(&self, model: &str) -> Vec<&String> {
        self.0[model].keys().collect()
    }

    pub(crate) fn contains(&self, kind: &str) -> bool {
        self.0.contains_key(kind)
    }

    /// Adds the errors of a value of type `kind` to `wrong`.
    pub(crate) fn check(&self, place: &str, kind: &str, value: &Value, wrong: &mut Vec<String>) {
        if let Some(item) = kind.strip_prefix("List[") {
            let item = item.trim_end_matches(']');
            for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                self.check(&format!("{place}[{index}]"), item, value, wrong);
            }
            return;
        }
        let Some(properties) = self.0.get(kind) else {
            return;
        };
        let Some(object) = value.as_object() else {
            wrong.push(format!("{place} is {value}"));
            return;
        };
        for (key, value) in object {
            match properties.get(key) {
                None => wrong.push(format!("{place}.{key} is not in {kind}")),
                Some((kind, _)) => self.check(&format!("{place}.{key}"), kind, value, wrong),
            }
        }
        for (key, (_, required)) in properties {
            if *required && !object.contains_key(key) {
                wrong.push(format!("{place} lacks {key} of {kind}"));
            }
        }
    }
}
