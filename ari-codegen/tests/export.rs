//! The exported documents against the JSON of each release, read with serde_json alone: each
//! operation, parameter, model and event is in them, and nothing else.

#![cfg(test)]

#[path = "support/command.rs"]
mod command;
#[path = "../../tests/support/points.rs"]
mod points;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use ari_codegen::export::{self, Format};
use ari_codegen::{Generator, Release, Selection, Version};
use command::{api_docs, files, run};
use points::Point;
use serde_json::{Value, json};

/// The generator of all releases.
static GENERATOR: LazyLock<Generator> =
    LazyLock::new(|| Generator::folder(api_docs()).expect("the releases"));

/// The committed files, with the format and the arguments that make them.
const PUBLISHED: [(&str, &str); 3] = [
    ("openapi.json", "openapi"),
    ("asyncapi.json", "asyncapi"),
    ("schema.json", "json-schema"),
];

/// The one schema that is no model.
const FAILURE: &str = "Failure";

/// Parameters that servers demand although the specs do not, by method, path and name.
const DEMANDED: [(&str, &str, &str); 3] = [
    ("POST", "/channels/{channelId}/dtmf", "dtmf"),
    ("POST", "/channels/{channelId}/mute", "direction"),
    ("DELETE", "/channels/{channelId}/mute", "direction"),
];

/// Properties that servers do not require although the specs do, by model and name.
const OPTIONAL: [(&str, &str); 2] = [
    ("RESTRequest", "transaction_id"),
    ("RESTRequest", "request_id"),
];

fn list(json: &Value) -> &[Value] {
    json.as_array().map_or(&[], Vec::as_slice)
}

fn members(json: &Value) -> impl Iterator<Item = (&String, &Value)> {
    json.as_object().into_iter().flatten()
}

fn text(json: &Value) -> String {
    json.as_str().expect("a string").to_owned()
}

/// Names of things, and `true` for those that are required.
type Names = BTreeMap<String, bool>;

/// The items of a release, or of a document.
#[derive(Debug, Default, PartialEq)]
struct Items {
    /// The places and names of parameters, by method and path.
    operations: BTreeMap<(String, String), Names>,
    /// The status codes of failures that only this operation declares, by method and path.
    codes: BTreeMap<(String, String), BTreeSet<String>>,
    /// Properties, including inherited ones, by model.
    models: BTreeMap<String, Names>,
    /// The messages that the WebSocket carries.
    messages: BTreeSet<String>,
}

/// Models of a release, as its files have them.
type Models = BTreeMap<String, Value>;

impl Items {
    /// Reads the files of a point release.
    fn of_files(point: &Point) -> Self {
        let mut items = Items::default();
        let mut models = Models::new();
        let mut root = None;
        for json in point.files.values() {
            models.extend(members(&json["models"]).map(|(id, model)| (id.clone(), model.clone())));
            for api in list(&json["apis"]) {
                for operation in list(&api["operations"]) {
                    let path = text(&api["path"]);
                    let method = text(&operation["httpMethod"]);
                    let parameters = list(&operation["parameters"]).iter().map(|parameter| {
                        let name = text(&parameter["name"]);
                        let place = text(&parameter["paramType"]);
                        let is_demanded = DEMANDED.contains(&(&method, &path, &name));
                        let is_required =
                            parameter["required"] == true || place == "path" || is_demanded;
                        (format!("{place} {name}"), is_required)
                    });
                    let mut parameters: Names = parameters.collect();
                    // Beside a body, the text of a message is in it.
                    if parameters.keys().any(|name| name.starts_with("body "))
                        && let Some(is_required) = parameters.remove("query body")
                    {
                        parameters.insert("body body".into(), is_required);
                    }
                    let key = (method.clone(), path.clone());
                    items.operations.insert(key.clone(), parameters);
                    let codes = list(&operation["errorResponses"]).iter();
                    let codes = codes.map(|error| error["code"].to_string().replace('"', ""));
                    items.codes.insert(key, codes.collect());
                    if !operation["upgrade"].is_null() {
                        root = Some(text(&operation["responseClass"]));
                    }
                }
            }
        }
        for id in models.keys() {
            items.models.insert(id.clone(), fields(&models, id));
        }
        let leaves = descendants(&models, &root.expect("a WebSocket"));
        let leaves = leaves.into_iter();
        items.messages = leaves
            .filter(|id| sub_types(&models, id).is_empty())
            .collect();
        items
    }

    /// Reads the documents about the same releases.
    fn of_documents(openapi: &Value, asyncapi: &Value, schema: &Value) -> Self {
        let mut items = Items::default();
        for (path, methods) in members(&openapi["paths"]) {
            for (method, operation) in members(methods) {
                let key = (method.to_uppercase(), path.clone());
                let mut parameters = Names::new();
                for parameter in list(&operation["parameters"]) {
                    let (place, name) = (text(&parameter["in"]), text(&parameter["name"]));
                    let is_required = parameter["required"] == true;
                    parameters.insert(format!("{place} {name}"), is_required);
                }
                let body = &operation["requestBody"];
                let content = &body["content"]["application/json"]["schema"];
                if let Some(name) = body["x-ari-parameter"].as_str() {
                    parameters.insert(format!("body {name}"), body["required"] == true);
                } else {
                    for (name, _) in members(&content["properties"]) {
                        let is_required = list(&content["required"]).contains(&json!(name));
                        parameters.insert(format!("body {name}"), is_required);
                    }
                }
                assert_eq!(
                    body["required"] == true,
                    parameters
                        .iter()
                        .any(|(name, required)| *required && name.starts_with("body ")),
                    "{key:?}"
                );
                items.operations.insert(key.clone(), parameters);
                let own = members(&operation["responses"]);
                let own = own.filter(|(code, response)| {
                    code.starts_with(['4', '5']) && response["$ref"].is_null()
                });
                items
                    .codes
                    .insert(key, own.map(|(code, _)| code.clone()).collect());
            }
        }
        items.models = models(&schema["$defs"]);
        let mut in_openapi = models(&openapi["components"]["schemas"]);
        assert!(
            in_openapi.remove(FAILURE).is_some(),
            "the schema of failures"
        );
        assert_eq!(
            in_openapi, items.models,
            "models of OpenAPI and JSON Schema"
        );
        let in_asyncapi = models(&asyncapi["components"]["schemas"]);
        assert_eq!(
            in_asyncapi, items.models,
            "models of AsyncAPI and JSON Schema"
        );
        let sent = list(&asyncapi["operations"]["sendEvents"]["messages"]).iter();
        items.messages = sent.map(last_step).collect();
        let root = last_step(&json!({"$ref": schema["$ref"]}));
        let union = list(&schema["$defs"][&root]["anyOf"]).iter();
        let union = union.filter(|schema| !schema["$ref"].is_null());
        let union: BTreeSet<String> = union.map(last_step).collect();
        assert_eq!(
            union, items.messages,
            "messages of AsyncAPI and JSON Schema"
        );
        let mapping = &openapi["components"]["schemas"][&root]["discriminator"]["mapping"];
        let mapping: BTreeSet<String> = members(mapping).map(|(name, _)| name.clone()).collect();
        assert_eq!(mapping, items.messages, "messages of OpenAPI");
        for message in &items.messages {
            let properties = &schema["$defs"][message]["properties"];
            assert_eq!(properties["type"]["const"], **message, "{message}");
        }
        items
    }

    /// Adds the items of another point release: only what both require is required.
    fn absorb(&mut self, other: Items) {
        for (key, names) in other.operations {
            merge(self.operations.entry(key), names);
        }
        for (key, codes) in other.codes {
            self.codes.entry(key).or_default().extend(codes);
        }
        for (key, names) in other.models {
            merge(self.models.entry(key), names);
        }
        self.messages.extend(other.messages);
    }
}

fn merge<K: Ord>(known: std::collections::btree_map::Entry<'_, K, Names>, names: Names) {
    use std::collections::btree_map::Entry;
    match known {
        Entry::Vacant(entry) => {
            entry.insert(names);
        }
        Entry::Occupied(mut entry) => {
            let known = entry.get_mut();
            for (name, required) in known.iter_mut() {
                *required &= names.get(name) == Some(&true);
            }
            for name in names.into_keys() {
                known.entry(name).or_insert(false);
            }
        }
    }
}

fn sub_types(models: &Models, id: &str) -> Vec<String> {
    list(&models[id]["subTypes"]).iter().map(text).collect()
}

fn descendants(models: &Models, id: &str) -> Vec<String> {
    let mut found = vec![id.to_owned()];
    let mut at = 0;
    while at < found.len() {
        found.extend(sub_types(models, &found[at]));
        at += 1;
    }
    found
}

/// Returns the properties of a model with those of its ancestors.
fn fields(models: &Models, id: &str) -> Names {
    let own = members(&models[id]["properties"]);
    let own = own.map(|(name, property)| {
        let is_required = property["required"] == true && !OPTIONAL.contains(&(id, name));
        (name.clone(), is_required)
    });
    let mut fields: Names = own.collect();
    if let Some(parent) = models
        .keys()
        .find(|at| sub_types(models, at).iter().any(|it| it == id))
    {
        fields.extend(self::fields(models, parent));
    }
    fields
}

/// Returns the properties of the models of a document. Models with subtypes describe their own
/// object last.
fn models(schemas: &Value) -> BTreeMap<String, Names> {
    let models = members(schemas).map(|(name, schema)| {
        let object = match schema["anyOf"].as_array() {
            Some(alternatives) => alternatives.last().expect("alternatives"),
            None => schema,
        };
        let required = list(&object["required"]);
        let names = members(&object["properties"]).map(|(name, _)| name);
        let names = names.map(|name| (name.clone(), required.contains(&json!(name))));
        (name.clone(), names.collect())
    });
    models.collect()
}

fn last_step(json: &Value) -> String {
    let reference = json["$ref"].as_str().expect("a reference");
    reference.rsplit('/').next().expect("a step").to_owned()
}

/// Returns the documents about some releases.
fn documents(releases: &[Selection]) -> [Value; 3] {
    let generator = match releases {
        [] => GENERATOR.clone(),
        some => GENERATOR.clone().retain_releases(some).expect("releases"),
    };
    let (api, ..) = generator.read().expect("an Api");
    let formats = [Format::OpenApi, Format::AsyncApi, Format::JsonSchema];
    formats.map(|format| serde_json::from_str(&export::document(&api, format)).expect("JSON"))
}

fn compare(expected: &Items, documents: &[Value; 3], what: &str) {
    let [openapi, asyncapi, schema] = documents;
    let found = Items::of_documents(openapi, asyncapi, schema);
    for (key, parameters) in &expected.operations {
        assert_eq!(
            found.operations.get(key),
            Some(parameters),
            "{what}: {key:?}"
        );
        let missing: Vec<_> = expected.codes[key].difference(&found.codes[key]).collect();
        assert!(missing.is_empty(), "{what}: {key:?} lacks {missing:?}");
    }
    for (id, properties) in &expected.models {
        assert_eq!(found.models.get(id), Some(properties), "{what}: {id}");
    }
    let keys = |items: &Items| items.operations.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&found), keys(expected), "{what}: operations");
    assert!(
        found.models.keys().eq(expected.models.keys()),
        "{what}: models"
    );
    assert_eq!(found.messages, expected.messages, "{what}: messages");
}

/// Compares the documents about each point release and about the whole release, and returns its
/// items.
fn compare_release(release: Release) -> Items {
    let mut whole = Items::default();
    for point in points::points(&api_docs(), release.number()) {
        let items = Items::of_files(&point);
        // Without a history there is only the release.
        if api_docs().join(format!("{release}/changes.json")).exists() {
            let [major, minor, patch] = point.number;
            let version = Version {
                major,
                minor,
                patch,
            };
            let selection = Selection::try_from(version).expect("a point release");
            compare(&items, &documents(&[selection]), &version.to_string());
        }
        whole.absorb(items);
    }
    compare(&whole, &documents(&[release.into()]), &release.to_string());
    whole
}

#[test]
fn documents_of_each_release_have_just_its_items() {
    let releases: Vec<Release> = Release::all().collect();
    let compared: Vec<Items> = std::thread::scope(|scope| {
        let threads = releases.chunks(4).map(|releases| {
            let compare = || releases.iter().map(|it| compare_release(*it)).collect();
            scope.spawn(compare)
        });
        let threads: Vec<_> = threads.collect();
        let parts = threads.into_iter().map(|thread| thread.join());
        let parts = parts.map(|part: Result<Vec<_>, _>| part.expect("equal documents"));
        parts.flatten().collect()
    });
    let counts = |items: &Items| (items.operations.len(), items.models.len());
    assert_eq!(compared.first().map(counts), Some((75, 56)));
    assert_eq!(compared.last().map(counts), Some((109, 85)));
    let mut all = Items::default();
    compared.into_iter().for_each(|items| all.absorb(items));
    compare(&all, &documents(&[]), "all releases");
}

/// Each reference leads to a part of its document, and each operation has an id of its own.
#[test]
fn references_lead_somewhere() {
    fn walk(document: &Value, at: &Value, count: &mut usize) {
        match at {
            Value::Object(fields) => {
                if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                    let pointer = reference.strip_prefix('#').expect("a local reference");
                    assert!(document.pointer(pointer).is_some(), "{reference}");
                    *count += 1;
                }
                fields
                    .values()
                    .for_each(|value| walk(document, value, count));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(document, item, count)),
            _ => {}
        }
    }
    let documents = documents(&[]);
    for document in &documents {
        let mut count = 0;
        walk(document, document, &mut count);
        assert!(count > 100, "{count} references");
    }
    let mut ids = BTreeSet::new();
    for (_, methods) in members(&documents[0]["paths"]) {
        for (_, operation) in members(methods) {
            assert!(ids.insert(text(&operation["operationId"])), "{operation}");
        }
    }
}

#[test]
fn availability_names_point_releases() {
    let [openapi, asyncapi, _] = documents(&[]);
    let claim = &openapi["paths"]["/events/claim"]["post"]["x-ari-availability"];
    assert_eq!(claim["releases"], json!([20, 22, 23, 24]));
    assert_eq!(claim["since"], json!(["20.20.0", "22.10.0", "23.4.0"]));
    let response = &asyncapi["components"]["messages"]["RESTResponse"]["x-ari-availability"];
    assert_eq!(response["since"], json!(["20.14.0", "21.9.0", "22.4.0"]));
    assert_eq!(
        response["text"],
        "Asterisk 20.14.0, 21.9.0, 22.4.0 and later"
    );
    let dial = &openapi["paths"]["/channels/create"]["post"];
    assert!(dial["x-ari-availability"]["until"].is_null(), "{dial}");
    let answer = &openapi["paths"]["/channels/{channelId}/answer"]["post"];
    assert!(answer["x-ari-availability"].is_null(), "{answer}");
    assert!(answer["x-ari-queued"].is_string(), "{answer}");
}

/// Returns the document of a release.
fn openapi(release: &str) -> Value {
    let [openapi, ..] = documents(&[release.parse().expect("a release")]);
    openapi
}

/// Properties that each release with them always sends, but that some releases with their model lack.
#[test]
fn properties_of_some_releases_say_who_always_sends_them() {
    let [openapi, ..] = documents(&[]);
    for (model, property, text) in [
        (
            "Channel",
            "protocol_id",
            "Asterisk 16.27.0, 18.13.0, 19.5.0 and later",
        ),
        ("Channel", "language", "Asterisk 13.2.0 and later"),
        (
            "Bridge",
            "creationtime",
            "Asterisk 13.26.0, 16.3.0 and later",
        ),
        ("LiveRecording", "target_uri", "Asterisk 12.2.0 and later"),
    ] {
        let schema = &openapi["components"]["schemas"][model]["properties"][property];
        assert_eq!(schema["x-ari-required-in"]["text"], text, "{schema}");
    }
    let channel = &openapi["components"]["schemas"]["Channel"]["properties"];
    assert!(
        channel["caller_rdnis"]["x-ari-required-in"].is_null(),
        "never required"
    );
    assert!(
        channel["id"]["x-ari-required-in"].is_null(),
        "always required"
    );
}

#[test]
fn waiting_for_the_queue_depends_on_the_release() {
    let waits = |openapi: &Value| {
        let path = &openapi["paths"]["/channels/{channelId}/variable"]["post"];
        path["x-ari-queued"].as_str().map(str::to_owned)
    };
    assert_eq!(waits(&openapi("16")), None);
    let queue = "the channel's command queue, behind a playback for instance";
    assert_eq!(waits(&openapi("22")).as_deref(), Some(queue));
    let [all, ..] = documents(&[]);
    assert_eq!(waits(&all), Some(format!("{queue} (from Asterisk 17 on)")));
}

#[test]
fn crashes_are_described() {
    let openapi = openapi("22");
    let mut crashes = 0;
    for (_, methods) in members(&openapi["paths"]) {
        for (_, operation) in members(methods) {
            if let Some(text) = operation["x-ari-crashes"].as_str() {
                let described = self::text(&operation["description"]);
                assert!(
                    described.contains(&format!("**Warning:** {text}")),
                    "{described}"
                );
                crashes += 1;
            }
        }
    }
    assert_eq!(crashes, 11);
}

/// Generators call the body `body`, as one parameter is called.
#[test]
fn no_parameter_has_the_name_of_the_body() {
    let [openapi, ..] = documents(&[]);
    for (path, methods) in members(&openapi["paths"]) {
        for (_, operation) in members(methods) {
            let mut parameters = list(&operation["parameters"]).iter();
            let has_body = !operation["requestBody"].is_null();
            assert!(
                !has_body || parameters.all(|it| it["name"] != "body"),
                "{path}"
            );
        }
    }
    let message = &openapi["paths"]["/endpoints/sendMessage"]["put"];
    let schema = &message["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(schema["properties"]["body"]["type"], "string");
}

#[test]
fn requests_over_the_websocket_are_only_in_releases_that_have_them() {
    let asyncapi = |release: &str| {
        let [_, asyncapi, _] = documents(&[release.parse().expect("a release")]);
        asyncapi
    };
    for release in ["12", "20.13", "21"] {
        let document = asyncapi(release);
        let has_requests = release == "21";
        let text = document.to_string();
        assert_eq!(
            text.contains("receives requests"),
            has_requests,
            "{release}"
        );
        assert_eq!(text.contains("request_id"), has_requests, "{release}");
    }
    let request = &asyncapi("22")["components"]["schemas"]["RESTRequest"];
    assert_eq!(request["required"], json!(["type", "method", "uri"]));
}

#[test]
fn bodies_are_those_that_servers_take() {
    let [openapi, ..] = documents(&["22".parse().expect("a release")]);
    let content = |method: &str, path: &str| {
        let operation = &openapi["paths"][path][method];
        operation["requestBody"]["content"]["application/json"]["schema"].clone()
    };
    let variables = content("post", "/channels");
    assert_eq!(variables["properties"]["variables"]["type"], "object");
    let fields = content(
        "put",
        "/asterisk/config/dynamic/{configClass}/{objectType}/{id}",
    );
    let item = &fields["properties"]["fields"]["items"];
    assert_eq!(item["required"], json!(["attribute", "value"]));
    let filter = content("put", "/applications/{applicationName}/eventFilter");
    let names: Vec<_> = members(&filter["properties"])
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["allowed", "disallowed"], "not wrapped");
    let bridge = content("post", "/bridges");
    assert!(bridge["properties"].is_null(), "{bridge}");
    assert!(bridge["additionalProperties"].is_object(), "{bridge}");
    let responses = |method: &str, path: &str| {
        let responses = members(&openapi["paths"][path][method]["responses"]);
        responses.map(|(code, _)| code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        responses("post", "/channels/{channelId}/play"),
        [
            "201", "400", "401", "403", "404", "409", "412", "500", "503", "default"
        ]
    );
    assert_eq!(
        responses("get", "/events"),
        ["101", "400", "401", "426", "500", "503", "default"]
    );
    let file = &openapi["paths"]["/recordings/stored/{recordingName}/file"]["get"];
    assert!(
        file["responses"]["200"]["content"]["audio/*"].is_object(),
        "{file}"
    );
}

#[test]
fn known_values_do_not_exclude_others() {
    let [openapi, _, schema] = documents(&["22".parse().expect("a release")]);
    let state = &schema["$defs"]["Channel"]["properties"]["state"];
    assert_eq!(state["anyOf"][1], json!({"type": "string"}), "{state}");
    assert!(
        list(&state["anyOf"][0]["enum"]).contains(&json!("Up")),
        "{state}"
    );
    let originate = &openapi["paths"]["/channels"]["post"]["parameters"];
    let timeout = list(originate).iter().find(|it| it["name"] == "timeout");
    let timeout = timeout.expect("a timeout");
    assert_eq!(
        timeout["x-ari-duration"],
        json!({"unit": "s", "unlimited": -1, "zeroIsDefault": true})
    );
    assert_eq!(timeout["schema"]["default"], 30);
}

#[test]
fn published_files_are_those_of_the_command() {
    let newest = Release::LAST.to_string();
    for (file, format) in PUBLISHED {
        let path = api_docs().join("openapi").join(file);
        let exported = run(
            &api_docs().join(".."),
            ["export", format, "--release", &newest],
        );
        assert_eq!(
            (exported.code, exported.err.as_str()),
            (Some(0), ""),
            "{format}"
        );
        if std::env::var_os("ARI_BLESS").is_some_and(|value| value == "1") {
            fs::write(&path, &exported.out).expect("a writable file");
        }
        let published = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            published == exported.out,
            "api-docs/openapi/{file} differs; ARI_BLESS=1 rewrites it"
        );
    }
}

#[test]
fn output_goes_into_a_file() {
    let place = tempfile::tempdir().expect("a folder");
    let arguments = ["export", "json-schema", "--release", "13.1"];
    let printed = run(place.path(), arguments);
    let written = run(
        place.path(),
        arguments.into_iter().chain(["--output", "ari.json"]),
    );
    assert_eq!(
        (written.code, written.out.as_str()),
        (Some(0), ""),
        "{written:?}"
    );
    let path = place.path().join("ari.json");
    assert_eq!(fs::read_to_string(&path).expect("the file"), printed.out);
    assert!(printed.out.contains("\"x-ari-releases\": \"13.1.0\""));
    #[cfg(unix)]
    {
        let device = ["--output", "/dev/stdout"];
        let device = run(place.path(), arguments.into_iter().chain(device));
        assert_eq!((device.code, device.out), (Some(0), printed.out.clone()));
    }
    for (arguments, code, message) in [
        (
            &["export", "yaml"][..],
            2,
            "possible values: openapi, asyncapi, json-schema",
        ),
        (
            &["export", "openapi", "--release", "11"],
            2,
            "no Asterisk release",
        ),
        (&["export", "openapi", "--from", "nowhere"], 1, "nowhere"),
        (
            &["export", "openapi", "--output", "ari.json/x"],
            1,
            "ari.json",
        ),
    ] {
        let failed = run(place.path(), arguments);
        assert_eq!(failed.code, Some(code), "{failed:?}");
        assert!(
            failed.err.contains(message) && failed.out.is_empty(),
            "{failed:?}"
        );
    }
    let left: Vec<_> = files(place.path()).into_keys().collect();
    assert_eq!(left, [Path::new("ari.json")]);
}

/// As in `ari-codegen export openapi | head -1`.
#[cfg(unix)]
#[test]
fn reader_that_wants_no_more_is_no_error() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_ari-codegen"))
        .args(["export", "json-schema", "--release", "13.1"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the command runs");
    drop(child.stdout.take());
    let finished = child.wait_with_output().expect("the command ends");
    let errors = String::from_utf8_lossy(&finished.stderr);
    assert_eq!((finished.status.code(), &*errors), (Some(0), ""));
}

/// A customised Asterisk: its additions are in the document, and Asterisk's sentences are not.
#[test]
fn texts_of_specs_are_left_out() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("specs");
    fs::create_dir_all(&folder).expect("a folder");
    for entry in fs::read_dir(api_docs().join("22")).expect("specs") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_owned();
        if name == "changes.json" {
            continue;
        }
        let bytes = fs::read(&path).expect("a spec");
        let mut spec: Value = serde_json::from_slice(&bytes).expect("JSON");
        if name == "sounds.json" {
            spec["models"]["Own Model"] = json!({
                "id": "Own Model",
                "description": "A sentence of the specs.",
                "properties": {"of": {"type": "List[Sound]", "required": true,
                    "description": "A sentence of the specs."}}
            });
            let operation = json!({
                "httpMethod": "GET", "nickname": "own thing", "responseClass": "Own Model",
                "summary": "A sentence of the specs.", "notes": "A sentence of the specs.",
                "parameters": [{"name": "a b", "paramType": "query", "dataType": "string",
                    "required": false, "allowMultiple": true,
                    "description": "A sentence of the specs."}],
                "errorResponses": [{"code": 418, "reason": "A sentence of the specs."}]
            });
            let apis = spec["apis"].as_array_mut().expect("a list");
            apis.push(json!({"path": "/sounds/own/thing", "operations": [operation]}));
        }
        fs::write(folder.join(name), spec.to_string()).expect("a writable file");
    }
    let exported = run(place.path(), ["export", "openapi", "--from", "specs"]);
    assert_eq!(exported.code, Some(0), "{}", exported.err);
    assert!(!exported.out.contains("A sentence of the specs"));
    let document: Value = serde_json::from_str(&exported.out).expect("JSON");
    let operation = &document["paths"]["/sounds/own/thing"]["get"];
    assert_eq!(operation["operationId"], "sounds_own_thing");
    assert!(operation["responses"]["418"].is_object(), "{operation}");
    let model = &document["components"]["schemas"]["Own_Model"];
    assert_eq!(model["title"], "Own Model");
    assert_eq!(
        model["properties"]["of"]["items"]["$ref"],
        "#/components/schemas/Sound"
    );
}
