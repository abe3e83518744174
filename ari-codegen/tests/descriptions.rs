//! Our own descriptions: every item of the merged surface has one, and every description has its
//! item.

#![cfg(test)]

use std::fs;
use std::path::Path;

use ari_codegen::{Coverage, Descriptions, Generator};

#[test]
fn every_item_has_a_description_and_every_description_an_item() {
    let api_docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-docs");
    let read = Generator::folder(api_docs).and_then(|generator| generator.read());
    let (
        _,
        Coverage {
            missing, unused, ..
        },
        _,
    ) = read.expect("the merged surface");
    assert!(
        missing.is_empty(),
        "these items have no description: write one in our own words, at the path given, in \
         api-docs/descriptions/FILE.json, or further up for what several share:\n{}",
        missing.join("\n")
    );
    assert!(
        unused.is_empty(),
        "these descriptions belong to no item: correct the name or remove them from \
         api-docs/descriptions/FILE.json:\n{}",
        unused.join("\n")
    );
}

#[test]
fn a_text_that_is_gone_and_one_of_a_misspelt_item_are_both_told() {
    let api_docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-docs");
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(api_docs.join("descriptions")).expect("descriptions") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name");
        let text = fs::read_to_string(&path).expect("a text file");
        let text = text.replacen("\"listByTech\"", "\"listByTeck\"", 1);
        fs::write(folder.path().join(name), text).expect("written");
    }
    let descriptions = Descriptions::from_folder(folder.path()).expect("descriptions");
    let generator = Generator::folder(api_docs).expect("the releases");
    let read = generator.descriptions(descriptions).read();
    let (_, coverage, _) = read.expect("the merged surface");
    let missing = "endpoints > operations > listByTech > about".to_owned();
    let unused = "endpoints > operations > listByTeck > about".to_owned();
    assert!(coverage.missing.contains(&missing), "{coverage:?}");
    assert!(coverage.unused.contains(&unused), "{coverage:?}");
}

/// Facts of the form on the wire mislead where a type hides it: they are in the table of operations,
/// and in no documentation of Rust.
#[test]
fn wire_formats_are_data_and_no_documentation() {
    let bindings = Generator::bundled().and_then(|generator| generator.generate());
    let bindings = bindings.expect("bindings");
    let documentation: String = bindings
        .files
        .values()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.trim_start().strip_prefix("//"))
        .map(|line| line.trim_start_matches(['/', '!', ' ']).to_owned() + " ")
        .collect();
    let tables = bindings.files.iter();
    let tables: String = tables
        .filter(|(path, _)| path.starts_with("operations/"))
        .map(|(_, text)| text.as_str())
        .collect();
    let mut found = 0;
    for (_, op) in bindings.api.operations() {
        let parameters = op.parameters.iter().map(|own| &own.wire_text);
        for text in parameters.chain([&op.wire_text]).flatten() {
            assert!(tables.contains(&format!("wire_format: {text:?}")), "{text}");
            found += 1;
        }
    }
    assert!(found > 40, "{found}");
    let models = bindings.api.models().flat_map(|(_, model)| {
        let properties = model.properties.iter();
        properties
            .map(|own| &own.wire_text)
            .chain([&model.wire_text])
    });
    let operations = bindings.api.operations().flat_map(|(_, op)| {
        let parameters = op.parameters.iter();
        parameters.map(|own| &own.wire_text).chain([&op.wire_text])
    });
    for text in models.chain(operations).flatten() {
        assert!(!documentation.contains(text.as_str()), "{text}");
    }
    for sign in ["In a query", "JSON body", "%2B", "RFC 3339", "On the wire"] {
        let at = documentation.find(sign);
        let around = at.map(|at| &documentation[at.saturating_sub(200)..at + sign.len()]);
        assert_eq!(around, None, "{sign}");
    }
}

#[test]
fn text_and_wire_format_come_from_the_same_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = serde_json::json!({
        "parameters": {"media": {"about": "Shared.", "wire": "Shared form."}},
        "operations": {
            "play": {"about": "Plays.", "wire": "Form.", "parameters": {"media": "Own."}},
            "record": {"about": "Records."},
        },
    });
    fs::write(folder.path().join("channels.json"), texts.to_string()).expect("written");
    let descriptions = Descriptions::from_folder(folder.path()).expect("descriptions");
    let generator = Generator::bundled().expect("the releases");
    let (api, ..) = generator
        .descriptions(descriptions)
        .read()
        .expect("the surface");
    let operation = |nickname: &str| {
        let mut operations = api.operations();
        let found = operations.find(|(own, op)| own.name == "channels" && op.nickname == nickname);
        found.expect("an operation").1
    };
    let media = |nickname: &str| {
        let mut parameters = operation(nickname).parameters.iter();
        let media = parameters.find(|own| own.name == "media").expect("it");
        (media.text.as_deref(), media.wire_text.as_deref())
    };
    assert_eq!(operation("play").wire_text.as_deref(), Some("Form."));
    assert_eq!(operation("record").wire_text, None);
    assert_eq!(media("play"), (Some("Own."), None));
    assert_eq!(media("playWithId"), (Some("Shared."), Some("Shared form.")));
}
