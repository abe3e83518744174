//! The manifests keep the conventions of CONTRIBUTING.md: published crates share their metadata and
//! are documented with badges for features, and each dependency has a reason.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn manifest(folder: &str) -> Table {
    read(&format!("{folder}/Cargo.toml")).parse().unwrap()
}

/// Returns the folders of the workspace's packages, without the root.
fn members() -> Vec<String> {
    let root = manifest(".");
    let members = root["workspace"]["members"].as_array().unwrap();
    let members = members.iter().map(|member| member.as_str().unwrap());
    members.map(str::to_owned).collect()
}

#[test]
fn published_crates_share_their_metadata() {
    let mut published = 0;
    for folder in members() {
        let manifest = manifest(&folder);
        let package = manifest["package"].as_table().unwrap();
        if package.get("publish") == Some(&Value::Boolean(false)) {
            continue;
        }
        published += 1;
        for key in ["version", "edition", "rust-version", "license"] {
            let shared = package[key].get("workspace");
            assert_eq!(shared, Some(&Value::Boolean(true)), "{folder}: {key}");
        }
        for key in ["description", "keywords", "categories", "readme"] {
            assert!(package.contains_key(key), "{folder}: no {key}");
        }
        // There is one address for all crates, or none.
        for key in ["repository", "homepage"] {
            let shared = package.get(key).map(|value| value.get("workspace"));
            assert!(
                shared.is_none_or(|shared| shared == Some(&Value::Boolean(true))),
                "{folder}: {key} belongs into the workspace's manifest"
            );
        }
        // The package contains the texts of the licences, not links to files outside of it.
        for text in ["LICENSE-APACHE", "LICENSE-MIT"] {
            assert_eq!(read(&format!("{folder}/{text}")), read(text), "{folder}");
        }
        let lints = manifest["lints"].get("workspace");
        assert_eq!(lints, Some(&Value::Boolean(true)), "{folder}: lints");

        // docs.rs shows which feature an item needs.
        if !Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(&folder)
            .join("src/lib.rs")
            .exists()
        {
            continue;
        }
        let docs = &package["metadata"]["docs"]["rs"];
        assert_eq!(docs["all-features"], Value::Boolean(true), "{folder}");
        let args = format!("{:?}", docs["rustdoc-args"]);
        assert!(args.contains("docsrs"), "{folder}: {args}");
        assert!(
            read(&format!("{folder}/src/lib.rs"))
                .contains("#![cfg_attr(docsrs, feature(doc_cfg))]"),
            "{folder}: no badges for features"
        );
    }
    assert!(published >= 4);
}

#[test]
fn each_dependency_has_a_reason() {
    let root = manifest(".");
    let used: BTreeSet<String> = root["workspace"]["dependencies"]
        .as_table()
        .unwrap()
        .iter()
        .filter(|(_, value)| value.get("path").is_none())
        .map(|(name, _)| name.clone())
        .collect();
    let contributing = read("CONTRIBUTING.md");
    let section = contributing.split("\n## Dependencies\n").nth(1).unwrap();
    // Below it is the table of code that has no crate.
    let section = section.split("\n##").next().unwrap();
    let listed: BTreeSet<String> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| "))
        .skip(1)
        .flat_map(|line| line.split('|').next().unwrap().split(','))
        .map(|name| name.trim().to_owned())
        .collect();
    assert_eq!(used, listed);
}

#[test]
fn packages_use_the_dependencies_of_the_workspace() {
    for folder in members() {
        let manifest = manifest(&folder);
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(dependencies) = manifest.get(section) else {
                continue;
            };
            for (name, value) in dependencies.as_table().unwrap() {
                let shared = value.get("workspace") == Some(&Value::Boolean(true));
                // A path without a version stays out of the package.
                let only_path = value.get("path").is_some() && value.get("version").is_none();
                assert!(shared || only_path, "{folder}: {section}.{name}");
            }
        }
    }
}
