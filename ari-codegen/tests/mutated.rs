//! Real specs with random damage: the generator returns an error or valid Rust.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use ari_codegen::{Generator, Source};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Resources that need no models of other resources, and the events that use only such models.
static SPECS: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-docs/22");
    let names = [
        "resources",
        "endpoints",
        "playbacks",
        "recordings",
        "deviceStates",
        "events",
    ];
    let mut files = BTreeMap::new();
    for name in names {
        let text = fs::read_to_string(folder.join(format!("{name}.json"))).expect("a spec");
        let json: Value = serde_json::from_str(&text).expect("JSON");
        files.insert(name.to_owned(), json);
    }
    let apis = files
        .get_mut("resources")
        .and_then(|index| index["apis"].as_array_mut());
    apis.expect("a list").retain(|api| {
        let path = api["path"].as_str().unwrap_or_default();
        names.iter().any(|name| path.contains(&format!("/{name}.")))
    });
    let kept = [
        "Message",
        "MissingParams",
        "Event",
        "PlaybackStarted",
        "RecordingFailed",
        "TextMessageReceived",
        "DeviceStateChanged",
        "ApplicationReplaced",
    ];
    let models = files.get_mut("events").map(|json| &mut json["models"]);
    let models = models.and_then(Value::as_object_mut).expect("models");
    models.retain(|id, _| kept.contains(&id.as_str()));
    for parent in ["Message", "Event"] {
        let sub_types = models[parent]["subTypes"].as_array_mut().expect("subtypes");
        sub_types.retain(|id| kept.iter().any(|kept| id == kept));
    }
    files
});

/// A kind of damage. The numbers select a place, and are valid for specs of any size.
#[derive(Clone, Debug)]
enum Edit {
    DropKey(usize),
    RenameKey(usize, String),
    Replace(usize, Value),
    Duplicate(usize),
    Swap(usize, usize),
    Splice(usize, usize, String),
}

fn text() -> impl Strategy<Value = String> {
    let words = [
        "type",
        "self",
        "Event",
        "string",
        "List[Event]",
        "Message",
        "path",
        "body",
        "object",
        "{",
        "}",
        "\"",
        "*/",
        "\n",
        "\r",
        "\\",
        "#",
        "",
    ];
    prop_oneof![
        3 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => vec(any::<char>(), 0..8).prop_map(|chars| chars.into_iter().collect()),
        1 => "[a-zA-Z_][a-zA-Z0-9_ .-]{0,9}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        text().prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        vec(text(), 0..3).prop_map(Value::from),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = 0_usize..1_000_000;
    prop_oneof![
        1 => at.clone().prop_map(Edit::DropKey),
        1 => (at.clone(), text()).prop_map(|(at, key)| Edit::RenameKey(at, key)),
        1 => (at.clone(), value()).prop_map(|(at, value)| Edit::Replace(at, value)),
        1 => at.clone().prop_map(Edit::Duplicate),
        1 => (at.clone(), at.clone()).prop_map(|(at, other)| Edit::Swap(at, other)),
        3 => (at, 0_usize..30, text()).prop_map(|(at, behind, text)| Edit::Splice(at, behind, text)),
    ]
}

/// Collects JSON pointers to all wanted values below `at`.
fn pointers(json: &Value, at: &str, wanted: &dyn Fn(&Value) -> bool, found: &mut Vec<String>) {
    if wanted(json) {
        found.push(at.to_owned());
    }
    match json {
        Value::Object(map) => {
            for (key, value) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(value, &format!("{at}/{key}"), wanted, found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                pointers(value, &format!("{at}/{index}"), wanted, found);
            }
        }
        _ => {}
    }
}

fn choose<'a>(
    json: &'a mut Value,
    at: usize,
    wanted: &dyn Fn(&Value) -> bool,
) -> Option<&'a mut Value> {
    let mut found = Vec::new();
    pointers(json, "", wanted, &mut found);
    let pointer = found.get(at.checked_rem(found.len())?)?;
    json.pointer_mut(pointer)
}

/// Damages `json`, or changes nothing if there is no suitable place.
fn apply(json: &mut Value, edit: &Edit) -> Option<()> {
    let object = |value: &Value| value.as_object().is_some_and(|map| !map.is_empty());
    let array = |value: &Value| value.as_array().is_some_and(|items| !items.is_empty());
    match edit {
        Edit::DropKey(at) => {
            let map = choose(json, *at, &object)?.as_object_mut()?;
            let key = map.keys().nth(at % map.len())?.clone();
            map.shift_remove(&key);
        }
        Edit::RenameKey(at, to) => {
            let map = choose(json, *at, &object)?.as_object_mut()?;
            let key = map.keys().nth(at % map.len())?.clone();
            let mut value = map.shift_remove(&key)?;
            // A model has its name both as a key and as its id.
            if let Some(id) = value.get_mut("id").filter(|id| id.is_string()) {
                *id = to.as_str().into();
            }
            map.insert(to.clone(), value);
        }
        Edit::Replace(at, value) => *choose(json, *at, &|_| true)? = value.clone(),
        Edit::Duplicate(at) => {
            let items = choose(json, *at, &array)?.as_array_mut()?;
            items.push(items.get(at % items.len())?.clone());
        }
        Edit::Swap(at, other) => {
            let items = choose(json, *at, &array)?.as_array_mut()?;
            let count = items.len();
            items.swap(at % count, other % count);
        }
        Edit::Splice(at, behind, text) => {
            let Value::String(old) = choose(json, *at, &Value::is_string)? else {
                return None;
            };
            let behind = old.char_indices().map(|(index, _)| index).nth(*behind);
            old.insert_str(behind.unwrap_or(old.len()), text);
        }
    }
    Some(())
}

/// Generates bindings of these files and checks that they are valid Rust. Returns the error if none
/// are generated.
fn generate(files: &BTreeMap<String, Value>) -> Result<(), String> {
    let bytes = |json: &Value| json.to_string().into_bytes();
    let source = Source::Memory {
        origin: "damaged".into(),
        files: files
            .iter()
            .map(|(name, json)| (name.clone(), bytes(json)))
            .collect(),
    };
    let generator = Generator::new()
        .add_release("22", source)
        .expect("a known release");
    let bindings = generator.generate().map_err(|error| error.to_string())?;
    for (path, text) in &bindings.files {
        syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn damaged_specs_make_an_error_or_valid_rust(
        edits in vec((0_usize..6, edit()), 1..4),
    ) {
        let mut files = SPECS.clone();
        for (file, edit) in &edits {
            let json = files.values_mut().nth(*file).expect("a file");
            apply(json, edit);
        }
        if let Err(error) = generate(&files) {
            // The error contains the place, and is not an internal error of the generator.
            prop_assert!(error.starts_with("damaged"), "{error}");
        }
    }
}

#[test]
fn undamaged_specs_make_bindings() {
    generate(&SPECS).expect("bindings");
}
