//! `api-docs` contains facts and none of Asterisk's prose, which is under another licence. Raw
//! specs, which include the prose, can be read equally well.
//!
//! If there are no raw specs beside the checkout (in `../shared/asterisk-specs`, one folder per
//! release), tests that need them report that they are skipped.

#![cfg(test)]

#[path = "support/joined.rs"]
mod joined;
#[path = "support/specs.rs"]
mod specs;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ari_codegen::import::Import;
use ari_codegen::spec::TEXT_KEYS;
use ari_codegen::{Bindings, Descriptions, Generator, Release, Source};
use joined::joined;
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the folder of raw specs, if it exists.
fn raw_specs() -> Option<PathBuf> {
    let folder = root().join("../shared/asterisk-specs");
    if !folder.is_dir() {
        println!("no raw specs in ../shared/asterisk-specs: nothing to compare with");
        return None;
    }
    Some(folder)
}

/// Returns every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let text = fs::read_to_string(&path).expect("a text file");
            found.insert(path, text);
        }
    }
    found
}

/// Collects all strings whose keys are those of prose.
fn prose<'a>(json: &'a Value, found: &mut Vec<&'a str>) {
    match json {
        Value::Object(map) => {
            for (key, value) in map {
                match value.as_str().filter(|_| TEXT_KEYS.contains(&key.as_str())) {
                    Some(text) => found.push(text),
                    None => prose(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| prose(item, found)),
        _ => {}
    }
}

/// Returns only the words, so that line breaks, comment signs and markup do not matter.
fn words(text: &str) -> String {
    let plain = text.replace("\\n", " ").to_lowercase();
    let words = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn api_docs_hold_no_prose() {
    for release in Release::all() {
        for (path, text) in files(&root().join(format!("api-docs/{release}"))) {
            let json = serde_json::from_str(&text).expect("JSON");
            let mut found = Vec::new();
            prose(&json, &mut found);
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
    }
}

#[test]
fn no_sentence_of_the_raw_specs_is_in_ours() {
    let Some(raw) = raw_specs() else { return };
    let mut sentences = BTreeSet::new();
    for text in files(&raw).values() {
        let json: Value = serde_json::from_str(text).expect("JSON");
        let mut found = Vec::new();
        prose(&json, &mut found);
        let found = found
            .iter()
            .flat_map(|text| text.split_terminator(['.', '\n', ';']));
        sentences.extend(found.map(words).filter(|words| words.len() >= 45));
    }
    assert!(sentences.len() > 100, "the raw specs have prose");
    for folder in ["api-docs/descriptions", "ari-api/src/generated"] {
        for (path, text) in files(&root().join(folder)) {
            let text = words(&text);
            for sentence in &sentences {
                let path = path.display();
                assert!(
                    !text.contains(sentence),
                    "{path} holds Asterisk's words: {sentence}"
                );
            }
        }
    }
}

#[test]
fn importing_the_raw_specs_makes_api_docs_byte_for_byte() {
    let Some(raw) = raw_specs() else { return };
    let temporary = tempfile::tempdir().expect("a folder");
    for release in Release::all() {
        // An import keeps the recorded changes between point releases.
        let history = format!("{release}/changes.json");
        if let Ok(text) = fs::read(root().join("api-docs").join(&history)) {
            let folder = temporary.path().join(release.to_string());
            fs::create_dir_all(&folder).expect("a folder");
            for (path, text) in files(&root().join(format!("api-docs/{release}"))) {
                fs::write(folder.join(path.file_name().expect("a name")), text).expect("written");
            }
            fs::write(folder.join("gone.json"), "a resource that is no more").expect("written");
            fs::write(temporary.path().join(&history), text).expect("written");
        }
        let source = Source::Folder(raw.join(release.to_string()));
        let import = Import::read(release, &source).expect("raw specs");
        assert!(import.write(temporary.path()).expect("written"), "new");
        assert!(
            !import.write(temporary.path()).expect("written"),
            "nothing has changed"
        );
    }
    let relative = |folder: &Path| -> BTreeMap<PathBuf, String> {
        let files = files(folder).into_iter();
        files
            .map(|(path, text)| (path.strip_prefix(folder).expect("below").to_owned(), text))
            // The folder also contains our descriptions and notes, beside the releases.
            .filter(|(path, _)| {
                path.to_string_lossy()
                    .starts_with(|c: char| c.is_ascii_digit())
            })
            .collect()
    };
    let imported = relative(temporary.path());
    let committed = relative(&root().join("api-docs"));
    assert_eq!(
        imported.keys().collect::<Vec<_>>(),
        committed.keys().collect::<Vec<_>>()
    );
    for (path, text) in imported {
        assert!(
            committed[&path] == text,
            "api-docs/{} differs: import it again",
            path.display()
        );
    }
}

#[test]
fn raw_specs_make_bindings_that_carry_their_prose_where_ours_is_missing() {
    let Some(raw) = raw_specs() else { return };
    let source = Source::Folder(raw.join("22"));
    let channels = fs::read_to_string(raw.join("22/channels.json")).expect("a file");
    let channels: Value = serde_json::from_str(&channels).expect("JSON");
    let summary = channels["apis"][0]["operations"][0]["summary"]
        .as_str()
        .expect("prose");
    let generate = |descriptions| -> Bindings {
        let generator = Generator::new()
            .add_release("22", source.clone())
            .expect("a release");
        let bindings = generator
            .descriptions(descriptions)
            .generate()
            .expect("bindings");
        for (path, text) in &bindings.files {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        bindings
    };
    let theirs = generate(Descriptions::default());
    assert!(joined(&theirs.files, "requests/channels").contains(summary));
    let ours = Descriptions::from_folder(&root().join("api-docs/descriptions")).expect("ours");
    let ours = generate(ours);
    assert!(!joined(&ours.files, "requests/channels").contains(summary));
}

#[test]
fn foreign_prose_is_escaped_and_ours_comes_first() {
    let text = "Not *markup*, not <tags>, no `code`, see http://example.org/a_b. */ \"end\"\r\n\
                # No heading\u{202e}\r bare";
    let operation = json!({
        "httpMethod": "GET",
        "nickname": "get",
        "responseClass": "void",
        "summary": text,
        "notes": "Their notes.",
        "parameters": [{
            "name": "name", "paramType": "query", "dataType": "string", "description": text,
        }, {
            "name": "other", "paramType": "query", "dataType": "string", "description": text,
        }],
        "errorResponses": [{"code": 404, "reason": text}],
    });
    let model = json!({"id": "Thing", "description": text, "properties": {
        "it": {"type": "string", "description": text},
    }});
    let apis = json!([{"path": "/things", "description": text, "operations": [operation]}]);
    let things = specs::resource("things", apis, json!({"Thing": model}));
    let temporary = tempfile::tempdir().expect("a folder");
    let ours = json!({
        "operations": {"get": {"about": "Our own words.", "parameters": {"name": "Ours, *too*."}}}
    });
    fs::write(temporary.path().join("things.json"), ours.to_string()).expect("written");
    let bindings = Generator::new()
        .add_release("22", specs::source([("things", things)]))
        .expect("a release")
        .descriptions(Descriptions::from_folder(temporary.path()).expect("ours"))
        .generate()
        .expect("bindings");
    for (path, text) in &bindings.files {
        syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(!text.contains(['\r', '\u{202e}']), "{path}");
    }
    let requests = &joined(&bindings.files, "requests/things");
    let escaped =
        r#"Not \*markup\*, not \<tags\>, no \`code\`, see <http://example.org/a_b>. \*/ "end""#;
    assert!(
        requests.contains(&format!("/// {escaped}\n    /// \\# No heading")),
        "{requests}"
    );
    assert!(requests.contains("/// Our own words.\n") && requests.contains("/// Ours, *too*.\n"));
    assert!(
        !requests.contains("Their notes."),
        "ours replace theirs as a whole"
    );
    assert!(joined(&bindings.files, "models/things").contains(escaped));
    assert!(
        bindings
            .coverage
            .missing
            .contains(&"things > models > Thing > about".to_owned())
    );
}
