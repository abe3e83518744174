//! The layers of every crate: no circle of files, and no import from a lower layer to a higher one.
//!
//! `table.rs` has the layers. Method calls need no import, so they are not checked.

#![cfg(test)]

mod cases;
mod check;
mod graph;
mod source;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use check::{check_crates, check_files};
use source::Sources;
use table::{CRATES, LAYERS, SEPARATE_CRATES};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read_folder(folder: &Path, below: &str, sources: &mut Sources) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), sources);
        } else if name.ends_with(".rs") {
            sources.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn read_sources(name: &str) -> Sources {
    let mut sources = Sources::new();
    read_folder(&root().join(name).join("src"), "", &mut sources);
    sources
}

fn read_manifest(folder: &str) -> toml::Table {
    let text = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
    text.parse().unwrap()
}

/// Returns the crates of the workspace.
fn members() -> Vec<String> {
    let workspace = read_manifest("");
    let members = workspace["workspace"]["members"].as_array().unwrap();
    let names = members.iter().map(|name| name.as_str().unwrap().to_owned());
    names.collect()
}

#[test]
fn files_keep_to_their_layers() {
    for name in members() {
        let known = LAYERS.iter().find(|(known, _)| *known == name);
        let (_, layers) = known.unwrap_or_else(|| {
            panic!("{name} has no layers: add them to LAYERS in tests/layers/table.rs")
        });
        let problems = check_files(&name, layers, &read_sources(&name));
        assert!(problems.is_empty(), "{name}:\n{}", problems.join("\n"));
    }
}

#[test]
fn crates_keep_to_their_layers() {
    let members = members();
    let mut dependencies = BTreeMap::new();
    for member in &members {
        let manifest = read_manifest(member);
        let targets = manifest.get("target").and_then(toml::Value::as_table);
        let targets = targets.into_iter().flat_map(toml::Table::values);
        let mut used = Vec::new();
        for table in targets.filter_map(toml::Value::as_table).chain([&manifest]) {
            for kind in ["dependencies", "build-dependencies"] {
                let names = table.get(kind).and_then(toml::Value::as_table);
                used.extend(names.into_iter().flat_map(toml::Table::keys).cloned());
            }
        }
        used.retain(|name| members.contains(name));
        dependencies.insert(member.clone(), used);
    }
    let problems = check_crates(&dependencies, CRATES, SEPARATE_CRATES);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// `ARI_BLESS=1` rewrites the table of CONTRIBUTING.md.
#[test]
fn contributing_shows_the_layers() {
    const BEGIN: &str = "<!-- tests/layers/table.rs -->\n";
    const END: &str = "<!-- end of the layers -->";
    let path = root().join("CONTRIBUTING.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let expected = table::markdown();
    if std::env::var_os("ARI_BLESS").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{expected}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(
        shown, expected,
        "ARI_BLESS=1 cargo test --test layers rewrites CONTRIBUTING.md"
    );
}
