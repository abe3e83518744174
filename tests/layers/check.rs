//! The rules for the files of a crate and for the dependencies of the crates.

use std::collections::BTreeMap;

use crate::graph::Graph;
use crate::source::Sources;
use crate::table::Layer;

/// Returns whether an entry of the table names a file or a folder around it.
fn is_in(file: &str, entry: &str) -> bool {
    let module = file.strip_suffix(".rs").unwrap_or(file);
    let rest = module.strip_prefix(entry);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns the layer of a file, as the index of the entry that names it or the innermost folder that
/// it is in.
fn find_layer(file: &str, layers: &[Layer]) -> Option<usize> {
    let entries = layers.iter().enumerate().flat_map(|(at, layer)| {
        let files = layer.files.iter().filter(|entry| is_in(file, entry));
        files.map(move |entry| (entry.len(), at))
    });
    entries.max().map(|(_, at)| at)
}

/// Returns the violations of the rules by the files of a crate.
pub fn check_files(name: &str, layers: &[Layer], sources: &Sources) -> Vec<String> {
    let graph = Graph::new(sources);
    let mut problems = graph.circles();
    let found: Vec<Option<usize>> = graph
        .files
        .iter()
        .map(|file| find_layer(file, layers))
        .collect();
    for (from, file) in graph.files.iter().enumerate() {
        let Some(layer) = found[from] else {
            problems.push(format!(
                "{file} is in no layer: add it, or its folder, to the layer of {name} in \
                 tests/layers/table.rs that may import what it imports"
            ));
            continue;
        };
        for to in graph.edges[from].keys() {
            if let Some(other) = found[*to]
                && other > layer
            {
                problems.push(format!(
                    "{}, which is in a higher layer: \"{}\" must not use \"{}\"",
                    graph.describe(from, *to),
                    layers[layer].purpose,
                    layers[other].purpose
                ));
            }
        }
    }
    for entry in layers.iter().flat_map(|layer| layer.files) {
        if !graph.files.iter().any(|file| is_in(file, entry)) {
            problems.push(format!(
                "{entry} has a layer of {name}, but no such file exists"
            ));
        }
    }
    problems
}

/// Returns the violations of the rules by the dependencies of the crates. `dependencies` has the
/// crates of the workspace that each crate depends on, except in tests.
pub fn check_crates(
    dependencies: &BTreeMap<String, Vec<String>>,
    layers: &[&[&str]],
    separate: &[&str],
) -> Vec<String> {
    let layer = |name: &str| layers.iter().position(|names| names.contains(&name));
    let mut problems = Vec::new();
    for (name, used) in dependencies {
        let own = layer(name);
        if own.is_none() && !separate.contains(&name.as_str()) {
            problems.push(format!(
                "{name} is in no layer: add it to CRATES in tests/layers/table.rs"
            ));
        }
        for other in used {
            if own.is_none_or(|own| layer(other).is_none_or(|other| other >= own)) {
                problems.push(format!("{name} must not depend on {other}"));
            }
        }
    }
    problems
}
