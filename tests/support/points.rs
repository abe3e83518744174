//! An independent reader of the point releases in `api-docs`: plain JSON, edited in place.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// Major, minor and patch.
pub(crate) type Number = [u16; 3];

/// The spec files of a range of equal point releases, by name.
#[derive(Clone)]
pub(crate) struct Point {
    /// The first of them.
    pub(crate) number: Number,
    /// The files of resources.
    pub(crate) files: BTreeMap<String, Value>,
}

/// Returns the ranges of a release below `api-docs`, oldest first; a single one if no history is
/// known.
pub(crate) fn points(api_docs: &Path, release: u16) -> Vec<Point> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(api_docs.join(release.to_string())).expect("a release") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("a text file");
        let json: Value = serde_json::from_str(&text).expect("JSON");
        files.insert(name.into_owned(), json);
    }
    files.remove("resources");
    let mut points = Vec::new();
    let mut add = |number: Number, files: &BTreeMap<String, Value>| {
        let files = files.clone();
        points.insert(0, Point { number, files });
    };
    let Some(history) = files.remove("changes") else {
        add([release, 0, 0], &files);
        return points;
    };
    for change in history["changes"].as_array().expect("changes").iter().rev() {
        // A change after the last point release is in none.
        if let Some(version) = change["version"].as_str() {
            add(number(version), &files);
        }
        for (name, before) in members(&change["before"]) {
            match before {
                Value::Null => drop(files.remove(name)),
                before => rewind(files.get_mut(name).expect("a file"), before),
            }
        }
    }
    add(
        number(history["first"].as_str().expect("a version")),
        &files,
    );
    points
}

fn number(version: &str) -> Number {
    let parts: Vec<u16> = version
        .split('.')
        .map(|n| n.parse().expect("a number"))
        .collect();
    parts.try_into().expect("three numbers")
}

fn members(json: &Value) -> impl Iterator<Item = (&String, &Value)> {
    json.as_object().expect("an object").iter()
}

/// Restores an earlier version of a file.
fn rewind(file: &mut Value, before: &Value) {
    for (key, change) in members(before) {
        match key.as_str() {
            "operations" => {
                for (name, change) in members(change) {
                    let (method, path) = name.split_once(' ').expect("a method and a path");
                    rewind_operation(file, method, path, change);
                }
            }
            "models" => {
                for (id, change) in members(change) {
                    rewind_model(&mut file["models"], id, change);
                }
            }
            _ => patch(file, key, change),
        }
    }
}

fn rewind_operation(file: &mut Value, method: &str, path: &str, change: &Value) {
    let apis = file["apis"].as_array_mut().expect("a list");
    for api in apis.iter_mut().filter(|api| api["path"] == path) {
        let operations = api["operations"].as_array_mut().expect("a list");
        if change.is_null() {
            operations.retain(|operation| operation["httpMethod"] != method);
            continue;
        }
        for operation in operations {
            if operation["httpMethod"] != method {
                continue;
            }
            for (key, change) in members(change).filter(|(key, _)| *key != "parameters") {
                patch(operation, key, change);
            }
            let Some(changes) = change.get("parameters") else {
                continue;
            };
            let parameters = operation["parameters"].as_array_mut().expect("a list");
            for (name, change) in members(changes) {
                if change.is_null() {
                    parameters.retain(|parameter| parameter["name"] != **name);
                    continue;
                }
                let parameter = parameters.iter_mut().find(|known| known["name"] == **name);
                let parameter = parameter.expect("a parameter that a point release changed");
                for (key, change) in members(change) {
                    patch(parameter, key, change);
                }
            }
        }
    }
    apis.retain(|api| {
        api["operations"]
            .as_array()
            .is_some_and(|list| !list.is_empty())
    });
}

fn rewind_model(models: &mut Value, id: &str, change: &Value) {
    let sub_types = change.get("subTypes").cloned();
    let mut change = change.clone();
    if let Some(change) = change.as_object_mut() {
        change.remove("subTypes");
    }
    patch(models, id, &change);
    for (name, change) in sub_types.iter().flat_map(members) {
        let known = models[id]["subTypes"].as_array_mut().expect("subtypes");
        known.retain(|known| known != name);
        if !change.is_null() {
            known.push(json!(name));
        }
    }
}

/// Applies a JSON merge patch to one member.
fn patch(object: &mut Value, key: &str, change: &Value) {
    let object = object.as_object_mut().expect("an object");
    match change {
        Value::Null => drop(object.remove(key)),
        Value::Object(changes) => {
            let member = object.entry(key).or_insert_with(|| json!({}));
            for (key, change) in changes {
                patch(member, key, change);
            }
        }
        other => drop(object.insert(key.to_owned(), other.clone())),
    }
}
