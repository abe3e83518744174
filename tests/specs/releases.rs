//! Bindings for exactly one point release of each release, and for some old ones, compile as crates
//! of their own, for the same user code, and as one file for a build script. Every model and event
//! of the specs survives decoding and encoding, both with bindings of its own release and with the
//! merged ones.
//!
//! The library writes the crates, and cargo builds a program that depends on all of them. The
//! program reads samples and writes the results.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ari_codegen::{CrateOptions, Generator, Release, RuntimeSource, Selection};
use serde_json::{Value, json};

use crate::points::Number;
use crate::sample::{self, Extent, Models};
use crate::spec::{Spec, array, properties, text};

/// The merged bindings, in addition to the releases' numbers.
const MERGED: &str = "merged";

#[test]
fn models_and_events_of_point_releases_round_trip() {
    let spec = Spec::read();
    let folder = scratch();
    let types = write_program(&spec, &folder);
    let program = build(&folder);

    let exact: BTreeMap<Number, String> = exact_releases(&spec)
        .into_iter()
        .map(|(number, selection)| (number, selection.to_string()))
        .collect();
    let mut rows = Vec::new();
    // Most models of a point release are equal to those of others.
    let mut seen = BTreeSet::new();
    for (number, models) in &spec.models {
        for row in samples(models) {
            if let Some(name) = exact.get(number) {
                rows.push((name.clone(), row.clone()));
            }
            // Older servers omit fields that the merged bindings therefore do not require.
            if row.expected.is_some() && seen.insert((row.model.clone(), row.text.clone())) {
                rows.push((MERGED.to_owned(), row));
            }
        }
    }
    let input: String = rows
        .iter()
        .fold(String::new(), |mut input, (bindings, row)| {
            let row = json!([bindings, row.model, row.text]);
            let _ = writeln!(input, "{row}");
            input
        });
    let output = run(&program, &input);
    assert_eq!(output.lines().count(), rows.len(), "one line a sample");
    for ((bindings, row), line) in rows.iter().zip(output.lines()) {
        let result: Result<Value, String> = match serde_json::from_str(line).expect("JSON") {
            Value::String(error) => Err(error),
            value => Ok(value),
        };
        let what = format!(
            "Asterisk {bindings}, {}, {}: {}",
            row.model, row.about, row.text
        );
        match (&row.expected, result) {
            (Some(expected), Ok(value)) => assert_eq!(value, *expected, "{what}"),
            (Some(_), Err(error)) => panic!("{what}: {error}"),
            (None, Ok(value)) => panic!("{what}: decoded to {value}"),
            (None, Err(_)) => {}
        }
    }
    // Every model of every release was present.
    for (number, name) in &exact {
        let models = &spec.models[number];
        assert_eq!(types[name], models.len(), "models of Asterisk {name}");
    }
    println!(
        "{} samples of {} point releases survived",
        rows.len(),
        spec.models.len()
    );
}

/// Writes the samples as lines of JSON into the file that `ARI_SAMPLES` names, for validators of the
/// exported JSON Schema.
#[test]
#[ignore = "writes a file for tests/openapi/check"]
fn write_samples() {
    let path = std::env::var_os("ARI_SAMPLES").expect("the name of a file");
    let spec = Spec::read();
    let mut lines = String::new();
    for (number, selection) in exact_releases(&spec) {
        let models = &spec.models[&number];
        // Servers send no null, and schemas do not depend on the order of keys.
        let rows = samples(models).into_iter().filter(|row| {
            row.about != NULLS && (row.model != EVENT || row.text.starts_with("{\"type\""))
        });
        for row in rows {
            let value: Value = serde_json::from_str(&row.text).expect("JSON");
            let is_event = row.model == EVENT;
            let line = json!({
                "release": selection.to_string(),
                "model": if is_event { "" } else { &row.model },
                "valid": row.expected.is_some(),
                "value": if is_event { value } else { tagged(models, &row.model, &value) },
            });
            let _ = writeln!(lines, "{line}");
        }
    }
    fs::write(path, lines).expect("a writable file");
}

/// Returns the point releases that have crates of their own: the newest of each release, and old
/// ones whose objects lack many fields, or whose responses differ.
fn exact_releases(spec: &Spec) -> BTreeMap<Number, Selection> {
    let selection = |[major, minor, patch]: Number| {
        let text = format!("{major}.{minor}.{patch}");
        text.parse::<Selection>().expect("a point release")
    };
    let old = [[12, 0, 0], [13, 1, 0], [16, 6, 0]];
    let mut exact: BTreeMap<_, _> = old.map(|number| (number, selection(number))).into();
    for release in Release::all() {
        let of_release = spec
            .models
            .keys()
            .rev()
            .find(|at| at[0] == release.number());
        let newest = of_release.expect("a point release");
        // Without a history, there is only the release.
        let known = spec
            .models
            .keys()
            .filter(|at| at[0] == release.number())
            .count()
            > 1
            || Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(format!("api-docs/{release}/changes.json"))
                .exists();
        let selected = match known {
            true => selection(*newest),
            false => Selection::from(release),
        };
        exact.insert(*newest, selected);
    }
    exact
}

/// The objects that the tutorial receives from the very first release, with the merged bindings: no
/// `asterisk_id`, no `language`.
#[test]
fn tutorial_decodes_asterisk_12_0_0() {
    let channel = json!({
        "id": "1388000000.0", "name": "SIP/100-00000000", "state": "Up",
        "caller": {"name": "", "number": "100"}, "connected": {"name": "", "number": ""},
        "accountcode": "",
        "dialplan": {"context": "default", "exten": "1", "priority": 2},
        "creationtime": "2013-12-20T12:00:00.000-0600",
    });
    let start = json!({
        "type": "StasisStart", "timestamp": "2013-12-20T12:00:00.000-0600", "args": ["world"],
        "channel": channel, "application": "hello",
    });
    let end = json!({
        "type": "StasisEnd", "timestamp": "2013-12-20T12:00:01.000-0600", "channel": channel,
        "application": "hello",
    });
    let parse = |event: &Value| event.to_string().parse::<ari_api::Event>();
    match (parse(&start), parse(&end)) {
        (Ok(ari_api::Event::StasisStart(start)), Ok(ari_api::Event::StasisEnd(end))) => {
            assert_eq!(start.args, ["world"]);
            assert_eq!(
                (&start.channel.language, &start.asterisk_id),
                (&None, &None)
            );
            assert_eq!(end.channel, start.channel);
        }
        other => panic!("{other:?}"),
    }
    let info = json!({
        "build": {"os": "Linux", "kernel": "3.2", "options": "LOADABLE_MODULES", "user": "root",
            "machine": "x86_64", "date": "2013-12-20"},
        "system": {"version": "12.0.0", "entity_id": "02:00:00:00:00:01"},
        "config": {"name": "pbx", "default_language": "en",
            "setid": {"user": "asterisk", "group": "asterisk"}},
        "status": {"startup_time": "2013-12-20T11:00:00.000-0600",
            "last_reload_time": "2013-12-20T11:00:00.000-0600"},
    });
    let info: ari_api::models::AsteriskInfo = serde_json::from_value(info).expect("the info");
    assert_eq!(info.system.expect("the system").version, "12.0.0");
}

/// One text to decode, and the expected result of encoding it.
#[derive(Clone)]
struct Row {
    /// A model, or an event by its type.
    model: String,
    about: &'static str,
    text: String,
    /// `None` if decoding must fail.
    expected: Option<Value>,
}

/// Returns samples of every model of a release, and of every event.
fn samples(models: &Models) -> Vec<Row> {
    let mut rows = Vec::new();
    for name in models.keys() {
        rows.extend(model_samples(models, name));
    }
    for extent in [Extent::Minimal, Extent::Complete] {
        for message in sample::messages(models, extent) {
            rows.extend(event_samples(&message));
        }
    }
    rows
}

fn model_samples(models: &Models, name: &str) -> Vec<Row> {
    let row = |about, sample: &Value, expected: Option<&Value>| Row {
        model: name.to_owned(),
        about,
        text: sample.to_string(),
        expected: expected.map(|expected| tagged(models, name, expected)),
    };
    let all = sample::value(models, name, Extent::Complete);
    let least = sample::value(models, name, Extent::Minimal);
    let mut with_null = least.clone();
    let mut unknown = all.clone();
    unknown["a field that nobody knows"] = json!({"type": ["x", {"y": null}]});
    let mut rows = vec![row("all fields", &all, Some(&all))];
    rows.push(row("only required fields", &least, Some(&least)));
    rows.push(row("an unknown field", &unknown, Some(&all)));
    for (property, spec) in properties(models, name) {
        if spec["required"] == true {
            let mut without = least.clone();
            without
                .as_object_mut()
                .expect("an object")
                .remove(&property);
            if !(property == "type" && is_leaf(models, name)) {
                rows.push(row("a required field is missing", &without, None));
            }
        } else {
            with_null[&property] = Value::Null;
        }
        if !array(&spec["allowableValues"]["values"]).is_empty() {
            let mut odd = all.clone();
            odd[&property] = "a value that nobody knows".into();
            rows.push(row("an unknown value", &odd, Some(&odd)));
        }
    }
    rows.push(row(NULLS, &with_null, Some(&least)));
    rows
}

/// Adds the type to samples of messages, which encode it themselves.
fn tagged(models: &Models, name: &str, sample: &Value) -> Value {
    let mut sample = sample.clone();
    if is_leaf(models, name) {
        sample["type"] = name.into();
    }
    sample
}

/// Returns whether a model is a type of message, not a base type of others.
fn is_leaf(models: &Models, name: &str) -> bool {
    let extends = |model: &Value| array(&model["subTypes"]).iter().any(|sub| sub == name);
    array(&models[name]["subTypes"]).is_empty() && models.values().any(extends)
}

/// Returns a message with its type as the first key, in the middle, and as the last.
fn event_samples(message: &Value) -> Vec<Row> {
    let kind = text(&message["type"]).to_owned();
    let members: Vec<String> = message
        .as_object()
        .expect("an object")
        .iter()
        .filter(|(key, _)| *key != "type")
        .map(|(key, value)| format!("{}:{value}", json!(key)))
        .collect();
    [0, members.len() / 2, members.len()]
        .into_iter()
        .map(|at| {
            let mut members = members.clone();
            members.insert(at, format!("\"type\":{}", json!(kind)));
            Row {
                model: EVENT.to_owned(),
                about: "a message",
                text: format!("{{{}}}", members.join(",")),
                expected: Some(message.clone()),
            }
        })
        .collect()
}

/// The subject of samples in which all optional fields are null.
const NULLS: &str = "null for every optional field";

/// The name with which the program decodes a row as an event.
const EVENT: &str = "an event";

/// Returns a folder of its own, which is kept so that a second run builds only the changes.
fn scratch() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    root.join(target).join("releases")
}

/// Writes a crate per release and the program; returns the number of models of each.
fn write_program(spec: &Spec, folder: &Path) -> BTreeMap<String, usize> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = CrateOptions {
        name: None,
        runtime: RuntimeSource::Path(root.join("ari-runtime")),
    };
    let mut dependencies = String::new();
    let mut arms = String::new();
    let mut counts = BTreeMap::new();
    for selection in exact_releases(spec).values() {
        let generator = Generator::folder(root.join("api-docs")).expect("api-docs");
        let bindings = generator
            .retain_releases([selection])
            .expect("a release")
            .generate()
            .expect("bindings");
        let release = selection.to_string();
        let name = match selection.point {
            Some(_) => format!("asterisk-{}", release.replace('.', "-")),
            None => format!("asterisk-{release}"),
        };
        bindings
            .write_crate(&folder.join(&name), &options)
            .expect("a crate");
        let _ = writeln!(dependencies, "{name} = {{ path = \"../{name}\" }}");
        let names = model_types(&bindings.files);
        counts.insert(release.clone(), names.len());
        write_arms(&mut arms, &release, &name.replace('-', "_"), &names);
    }
    let merged = Generator::folder(root.join("api-docs"))
        .expect("api-docs")
        .generate();
    let names = model_types(&merged.expect("bindings").files);
    write_arms(&mut arms, MERGED, "ari_api", &names);
    let program = folder.join("program");
    let write = |name: &str, text: String| {
        let path = program.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let [ari_api, ari_runtime] = ["ari-api", "ari-runtime"].map(|name| root.join(name));
    write(
        "Cargo.toml",
        format!(
            "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nserde = \"1\"\nserde_json = \"1\"\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\
             ari-api = {{ path = {ari_api:?} }}\n\
             ari-runtime = {{ path = {ari_runtime:?} }}\n\
             {dependencies}\n[workspace]\n"
        ),
    );
    write("src/main.rs", PROGRAM.replace("// ARMS", &arms));
    // User code is the same with bindings of one release.
    let example = fs::read_to_string(root.join("ari-api/examples/hello_stasis.rs"));
    let example = example
        .expect("the example")
        // A crate of one's own has the modules of the runtime in the crate that it exports.
        .replace(
            "use ari_api::stream::",
            "use asterisk_22_10_0::ari_runtime::stream::",
        )
        .replace("use ari_api::", "use asterisk_22_10_0::");
    write("src/bin/hello/main.rs", example);
    // The example's own module starts a fake server, too.
    write("src/bin/hello/server.rs", OPEN.to_owned());
    // The output of a build script in OUT_DIR, here in a module of its own.
    let generator = Generator::folder(root.join("api-docs")).expect("api-docs");
    let one = [Release::FIRST];
    let bindings = generator
        .retain_releases(one)
        .expect("a release")
        .module("crate::ari")
        .generate();
    write(
        "src/bin/ari.rs.included",
        bindings.expect("bindings").single_file(),
    );
    write("src/bin/included.rs", INCLUDED.to_owned());
    let lock = fs::read(root.join("Cargo.lock")).expect("the lock file");
    fs::write(program.join("Cargo.lock"), lock).expect("a lock file");
    counts
}

const OPEN: &str = r#"
use asterisk_22_10_0::{Client, Error};

pub async fn open() -> Result<(Client, ()), Error> {
    let client = Client::builder("http://localhost:8088/ari");
    Ok((client.credentials("aritest", "testme").build()?, ()))
}
"#;

const INCLUDED: &str = r#"
pub mod ari {
    include!("ari.rs.included");
}

fn main() {
    println!("{:?}", ari::channels::Originate::new("PJSIP/100").app("hello"));
}
"#;

const PROGRAM: &str = r#"
use std::io::BufRead as _;

use serde_json::Value;

fn model<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Result<Value, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_value(&value).map_err(|error| error.to_string())
}

macro_rules! event {
    ($bindings:ident, $text:expr) => {{
        let event: $bindings::Event =
            $text.parse().map_err(|error: $bindings::Error| error.to_string())?;
        if matches!(event, $bindings::Event::Unknown { .. }) {
            return Err("unknown".into());
        }
        serde_json::to_value(&event).map_err(|error| error.to_string())
    }};
}

fn survive(bindings: &str, name: &str, text: &str) -> Result<Value, String> {
    match (bindings, name) {
// ARMS
        _ => Err(format!("no {name} in {bindings}")),
    }
}

fn main() {
    for line in std::io::stdin().lock().lines() {
        let row: [String; 3] = serde_json::from_str(&line.unwrap()).unwrap();
        let result = survive(&row[0], &row[1], &row[2]);
        println!("{}", result.unwrap_or_else(Value::String));
    }
}
"#;

fn write_arms(arms: &mut String, bindings: &str, path: &str, names: &BTreeMap<String, String>) {
    for (wire, rust) in names {
        let _ = writeln!(
            arms,
            "({bindings:?}, {wire:?}) => model::<{path}::models::{rust}>(text),"
        );
    }
    let _ = writeln!(arms, "({bindings:?}, {EVENT:?}) => event!({path}, text),");
}

/// Returns the Rust name of each model, by its name on the wire: `Rust = named("wire")`, or
/// `tagged("type", "wire")`.
fn model_types(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for (_, text) in files.iter().filter(|(path, _)| path.starts_with("models/")) {
        for item in syn::parse_file(text).expect("Rust").items {
            let syn::Item::Macro(item) = item else {
                continue;
            };
            if item
                .mac
                .path
                .segments
                .last()
                .is_none_or(|name| name.ident != "model")
            {
                continue;
            }
            let list =
                syn::punctuated::Punctuated::<syn::ExprAssign, syn::Token![,]>::parse_terminated;
            let list = item.mac.parse_body_with(list).expect("names");
            let head = list.into_iter().next().expect("a model's names");
            let (syn::Expr::Path(rust), syn::Expr::Call(wire)) = (*head.left, *head.right) else {
                panic!("a model has two names");
            };
            let Some(syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(wire),
                ..
            })) = wire.args.last()
            else {
                panic!("a model's name is a text");
            };
            let rust = rust.path.get_ident().expect("one word").to_string();
            names.insert(wire.value(), rust);
        }
    }
    names
}

/// Builds the program, and with it the crates, without a warning.
fn build(folder: &Path) -> PathBuf {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--bins", "--manifest-path"])
        .arg(folder.join("program/Cargo.toml"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTFLAGS", "-D warnings")
        // There is a lot of code, and it is never debugged.
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .status()
        .expect("cargo runs");
    assert!(
        status.success(),
        "the crates of the releases do not compile"
    );
    folder.join("target/debug/program")
}

fn run(program: &Path, input: &str) -> String {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("its input");
    let input = input.to_owned();
    // Concurrently with reading, or both would wait for each other.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("its output");
    writer.join().expect("a thread").expect("all input");
    assert!(output.status.success(), "the program failed");
    String::from_utf8(output.stdout).expect("text")
}
