//! Nothing in the specs is lost: items are counted and named in the JSON and in the emitted source,
//! independently of the generator.

#![cfg(test)]

#[path = "support/emitted.rs"]
mod emitted;
#[path = "../../tests/support/points.rs"]
mod points;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ari_codegen::api::Counts;
use ari_codegen::{Generator, Release};
use emitted::Emitted;
use points::Point;
use serde_json::Value;

/// The numbers of operations, parameters, models, properties and leaf events in the newest point
/// release of each release.
const TABLE: [(u16, [usize; 5]); 13] = [
    (12, [75, 175, 56, 166, 30]),
    (13, [94, 212, 69, 241, 37]),
    (14, [93, 217, 68, 203, 37]),
    (15, [93, 217, 68, 203, 37]),
    (16, [98, 235, 70, 245, 38]),
    (17, [98, 236, 70, 244, 38]),
    (18, [100, 249, 70, 247, 38]),
    (19, [98, 238, 70, 245, 38]),
    (20, [109, 275, 84, 290, 44]),
    (21, [102, 252, 81, 281, 42]),
    (22, [109, 275, 85, 291, 45]),
    (23, [109, 275, 85, 291, 45]),
    (24, [109, 275, 85, 291, 45]),
];
const MERGED: [usize; 5] = [109, 275, 87, 296, 45];

/// Nicknames that a fixup changes: the resource, the name in the spec, and the name in the
/// bindings.
const RENAMED: [(&str, &str, &str); 2] = [
    ("bridges", "create_or_update_with_id", "createWithId"),
    ("channels", "rtpstatistics", "rtpStatistics"),
];

/// A parameter with values that a fixup adds in the newest point releases of some releases.
struct Undeclared {
    resource: &'static str,
    nickname: &'static str,
    parameter: &'static str,
    values: &'static [&'static str],
    releases: &'static [u16],
}

const UNDECLARED: [Undeclared; 1] = [Undeclared {
    resource: "channels",
    nickname: "externalMedia",
    parameter: "direction",
    values: &["in", "out"],
    releases: &[20, 22, 23, 24],
}];

fn api_docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-docs")
}

fn numbers(counts: Counts) -> [usize; 5] {
    [
        counts.operations,
        counts.parameters,
        counts.models,
        counts.properties,
        counts.events,
    ]
}

type Parameters = BTreeMap<String, BTreeSet<String>>;

/// The items of one release, read directly from its JSON.
#[derive(Default)]
struct Facts {
    /// By resource, nickname and path. Each parameter has a flag for the body, and its values.
    operations: BTreeMap<(String, String, String), Parameters>,
    /// The properties that are not inherited, with their values.
    models: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
    sub_types: BTreeMap<String, Vec<String>>,
    discriminators: BTreeMap<String, String>,
    /// The model that the WebSocket carries.
    root: String,
}

fn list(json: &Value) -> &[Value] {
    json.as_array().map_or(&[], Vec::as_slice)
}

fn text(json: &Value) -> String {
    json.as_str().expect("a string").to_owned()
}

fn values(json: &Value) -> BTreeSet<String> {
    list(&json["allowableValues"]["values"])
        .iter()
        .map(text)
        .collect()
}

fn members(json: &Value) -> impl Iterator<Item = (&String, &Value)> {
    json.as_object().into_iter().flatten()
}

impl Facts {
    /// Reads the newest point release of a release.
    fn read(release: u16) -> Self {
        let points = points::points(&api_docs(), release);
        let newest = points.last().expect("a point release");
        assert_eq!(newest.number[0], release);
        Facts::of(newest)
    }

    fn of(point: &Point) -> Self {
        let mut facts = Facts::default();
        for (resource, json) in &point.files {
            facts.add(resource, json);
        }
        for one in UNDECLARED {
            let has = |(resource, nickname, _): &(String, String, String)| {
                resource == one.resource && nickname == one.nickname
            };
            let mut operations = facts.operations.iter_mut().filter(|(key, _)| has(key));
            let found = operations.find_map(|(_, parameters)| parameters.get_mut(one.parameter));
            if let Some(found) = found.filter(|_| one.releases.contains(&point.number[0])) {
                found.extend(one.values.iter().map(|value| value.to_string()));
            }
        }
        facts
    }

    fn add(&mut self, resource: &str, json: &Value) {
        for api in list(&json["apis"]) {
            for operation in list(&api["operations"]) {
                let mut nickname = text(&operation["nickname"]);
                for (at, from, to) in RENAMED {
                    if at == resource && from == nickname {
                        nickname = to.to_owned();
                    }
                }
                let parameters = list(&operation["parameters"])
                    .iter()
                    .map(|parameter| (text(&parameter["name"]), values(parameter)));
                let key = (resource.to_owned(), nickname, text(&api["path"]));
                self.operations.insert(key, parameters.collect());
                if !operation["upgrade"].is_null() {
                    self.root = text(&operation["responseClass"]);
                }
            }
        }
        for (id, model) in members(&json["models"]) {
            let properties = members(&model["properties"])
                .map(|(name, property)| (name.clone(), values(property)));
            self.models.insert(id.clone(), properties.collect());
            let sub_types = list(&model["subTypes"]).iter().map(text);
            self.sub_types.insert(id.clone(), sub_types.collect());
            if let Some(name) = model["discriminator"].as_str() {
                self.discriminators.insert(id.clone(), name.to_owned());
            }
        }
    }

    /// Returns the models without subtypes that are at least two levels below the root.
    fn events(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open: Vec<_> = self.sub_types[&self.root]
            .iter()
            .flat_map(|name| &self.sub_types[name])
            .collect();
        while let Some(name) = open.pop() {
            open.extend(&self.sub_types[name]);
            if self.sub_types[name].is_empty() {
                found.insert(name.clone());
            }
        }
        found
    }

    fn counts(&self) -> [usize; 5] {
        [
            self.operations.len(),
            self.operations.values().map(BTreeMap::len).sum(),
            self.models.len(),
            self.models.values().map(BTreeMap::len).sum(),
            self.events().len(),
        ]
    }

    /// Adds an older release.
    fn extend(&mut self, older: Facts) {
        for (key, parameters) in older.operations {
            let known = self.operations.entry(key).or_default();
            for (name, values) in parameters {
                match known.get_mut(&name) {
                    // If newer servers accept a parameter without a list of values, it has none.
                    Some(known) if known.is_empty() => {}
                    Some(known) => known.extend(values),
                    None => drop(known.insert(name, values)),
                }
            }
        }
        for (id, properties) in older.models {
            let known = self.models.entry(id).or_default();
            for (name, values) in properties {
                known.entry(name).or_default().extend(values);
            }
        }
        for (id, sub_types) in older.sub_types {
            let known = self.sub_types.entry(id).or_default();
            for name in sub_types {
                if !known.contains(&name) {
                    known.push(name);
                }
            }
        }
        self.discriminators.extend(older.discriminators);
        self.root = older.root;
    }

    /// Returns the properties of a model, including inherited ones, without the discriminator.
    fn fields(&self, id: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut fields = BTreeMap::new();
        let mut tag = None;
        let mut at = Some(id);
        while let Some(id) = at {
            for (name, values) in &self.models[id] {
                fields.entry(name.clone()).or_insert_with(|| values.clone());
            }
            tag = tag.or(self.discriminators.get(id));
            let parent = self
                .sub_types
                .iter()
                .find(|(_, children)| children.iter().any(|c| c == id));
            at = parent.map(|(parent, _)| parent.as_str());
        }
        if let Some(tag) = tag.filter(|_| self.sub_types[id].is_empty()) {
            fields.remove(tag);
        }
        fields
    }

    /// Checks that the source contains every item, and no others.
    fn compare(&self, emitted: &Emitted, what: &str) {
        let mut operations = BTreeMap::new();
        for operation in emitted.operations.values() {
            let key = (&operation.resource, &operation.nickname, &operation.path);
            operations.insert(key, operation);
        }
        let expected: Vec<_> = self.operations.keys().map(|(a, b, c)| (a, b, c)).collect();
        let found: Vec<_> = operations.keys().copied().collect();
        assert_eq!(found, expected, "{what}: operations");
        for ((resource, nickname, path), parameters) in &self.operations {
            let operation = operations[&(resource, nickname, path)];
            let expected: BTreeMap<_, _> = parameters.iter().collect();
            let found: BTreeMap<_, _> = operation.parameters.iter().collect();
            assert_eq!(
                found, expected,
                "{what}: parameters of {resource}.{nickname}"
            );
            for name in parameters.keys() {
                assert!(
                    operation.encoded.contains(name),
                    "{what}: {resource}.{nickname} does not send {name}: {:?}",
                    operation.encoded
                );
            }
        }
        assert_eq!(emitted.models.len(), self.models.len(), "{what}: models");
        for id in self.models.keys() {
            let lower = id.to_lowercase();
            let found = emitted.models.get(&lower);
            // `Event` is already the name of the enum.
            let found = found.or_else(|| emitted.models.get(&format!("{lower}model")));
            let found = found.unwrap_or_else(|| panic!("{what}: model {id} is missing"));
            let expected = self.fields(id);
            assert_eq!(
                found.keys().collect::<Vec<_>>(),
                expected.keys().collect::<Vec<_>>(),
                "{what}: properties of {id}"
            );
            for (name, values) in expected.iter().filter(|(_, values)| !values.is_empty()) {
                let wires = emitted.enums.iter().find(|(known, _)| {
                    let kind = found[name].replace("Option<", "").replace('>', "");
                    kind == format!("models::{known}")
                });
                let wires = wires.map(|(_, wires)| wires);
                assert_eq!(wires, Some(values), "{what}: values of {id}.{name}");
            }
        }
        assert!(emitted.events.is_superset(&self.events()), "{what}: events");
    }
}

#[test]
fn every_release_has_just_the_items_of_its_json() {
    let generator = Generator::folder(api_docs()).expect("the releases");
    for (number, expected) in TABLE {
        let release = Release::from_number(number).expect("a known release");
        let one = generator
            .clone()
            .retain_releases([release])
            .expect("its specs");
        let one = one.retain_newest_points().expect("a history");
        let (api, _, covered) = one.read().expect("an Api");
        assert_eq!(numbers(api.counts()), expected, "the Api of {number}");
        assert_eq!(numbers(covered[0].counts), expected, "what covers {number}");
        assert_eq!(
            Facts::read(number).counts(),
            expected,
            "the JSON of {number}"
        );
    }
}

#[test]
fn every_name_of_a_release_is_in_its_exact_bindings() {
    let generator = Generator::folder(api_docs()).expect("the releases");
    std::thread::scope(|scope| {
        for releases in TABLE.chunks(7) {
            let generator = &generator;
            scope.spawn(move || {
                for (number, _) in releases {
                    let release = Release::from_number(*number).expect("a known release");
                    let one = generator
                        .clone()
                        .retain_releases([release])
                        .expect("its specs");
                    let one = one.retain_newest_points().expect("a history");
                    let bindings = one.generate().expect("bindings");
                    let emitted = Emitted::read(&bindings.files);
                    Facts::read(*number).compare(&emitted, &format!("Asterisk {number}"));
                }
            });
        }
    });
}

#[test]
fn every_name_of_every_release_is_in_the_merged_bindings() {
    let bindings = Generator::folder(api_docs())
        .and_then(|all| all.generate())
        .expect("bindings");
    let mut facts = Facts::default();
    for (number, _) in TABLE.iter().rev() {
        for point in points::points(&api_docs(), *number).iter().rev() {
            facts.extend(Facts::of(point));
        }
    }
    assert_eq!(numbers(bindings.api.counts()), MERGED);
    assert_eq!(facts.counts(), MERGED, "the JSON of all releases together");
    facts.compare(&Emitted::read(&bindings.files), "merged");
}
