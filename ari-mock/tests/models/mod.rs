//! The models of a release, as its specs have them.

use std::collections::BTreeMap;

use serde_json::Value;

/// Names, types, and whether they are required, of the properties of the models of a release.
pub(crate) struct Models(BTreeMap<String, BTreeMap<String, (String, bool)>>);

impl Models {
    pub(crate) fn of(release: u16) -> Models {
        let folder = format!("{}/api-docs/{release}", env!("CARGO_MANIFEST_DIR"));
        let mut specs = BTreeMap::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let file: Value = serde_json::from_str(&text).unwrap();
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

    pub(crate) fn know(&self, kind: &str) -> bool {
        self.0.contains_key(kind)
    }

    /// What is wrong with a value of this type.
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
