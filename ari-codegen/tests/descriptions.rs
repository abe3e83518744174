//! Our own words: every item of the merged surface has some, and none describe what is not there.

#![cfg(test)]

use std::path::Path;

use ari_codegen::{Coverage, Generator};

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
