//! The committed bindings are the output of the generator for api-docs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Returns every file below `folder`, by its relative path.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("a folder of bindings") {
            let path = entry.expect("an entry of it").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("below it")
                    .display()
                    .to_string();
                found.insert(name, fs::read_to_string(&path).expect("a text file"));
            }
        }
    }
    found
}

#[test]
fn committed_bindings_are_up_to_date() {
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("ari-api/src/generated"));
    let fresh = files(&Path::new(env!("OUT_DIR")).join("generated"));
    let names: Vec<_> = committed.keys().collect();
    assert_eq!(names, fresh.keys().collect::<Vec<_>>(), "{BLESS}");
    for (name, text) in &committed {
        let line = text
            .lines()
            .zip(fresh[name].lines())
            .position(|(old, new)| old != new);
        assert!(
            *text == fresh[name],
            "ari-api/src/generated/{name} differs from what the generator makes, first in line \
             {}: {BLESS}",
            line.unwrap_or_default() + 1
        );
    }
}

const BLESS: &str = "run `cargo run -p ari-codegen -- generate`, look at the difference, commit it";
