//! An independent reader of `api-docs`: plain JSON, and the union of all releases.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

pub(crate) const RELEASES: std::ops::RangeInclusive<u16> = 12..=24;

/// All releases.
pub(crate) struct Spec {
    /// By method and path: `GET /channels`.
    pub(crate) operations: BTreeMap<String, Operation>,
    /// By release and name.
    pub(crate) models: BTreeMap<u16, BTreeMap<String, Value>>,
}

/// An operation with its JSON in every release that has it.
pub(crate) struct Operation {
    pub(crate) resource: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) releases: BTreeMap<u16, Value>,
    modules: BTreeMap<u16, Vec<String>>,
}

/// A parameter in all releases of its operation.
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// `path`, `query` or `body`.
    pub(crate) location: String,
    pub(crate) data_type: String,
    /// Whether any release takes several values.
    pub(crate) list: bool,
    /// Whether every release of the operation demands it.
    pub(crate) required: bool,
    /// What the newest release assumes, as text.
    pub(crate) default: Option<String>,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    /// Values that any release accepts, with those that do.
    pub(crate) values: BTreeMap<String, Vec<u16>>,
    pub(crate) releases: Vec<u16>,
}

impl Spec {
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-docs");
        let mut spec = Spec {
            operations: BTreeMap::new(),
            models: BTreeMap::new(),
        };
        for release in RELEASES {
            for entry in fs::read_dir(root.join(release.to_string())).expect("a release") {
                let path = entry.expect("a file").path();
                let name = path.file_stem().expect("a name").to_string_lossy();
                if name != "resources" {
                    let text = fs::read_to_string(&path).expect("a resource");
                    let json: Value = serde_json::from_str(&text).expect("JSON");
                    spec.add(release, &name, &json);
                }
            }
        }
        spec
    }

    fn add(&mut self, release: u16, resource: &str, json: &Value) {
        for api in array(&json["apis"]) {
            let path = text(&api["path"]);
            for operation in array(&api["operations"]) {
                let method = text(&operation["httpMethod"]);
                let known = self.operations.entry(format!("{method} {path}"));
                let known = known.or_insert_with(|| Operation {
                    resource: resource.to_owned(),
                    method: method.to_owned(),
                    path: path.to_owned(),
                    releases: BTreeMap::new(),
                    modules: BTreeMap::new(),
                });
                known.releases.insert(release, operation.clone());
                let modules = array(&json["requiresModules"]).iter().map(text);
                let modules = modules.map(str::to_owned).collect();
                known.modules.insert(release, modules);
            }
        }
        let models = json["models"].as_object().into_iter().flatten();
        let models = models.map(|(name, model)| (name.clone(), model.clone()));
        self.models.entry(release).or_default().extend(models);
    }
}

impl Operation {
    fn newest(&self) -> &Value {
        self.releases.values().next_back().expect("a release")
    }

    pub(crate) fn nickname(&self) -> &str {
        text(&self.newest()["nickname"])
    }

    /// The type of the answer, the same in all releases.
    pub(crate) fn answer(&self) -> &str {
        let answer = text(&self.newest()["responseClass"]);
        let others = self
            .releases
            .values()
            .map(|json| text(&json["responseClass"]));
        assert!(
            others.into_iter().all(|other| other == answer),
            "{}",
            self.path
        );
        answer
    }

    pub(crate) fn subprotocol(&self) -> Option<&str> {
        self.newest()["websocketProtocol"].as_str()
    }

    pub(crate) fn modules(&self) -> &[String] {
        self.modules.values().next_back().expect("a release")
    }

    /// Status codes of failure that any release declares.
    pub(crate) fn errors(&self) -> BTreeSet<u16> {
        let responses = self
            .releases
            .values()
            .map(|json| array(&json["errorResponses"]));
        let code = |response: &Value| match &response["code"] {
            Value::String(code) => code.parse().expect("a status"),
            code => u16::try_from(code.as_u64().expect("a status")).expect("a status"),
        };
        responses.flatten().map(code).collect()
    }

    /// Versions that introduced it, by the specs of any release.
    pub(crate) fn since(&self) -> BTreeSet<String> {
        let since = self.releases.values().map(|json| array(&json["since"]));
        since
            .flatten()
            .map(|since| text(since).to_owned())
            .collect()
    }

    pub(crate) fn parameters(&self) -> Vec<Parameter> {
        let mut merged: Vec<Parameter> = Vec::new();
        for (&release, operation) in &self.releases {
            for json in array(&operation["parameters"]) {
                let name = text(&json["name"]);
                let at = merged.iter().position(|known| known.name == name);
                let at = at.unwrap_or_else(|| {
                    merged.push(Parameter::new(json));
                    merged.len() - 1
                });
                merged[at].add(release, json);
            }
        }
        for parameter in &mut merged {
            parameter.required &= parameter.releases.len() == self.releases.len();
        }
        merged
    }
}

impl Parameter {
    fn new(json: &Value) -> Self {
        Parameter {
            name: text(&json["name"]).to_owned(),
            location: text(&json["paramType"]).to_owned(),
            data_type: text(&json["dataType"]).to_owned(),
            list: false,
            required: true,
            default: None,
            min: None,
            max: None,
            values: BTreeMap::new(),
            releases: Vec::new(),
        }
    }

    /// Releases come from the oldest to the newest.
    fn add(&mut self, release: u16, json: &Value) {
        assert_eq!(self.location, text(&json["paramType"]), "{}", self.name);
        assert_eq!(self.data_type, text(&json["dataType"]), "{}", self.name);
        self.list |= json["allowMultiple"] == true;
        self.required &= json["required"] == true || self.location == "path";
        self.default = match &json["defaultValue"] {
            Value::Null => None,
            Value::String(default) => Some(default.clone()),
            default => Some(default.to_string()),
        };
        let allowed = &json["allowableValues"];
        self.min = allowed["min"].as_i64();
        self.max = allowed["max"].as_i64();
        for value in array(&allowed["values"]) {
            let releases = self.values.entry(text(value).to_owned()).or_default();
            releases.push(release);
        }
        self.releases.push(release);
    }
}

/// The properties of a model with those that it inherits.
pub(crate) fn properties(models: &BTreeMap<String, Value>, name: &str) -> Map<String, Value> {
    let inherits = |model: &&Value| array(&model["subTypes"]).iter().any(|sub| sub == name);
    let mut all = match models.values().find(inherits) {
        Some(parent) => properties(models, text(&parent["id"])),
        None => Map::new(),
    };
    let own = models[name]["properties"].as_object();
    all.extend(own.expect("properties").clone());
    all
}

pub(crate) fn array(json: &Value) -> &[Value] {
    json.as_array().map(Vec::as_slice).unwrap_or_default()
}

pub(crate) fn text(json: &Value) -> &str {
    json.as_str().expect("a text")
}
