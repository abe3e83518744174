//! Every fixup corrects a bug that exists. If the bug is missing, that is an error for the fixup's
//! own releases, and a note for custom specs. Bugs without a fixup are reported with their place.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ari_codegen::fixups::{self, Edit, Fixup};
use ari_codegen::{Error, Generator, Release, Source};
use serde_json::Value;

/// Returns the files of a release.
fn files(release: Release) -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../api-docs/{release}"));
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a release") {
        let path = entry.expect("a file").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("a text file");
        files.insert(name, serde_json::from_str(&text).expect("JSON"));
    }
    files
}

fn source(files: &BTreeMap<String, Value>) -> Source {
    let bytes = |json: &Value| json.to_string().into_bytes();
    Source::Memory {
        origin: "memory".into(),
        files: files
            .iter()
            .map(|(name, json)| (name.clone(), bytes(json)))
            .collect(),
    }
}

fn operations<'a>(
    files: &'a mut BTreeMap<String, Value>,
    resource: &str,
) -> impl Iterator<Item = &'a mut Value> {
    let apis = files
        .get_mut(resource)
        .and_then(|json| json["apis"].as_array_mut());
    let apis = apis.into_iter().flatten();
    apis.filter_map(|api| api["operations"].as_array_mut())
        .flatten()
}

/// Returns the operation with this nickname, by its name before or after fixups.
fn operation<'a>(
    files: &'a mut BTreeMap<String, Value>,
    resource: &str,
    nickname: &str,
) -> Option<&'a mut Value> {
    let before = fixups::FIXUPS.iter().find_map(|fixup| match fixup.edit {
        Edit::RenameOperation {
            resource: at,
            from,
            to,
        } if (at, to) == (resource, nickname) => Some(from),
        _ => None,
    });
    let mut all = operations(files, resource);
    all.find(|known| {
        known["nickname"] == nickname || before.is_some_and(|b| known["nickname"] == b)
    })
}

fn parameter<'a>(
    files: &'a mut BTreeMap<String, Value>,
    resource: &str,
    nickname: &str,
    name: &str,
) -> Option<&'a mut Value> {
    let operation = operation(files, resource, nickname)?;
    let mut parameters = operation.get_mut("parameters")?.as_array_mut()?.iter_mut();
    parameters.find(|parameter| parameter["name"] == name)
}

fn property<'a>(
    files: &'a mut BTreeMap<String, Value>,
    model: &str,
    name: &str,
) -> Option<&'a mut Value> {
    let mut models = files
        .values_mut()
        .filter_map(|json| json.get_mut("models")?.get_mut(model));
    models.next()?.get_mut("properties")?.get_mut(name)
}

/// Corrects the spec as upstream would, so that the fixup has nothing to fix.
fn correct(files: &mut BTreeMap<String, Value>, fixup: &Fixup) {
    match fixup.edit {
        Edit::RenameKey { resource, from, to } => {
            let text = files[resource].to_string();
            let text = text.replace(&format!("{from:?}:"), &format!("{to:?}:"));
            files.insert(resource.into(), serde_json::from_str(&text).expect("JSON"));
        }
        Edit::NumberErrorCodes { resource, .. } => {
            for operation in operations(files, resource) {
                let errors = operation
                    .get_mut("errorResponses")
                    .and_then(Value::as_array_mut);
                for error in errors.into_iter().flatten() {
                    if let Some(text) = error["code"].as_str() {
                        error["code"] = text.parse::<u16>().expect("a code").into();
                    }
                }
            }
        }
        Edit::RenameOperation { resource, from, to } => {
            let operation = operation(files, resource, from).expect("the old nickname");
            operation["nickname"] = to.into();
        }
        Edit::ReplaceSince {
            resource,
            nickname,
            from,
            to,
        } => {
            let operation = operation(files, resource, nickname).expect("the operation");
            let since = operation["since"]
                .as_array_mut()
                .expect("versions")
                .iter_mut();
            since
                .filter(|since| *since == from)
                .for_each(|since| *since = to.into());
        }
        Edit::AddErrorCodes(additions) => {
            for (resource, nickname, codes) in additions {
                let Some(operation) = operation(files, resource, nickname) else {
                    continue;
                };
                let errors = &mut operation["errorResponses"];
                if errors.is_null() {
                    *errors = Value::Array(Vec::new());
                }
                let errors = errors.as_array_mut().expect("a list");
                errors.extend(codes.iter().map(|code| serde_json::json!({"code": code})));
            }
        }
        Edit::ChangeParameterType { parameters, to, .. } => {
            for (resource, nickname, name) in parameters {
                if let Some(parameter) = parameter(files, resource, nickname, name) {
                    parameter["dataType"] = to.into();
                }
            }
        }
        Edit::SendDefaults(parameters) => {
            for (resource, nickname, name) in parameters {
                let parameter = parameter(files, resource, nickname, name).expect("a parameter");
                parameter
                    .as_object_mut()
                    .expect("an object")
                    .remove("defaultValue");
            }
        }
        Edit::AddValues {
            parameter: (resource, nickname, name),
            values,
            ..
        } => {
            let parameter = parameter(files, resource, nickname, name).expect("a parameter");
            let declared = parameter["allowableValues"]["values"].as_array_mut();
            declared
                .expect("values")
                .extend(values.iter().map(|&value| value.into()));
        }
        Edit::RequireParameters(parameters) => {
            for (resource, nickname, name) in parameters {
                let parameter = parameter(files, resource, nickname, name).expect("a parameter");
                parameter["required"] = true.into();
            }
        }
        Edit::MeasureParameters { parameters, .. } => {
            for (resource, nickname, name) in parameters {
                if let Some(parameter) = parameter(files, resource, nickname, name) {
                    parameter["dataType"] = "string".into();
                }
            }
        }
        Edit::MeasureProperties { properties, .. } => {
            for (model, name) in properties {
                if let Some(property) = property(files, model, name) {
                    property["type"] = "string".into();
                }
            }
        }
        Edit::OptionalProperties(properties) => {
            for (model, name) in properties {
                if let Some(property) = property(files, model, name) {
                    property["required"] = false.into();
                }
            }
        }
        Edit::LimitNumbers { parameters, max } => {
            for (resource, nickname, name) in parameters {
                if let Some(parameter) = parameter(files, resource, nickname, name) {
                    parameter["allowableValues"] =
                        serde_json::json!({"valueType": "RANGE", "max": max});
                }
            }
        }
        Edit::RewriteOperation {
            resource,
            nickname,
            parameter,
            ..
        } => {
            let operation = operation(files, resource, nickname).expect("the operation");
            let parameters = operation["parameters"].as_array_mut().expect("parameters");
            parameters.retain(|known| known["name"] != parameter);
        }
    }
}

/// Returns the known releases that need a fixup.
fn releases(fixup: &Fixup) -> impl Iterator<Item = Release> {
    let known = (0..100).filter_map(Release::from_number);
    known.filter(|release| fixup.releases.contains(*release))
}

#[test]
fn a_fixup_without_its_bug_is_an_error_for_known_releases_and_a_note_for_others() {
    let mut tried = 0;
    for fixup in fixups::FIXUPS.iter().filter(|fixup| !fixup.raw_specs_only) {
        let mut releases = releases(fixup);
        for release in [releases.next(), releases.last()].into_iter().flatten() {
            let number = release.number();
            let mut files = files(release);
            source(&files)
                .load(release, true)
                .expect("as it is, every fixup applies");
            correct(&mut files, fixup);

            let error = source(&files).load(release, true).err();
            let error = error.unwrap_or_else(|| panic!("{} of {number} is not stale", fixup.name));
            let text = error.to_string();
            assert!(
                matches!(error, Error::StaleFixup { name, release: of, .. }
                    if name == fixup.name && of == release),
                "{}: {text}",
                fixup.name
            );
            assert!(text.contains(fixup.name) && text.contains(&format!("Asterisk {number}")));

            let (_, anomalies) = source(&files).load(release, false).expect("a lenient run");
            let notes: Vec<_> = anomalies.iter().map(ToString::to_string).collect();
            assert!(
                notes.len() == 1 && notes[0].contains(&format!("`{}`", fixup.name)),
                "{}: {notes:?}",
                fixup.name
            );
            tried += 1;
        }
    }
    assert!(tried > 10);
}

/// A fixup with several places is stale only once all of them are corrected, so each place must be
/// needed by some release.
#[test]
fn every_single_place_of_a_fixup_has_its_bug_in_some_release() {
    for fixup in fixups::FIXUPS {
        let mut open: Vec<(&str, &str, String)> = match fixup.edit {
            Edit::AddErrorCodes(additions) => additions
                .iter()
                .flat_map(|(at, nickname, codes)| {
                    codes.iter().map(|code| (*at, *nickname, code.to_string()))
                })
                .collect(),
            Edit::ChangeParameterType { parameters, .. }
            | Edit::SendDefaults(parameters)
            | Edit::MeasureParameters { parameters, .. }
            | Edit::LimitNumbers { parameters, .. }
            | Edit::RequireParameters(parameters) => parameters
                .iter()
                .map(|(at, nickname, name)| (*at, *nickname, name.to_string()))
                .collect(),
            Edit::MeasureProperties { properties, .. } | Edit::OptionalProperties(properties) => {
                properties
                    .iter()
                    .map(|(model, name)| ("", *model, name.to_string()))
                    .collect()
            }
            _ => continue,
        };
        for release in releases(fixup) {
            let mut files = files(release);
            open.retain(|(at, nickname, what)| match fixup.edit {
                Edit::ChangeParameterType { from, .. } => parameter(&mut files, at, nickname, what)
                    .is_none_or(|parameter| parameter["dataType"] != from),
                Edit::SendDefaults(_) => parameter(&mut files, at, nickname, what)
                    .is_none_or(|parameter| parameter["defaultValue"].is_null()),
                Edit::MeasureParameters { .. } => parameter(&mut files, at, nickname, what)
                    .is_none_or(|parameter| parameter["dataType"] != "int"),
                Edit::LimitNumbers { .. } => parameter(&mut files, at, nickname, what)
                    .is_none_or(|parameter| !parameter["allowableValues"]["max"].is_null()),
                Edit::OptionalProperties(_) => property(&mut files, nickname, what)
                    .is_none_or(|property| property["required"] != true),
                Edit::MeasureProperties { .. } => property(&mut files, nickname, what)
                    .is_none_or(|property| property["type"] == "string"),
                Edit::RequireParameters(_) => parameter(&mut files, at, nickname, what)
                    .is_none_or(|parameter| parameter["required"] == true),
                _ => operation(&mut files, at, nickname).is_none_or(|operation| {
                    let declared = operation["errorResponses"].as_array();
                    let mut codes = declared.into_iter().flatten().map(|error| &error["code"]);
                    let what: serde_json::Value = what.parse().expect("a number");
                    codes.any(|code| *code == what)
                }),
            });
        }
        assert!(
            open.is_empty(),
            "{}: nothing to mend at {open:?}",
            fixup.name
        );
    }
}

#[test]
fn fixups_of_prose_are_wanted_only_where_there_is_prose() {
    let release = Release::LAST;
    let mut files = files(release);
    files.get_mut("sounds").expect("sounds")["_copyright"] = "Somebody".into();
    let error = source(&files).load(release, true).err();
    let error = error.expect("prose without its bugs");
    assert!(matches!(error, Error::StaleFixup { .. }), "{error}");
    let names: Vec<_> = fixups::for_release(release, false)
        .filter(|f| f.raw_specs_only)
        .collect();
    assert!(names.is_empty());
}

#[test]
fn unknown_keys_are_reported_with_file_path_and_owner() {
    let release = Release::from_number(22).expect("a known release");
    let mut files = files(release);
    let key = |json: &mut Value| json["odd key"] = 1.into();
    key(files.get_mut("resources").expect("the index"));
    key(&mut files.get_mut("resources").expect("the index")["apis"][1]);
    let channels = files.get_mut("channels").expect("channels");
    key(channels);
    key(&mut channels["apis"][0]);
    key(&mut channels["apis"][0]["operations"][1]);
    key(&mut channels["apis"][0]["operations"][1]["parameters"][2]);
    key(&mut channels["apis"][0]["operations"][1]["errorResponses"][0]);
    key(&mut channels["models"]["Dialed"]);
    channels["models"]["Channel"]["properties"]["id"]["requiredd"] = true.into();
    let generator = Generator::new()
        .add_release("22", source(&files))
        .expect("a release");
    let (_, _, covered) = generator.read().expect("odd, but fit for bindings");
    let found: Vec<_> = covered[0]
        .anomalies
        .iter()
        .map(ToString::to_string)
        .collect();
    let unknown = "unknown key \"odd key\": this generator does not know what it means";
    let originate = "(operation channels.originate)";
    let expected = [
        format!("memory/resources.json: $.apis[1][\"odd key\"]: {unknown}"),
        format!("memory/resources.json: $[\"odd key\"]: {unknown}"),
        format!(
            "memory/channels.json: $.apis[0].operations[1].parameters[2][\"odd key\"] \
             {originate}: {unknown}"
        ),
        format!(
            "memory/channels.json: $.apis[0].operations[1].errorResponses[0][\"odd key\"] \
             {originate}: {unknown}"
        ),
        format!(
            "memory/channels.json: $.apis[0].operations[1][\"odd key\"] {originate}: {unknown}"
        ),
        format!("memory/channels.json: $.apis[0][\"odd key\"]: {unknown}"),
        format!("memory/channels.json: $.models.Dialed[\"odd key\"] (model Dialed): {unknown}"),
        format!(
            "memory/channels.json: $.models.Channel.properties.id.requiredd (model Channel): {}",
            unknown.replace("odd key", "requiredd")
        ),
        format!("memory/channels.json: $[\"odd key\"]: {unknown}"),
    ];
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    assert_eq!(sorted(found), sorted(expected.into()));
}
