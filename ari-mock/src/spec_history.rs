//! The changes of point releases: `changes.json` next to the specs of a release.
//!
//! The file lists, oldest first, the differences of the specs before each point release that
//! changed anything, as JSON merge patches. A change without a version is not part of any point
//! release yet.

use ari_api::schema::Version;
use serde_json::{Map, Value};

/// The changes of one release.
#[derive(Default)]
pub(crate) struct History {
    last: Option<Version>,
    changes: Vec<Change>,
}

/// The changes of one point release.
pub(crate) struct Change {
    /// `None` for changes after the last point release.
    version: Option<Version>,
    /// The differences before this point release, by resource; null for a resource that did not
    /// exist.
    pub(crate) before: Map<String, Value>,
}

impl Change {
    /// Reads a change, or `None` if it has no differences.
    fn from_json(change: Value) -> Option<Change> {
        let Value::Object(mut change) = change else {
            return None;
        };
        let Some(Value::Object(before)) = change.remove("before") else {
            return None;
        };
        let version = change.get("version").and_then(Value::as_str);
        Some(Change {
            version: version.and_then(parse_version),
            before,
        })
    }

    /// Returns the point release, or `None` for changes after the last one.
    pub(crate) fn version(&self) -> Option<Version> {
        self.version
    }
}

fn parse_version(text: &str) -> Option<Version> {
    Version::from_server_header(&format!("Asterisk/{text}"))
}

impl History {
    pub(crate) fn parse(text: &str) -> History {
        let mut file: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
        let last = file.get("last").and_then(Value::as_str);
        let last = last.and_then(parse_version);
        let changes = match file.remove("changes") {
            Some(Value::Array(changes)) => changes,
            _ => Vec::new(),
        };
        let changes = changes.into_iter().filter_map(Change::from_json).collect();
        History { last, changes }
    }

    /// Returns all changes, newest first.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().rev()
    }

    /// Returns the newest point release that changed anything.
    pub(crate) fn newest(&self) -> Option<Version> {
        self.changes().find_map(Change::version)
    }

    /// Returns the changes that came after a version, newest first.
    pub(crate) fn after(&self, version: Version) -> impl Iterator<Item = &Change> {
        let unknown = self.last.is_none_or(|last| version > last);
        self.changes().filter(move |change| match change.version() {
            Some(at) => at > version,
            None => !unknown,
        })
    }
}

/// Reverts a spec to its state before a change.
pub(crate) fn revert(spec: &mut Value, before: &Map<String, Value>) {
    for (key, change) in before {
        match (key.as_str(), change) {
            ("operations", Value::Object(operations)) => {
                for (name, change) in operations {
                    revert_operation(spec, name, change);
                }
            }
            ("models", Value::Object(models)) => {
                for (name, change) in models {
                    revert_model(&mut spec["models"], name, change);
                }
            }
            _ => apply_patch(spec, key, change),
        }
    }
}

/// Reverts an operation, named by its method and path as in `GET /channels`.
fn revert_operation(spec: &mut Value, name: &str, change: &Value) {
    let Some((method, path)) = name.split_once(' ') else {
        return;
    };
    let Some(apis) = spec["apis"].as_array_mut() else {
        return;
    };
    let operations = apis
        .iter_mut()
        .filter(|api| api["path"] == path)
        .filter_map(|api| api["operations"].as_array_mut());
    for operations in operations {
        if change.is_null() {
            operations.retain(|operation| operation["httpMethod"] != method);
        }
        let same = operations
            .iter_mut()
            .filter(|operation| operation["httpMethod"] == method);
        for operation in same {
            for (key, change) in change.as_object().into_iter().flatten() {
                match (key.as_str(), change) {
                    ("parameters", Value::Object(parameters)) => {
                        for (name, change) in parameters {
                            revert_named(&mut operation["parameters"], name, change);
                        }
                    }
                    _ => apply_patch(operation, key, change),
                }
            }
        }
    }
    apis.retain(|api| {
        api["operations"]
            .as_array()
            .is_some_and(|operations| !operations.is_empty())
    });
}

/// Reverts one item of a list of named items.
fn revert_named(list: &mut Value, name: &str, change: &Value) {
    let Some(items) = list.as_array_mut() else {
        return;
    };
    if change.is_null() {
        items.retain(|item| item["name"] != name);
    }
    for item in items.iter_mut().filter(|item| item["name"] == name) {
        for (key, change) in change.as_object().into_iter().flatten() {
            apply_patch(item, key, change);
        }
    }
}

fn revert_model(models: &mut Value, name: &str, change: &Value) {
    let mut change = change.clone();
    let sub_types = change
        .as_object_mut()
        .and_then(|change| change.remove("subTypes"));
    apply_patch(models, name, &change);
    let Some(Value::Object(sub_types)) = sub_types else {
        return;
    };
    if let Some(known) = models[name]["subTypes"].as_array_mut() {
        for (name, change) in sub_types {
            known.retain(|known| *known != *name);
            if !change.is_null() {
                known.push(name.into());
            }
        }
    }
}

/// Applies a merge patch to one member of an object.
fn apply_patch(object: &mut Value, key: &str, change: &Value) {
    let Some(object) = object.as_object_mut() else {
        return;
    };
    match change {
        Value::Null => drop(object.remove(key)),
        Value::Object(changes) => {
            let member = object
                .entry(key)
                .or_insert_with(|| Value::Object(Map::new()));
            for (key, change) in changes {
                apply_patch(member, key, change);
            }
        }
        other => drop(object.insert(key.to_owned(), other.clone())),
    }
}
