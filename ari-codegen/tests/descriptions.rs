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
