//! Point releases: rebuilt from the facts and the history, and selected individually.
//!
//! The results are compared with data from Asterisk's own tags if it is beside the checkout
//! (`../shared/point-releases.json`). Otherwise the tests report that they are skipped.

#![cfg(test)]

#[path = "../../tests/support/points.rs"]
mod points;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ari_codegen::api::Api;
use ari_codegen::spec::{AllowableValues, Spec};
use ari_codegen::{Generator, Release, Selection, Source, Version};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn source(release: &str) -> Source {
    Source::Folder(root().join("api-docs").join(release))
}

fn selection(text: &str) -> Selection {
    text.parse().expect("a release or point release")
}

/// Returns the merged surface of the selected releases.
fn api(selections: &[&str]) -> Result<Api, String> {
    let generator = Generator::folder(root().join("api-docs")).expect("the releases");
    let chosen = selections.iter().map(|text| selection(text));
    let read = generator.retain_releases(chosen).and_then(|one| one.read());
    read.map(|(api, _, _)| api)
        .map_err(|error| error.to_string())
}

/// Returns the items of a spec in the form of the data from the tags.
fn items(spec: &Spec) -> BTreeMap<String, Value> {
    let values = |allowed: &Option<AllowableValues>, item: &mut Value| {
        if let Some(AllowableValues::List(values)) = allowed {
            item["values"] = values
                .iter()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .cloned()
                .collect();
        }
    };
    let mut items = BTreeMap::new();
    for resource in &spec.resources {
        for api in &resource.apis {
            for operation in &api.operations {
                let name = format!("{} {}", operation.http_method, api.path);
                for parameter in &operation.parameters {
                    let mut item = json!({
                        "required": parameter.required == Some(true) || parameter.param_type == "path",
                        "list": parameter.allow_multiple == Some(true),
                    });
                    values(&parameter.allowable_values, &mut item);
                    items.insert(format!("parameter {name} {}", parameter.name), item);
                }
                let answer = json!({"answer": operation.response_class});
                items.insert(format!("operation {name}"), answer);
            }
        }
        for model in &resource.models {
            let mut item = json!({});
            if !model.sub_types.is_empty() {
                let names: BTreeSet<_> = model.sub_types.iter().cloned().collect();
                item["subTypes"] = names.into_iter().collect();
            }
            items.insert(format!("model {}", model.id), item);
            for property in &model.properties {
                let mut item = json!({
                    "required": property.required == Some(true),
                    "type": property.data_type,
                });
                values(&property.allowable_values, &mut item);
                items.insert(format!("property {}.{}", model.id, property.name), item);
            }
        }
    }
    items
}

/// In every range of point releases, each item that changed within a release is the same as in the
/// tags. No other item ever changes.
#[test]
fn rebuilt_point_releases_are_those_of_the_tags() {
    let Ok(text) = fs::read_to_string(root().join("../shared/point-releases.json")) else {
        println!("no ../shared/point-releases.json: nothing to compare with");
        return;
    };
    let tags: Value = serde_json::from_str(&text).expect("JSON");
    for (release, told) in tags.as_object().expect("releases") {
        let history = source(release)
            .history(release.parse().expect("a release"))
            .expect("readable")
            .expect("a history");
        assert_eq!(history.first.to_string(), told["first"]);
        assert_eq!(history.last.to_string(), told["last"]);
        let changed = told["changed"].as_object().expect("items");
        let mut versions: BTreeSet<Version> = [history.first, history.last].into();
        for history in changed.values() {
            let history = history.as_array().expect("changes");
            let version = |change: &Value| {
                let text = change[0].as_str().expect("a tag");
                text.parse::<Version>().expect("a version")
            };
            versions.extend(history.iter().map(version));
        }
        let mut unchanged = BTreeSet::new();
        for version in versions {
            let found = items(&source(release).load_point(version).expect("specs"));
            for (item, history) in changed {
                let history = history.as_array().expect("changes").iter().rev();
                let mut known = history.filter(|change| {
                    let text = change[0].as_str().expect("a tag");
                    text.parse::<Version>().expect("a version") <= version
                });
                let mut expected = known.next().expect("a tag")[1].clone();
                let found = found.get(item).cloned().unwrap_or(Value::Null);
                if item.starts_with("parameter ") && !expected.is_null() {
                    // Fixups change the types of parameters, and the specs' defaults have no type.
                    let expected = expected.as_object_mut().expect("a parameter");
                    expected.retain(|key, _| !matches!(key.as_str(), "type" | "default"));
                }
                // Servers take a request over a WebSocket without its ids, unlike the specs.
                if item.starts_with("property RESTRequest.")
                    && item.ends_with("_id")
                    && let Some(expected) = expected.as_object_mut()
                {
                    expected.insert("required".to_owned(), false.into());
                }
                assert_eq!(found, expected, "{item} in {version}");
            }
            let others = found.into_iter();
            let others = others.filter(|(item, _)| !changed.contains_key(item));
            unchanged.insert(
                others
                    .map(|(item, value)| format!("{item} {value}"))
                    .collect(),
            );
            let _: &BTreeSet<String> = unchanged.first().expect("items");
        }
        assert_eq!(unchanged.len(), 1, "{release}");
    }
}

/// No released 12 sends the language of a channel, although its branch does.
#[test]
fn what_no_point_release_has_is_in_none() {
    for (chosen, has_language) in [
        ("12", false),
        ("12.0.0", false),
        ("12.8.2", false),
        ("13.1", false),
        ("13.2", true),
        ("13", true),
    ] {
        let api = api(&[chosen]).expect("an Api");
        let channel = api.model("Channel").expect("channels");
        let language = channel.properties.iter().find(|p| p.name == "language");
        assert_eq!(language.is_some(), has_language, "{chosen}");
        if let Some(language) = language {
            assert_eq!(language.required, chosen == "13.2", "{chosen}");
        }
    }
}

#[test]
fn a_point_release_is_exact_and_several_are_merged() {
    // 13.1 lacks later additions, and the response of 16.6 is unlike that of any other release.
    let old = api(&["13.1"]).expect("an Api");
    assert!(old.operations().all(|(_, op)| op.nickname != "move"));
    assert!(old.model("AsteriskPing").is_none());
    let new = api(&["13.38"]).expect("an Api");
    assert!(new.operations().any(|(_, op)| op.nickname == "move"));
    let answer = |api: &Api| {
        let mut operations = api.operations();
        let found = operations.find(|(_, op)| op.nickname == "externalMedia");
        found.map(|(_, op)| (format!("{:?}", op.response), op.nested_response.clone()))
    };
    assert_eq!(answer(&api(&["16.5"]).expect("an Api")), None);
    let only = answer(&api(&["16.6.2"]).expect("an Api")).expect("it");
    assert_eq!((&*only.0, only.1), ("Json(Model(\"ExternalMedia\"))", None));
    let (kind, within) = answer(&api(&["16"]).expect("an Api")).expect("it");
    assert_eq!(kind, "Json(Model(\"Channel\"))");
    let within = within.expect("the other answer");
    assert_eq!(
        (&*within.model, &*within.property),
        ("ExternalMedia", "channel")
    );
    assert!(
        within
            .availability
            .includes("16.6.9".parse().expect("a version"))
    );
    assert!(
        !within
            .availability
            .includes("16.7.0".parse().expect("a version"))
    );
    // Two point releases of one release are distinguished. The older one represents those before
    // the newer one.
    let both = api(&["13.1", "13.38"]).expect("an Api");
    let (_, operation) = both
        .operations()
        .find(|(_, op)| op.nickname == "move")
        .expect("it");
    assert_eq!(
        operation
            .availability
            .describe(&both.full_availability())
            .as_deref(),
        Some("Asterisk 13.38.0 and later")
    );
    assert_eq!(both.releases, [Release::from_number(13).expect("it")]);
}

#[test]
fn bindings_name_the_point_releases_that_they_cover() {
    for (chosen, expected) in [
        (&["13.1"][..], "Asterisk 13.1.0"),
        (&["13.38", "13.1"], "Asterisk 13.1.0 and 13.38.0"),
        (&["15", "13.1", "14"], "Asterisk 13.1.0, 14 and 15"),
        (&["13", "14", "15"], "Asterisk 13 to 15"),
        (&["13"], "Asterisk 13"),
    ] {
        let generator = Generator::folder(root().join("api-docs")).expect("the releases");
        let generator = generator.retain_releases(chosen.iter().map(|text| selection(text)));
        let bindings = generator.and_then(|one| one.generate()).expect("bindings");
        let line = format!("//! Bindings for {expected}.");
        assert!(bindings.files["mod.rs"].contains(&line), "{chosen:?}");
    }
}

#[test]
fn point_releases_that_are_not_known_are_named() {
    for (chosen, expected) in [
        (
            "13.39",
            "13.39.0 is not known: the facts of Asterisk 13 reach from 13.0.0 to 13.38.3; choose \
             13.38.3, or give the specs of the newer one with --from",
        ),
        (
            "13.1.99",
            "Asterisk 13.1.99 does not exist: the nearest point releases are 13.1.1 and 13.2.0",
        ),
        (
            "22.4.77",
            "Asterisk 22.4.77 does not exist: the nearest point releases are 22.4.1 and 22.5.0",
        ),
        ("24.1", "no history of point releases"),
    ] {
        let error = api(&[chosen]).expect_err("unknown");
        assert!(error.contains(expected), "{error}");
    }
    for text in [
        "13.",
        "13.x",
        "13.1.0.0",
        "11.2",
        "13.1.0-rc1",
        "99999999.1",
    ] {
        assert!(text.parse::<Selection>().is_err(), "{text}");
    }
    assert_eq!(selection("13.1"), selection("13.1.0"));
    assert_eq!(selection("13.1").to_string(), "13.1.0");
    assert_eq!(selection("13").to_string(), "13");
}

/// Compares the availability of every model and property of the merged surface with the independent
/// reader. `tests/specs/operations.rs` compares that of operations, parameters and values.
#[test]
fn availability_is_exact_to_the_point_release() {
    let (merged, _, _) = Generator::folder(root().join("api-docs"))
        .and_then(|all| all.read())
        .expect("an Api");
    let mut seen: BTreeMap<String, BTreeSet<[u16; 3]>> = BTreeMap::new();
    let mut all = Vec::new();
    for release in Release::all() {
        for point in points::points(&root().join("api-docs"), release.number()) {
            all.push(point.number);
            for json in point.files.values() {
                let models = json["models"].as_object().into_iter().flatten();
                for (id, model) in models {
                    seen.entry(id.clone()).or_default().insert(point.number);
                    for name in model["properties"].as_object().expect("properties").keys() {
                        let item = format!("{id}.{name}");
                        seen.entry(item).or_default().insert(point.number);
                    }
                }
            }
        }
    }
    let mut items = 0;
    let mut check = |name: String, known: &ari_codegen::api::Availability| {
        items += 1;
        for [major, minor, patch] in &all {
            let version = Version {
                major: *major,
                minor: *minor,
                patch: *patch,
            };
            let expected = seen[&name].contains(&[*major, *minor, *patch]);
            assert_eq!(
                known.includes(version),
                expected,
                "{name} in {version}: {known:?}"
            );
        }
    };
    for (_, model) in merged.models() {
        check(model.name.clone(), &model.availability);
        for property in &model.properties {
            check(
                format!("{}.{}", model.name, property.name),
                &property.availability,
            );
        }
    }
    assert_eq!(items, seen.len(), "every item, and no other");
}
