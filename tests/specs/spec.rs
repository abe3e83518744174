//! An independent reader of `api-docs`: plain JSON, and the union of all point releases.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ari_api::schema::{Availability, Version};
use serde_json::{Map, Value};

use crate::points::{self, Number};

pub(crate) const RELEASES: std::ops::RangeInclusive<u16> = 12..=24;

/// Properties that the specs require, and that servers do not, as observed on 22.
const OMITTED: [(&str, &str); 2] = [
    ("RESTRequest", "transaction_id"),
    ("RESTRequest", "request_id"),
];

/// All releases.
pub(crate) struct Spec {
    /// Operations by method and path: `GET /channels`.
    pub(crate) operations: BTreeMap<String, Operation>,
    /// Models by point release and name.
    pub(crate) models: BTreeMap<Number, BTreeMap<String, Value>>,
    /// Point releases that differ from the previous one, each with that one.
    pub(crate) versions: Vec<(Version, Number)>,
}

/// An operation with its JSON in every point release that has it.
pub(crate) struct Operation {
    pub(crate) resource: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) releases: BTreeMap<Number, Value>,
    modules: BTreeMap<Number, Vec<String>>,
}

/// A parameter in all releases of its operation.
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// `path`, `query` or `body`.
    pub(crate) location: String,
    pub(crate) data_type: String,
    /// True if any release accepts several values.
    pub(crate) list: bool,
    /// True if every release of the operation requires it.
    pub(crate) required: bool,
    /// The default of the newest release, as text.
    pub(crate) default: Option<String>,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    /// Values that any release accepts, with those releases.
    pub(crate) values: BTreeMap<String, Vec<Number>>,
    pub(crate) releases: Vec<Number>,
}

impl Spec {
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-docs");
        let mut spec = Spec {
            operations: BTreeMap::new(),
            models: BTreeMap::new(),
            versions: Vec::new(),
        };
        for release in RELEASES {
            let points = points::points(&root, release);
            for point in &points {
                for (name, json) in &point.files {
                    spec.add(point.number, name, json);
                }
            }
            let version = |[major, minor, patch]: Number| Version::new(major, minor, patch);
            for pair in points.windows(2) {
                let [major, minor, _] = pair[1].number;
                spec.versions
                    .push((version(pair[0].number), pair[0].number));
                let before = version([major, minor - 1, 99]);
                spec.versions.push((before, pair[0].number));
            }
            let newest = points.last().expect("a point release").number;
            spec.versions.push((version(newest), newest));
            spec.versions.push((version([release, 999, 0]), newest));
        }
        // Later releases are assumed to equal the newest one.
        let newest = *spec.models.keys().next_back().expect("a release");
        spec.versions
            .push((Version::new(RELEASES.end() + 1, 0, 0), newest));
        spec
    }

    /// Checks that an availability is exactly these point releases.
    pub(crate) fn assert_available(&self, at: &str, known: &Availability, releases: &[Number]) {
        for (version, point) in &self.versions {
            assert_eq!(
                known.includes(*version),
                releases.contains(point),
                "{at} in {version}: {known}"
            );
        }
    }

    fn add(&mut self, release: Number, resource: &str, json: &Value) {
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
        let models = models.map(|(name, model)| {
            let mut model = model.clone();
            for (of, property) in OMITTED {
                if name == of && !model["properties"][property].is_null() {
                    model["properties"][property]["required"] = false.into();
                }
            }
            (name.clone(), model)
        });
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

    /// Returns the type of the response, which is the same in all releases, or contained in those
    /// of others.
    pub(crate) fn answer(&self, spec: &Spec) -> &str {
        let answer = text(&self.newest()["responseClass"]);
        for (release, json) in &self.releases {
            let other = text(&json["responseClass"]);
            if other != answer {
                let properties = spec.models[release][other]["properties"].as_object();
                let mut properties = properties.expect("a model").values();
                let holds = |held: &Value| held["type"] == answer && held["required"] == true;
                assert!(properties.any(holds), "{}", self.path);
            }
        }
        answer
    }

    pub(crate) fn subprotocol(&self) -> Option<&str> {
        self.newest()["websocketProtocol"].as_str()
    }

    pub(crate) fn modules(&self) -> &[String] {
        self.modules.values().next_back().expect("a release")
    }

    /// Returns status codes of failures that any release declares.
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

    /// Releases are added from the oldest to the newest.
    fn add(&mut self, release: Number, json: &Value) {
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
        // A parameter that newer servers accept without a list of values has none.
        if allowed["values"].is_null() {
            self.values.clear();
        }
        for value in array(&allowed["values"]) {
            let releases = self.values.entry(text(value).to_owned()).or_default();
            releases.push(release);
        }
        self.releases.push(release);
    }
}

/// Returns the properties of a model, including inherited ones.
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
