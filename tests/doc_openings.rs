//! Doc comments open with a verb or a noun, as CONTRIBUTING.md asks, and not with a question word.

#![cfg(test)]

use std::fs;
use std::path::Path;

const QUESTION_WORDS: [&str; 8] = [
    "What", "Whether", "How", "Where", "Who", "Why", "Which", "Whose",
];

/// Collects the first lines of doc blocks that open with a question word.
fn search(folder: &Path, blocks: &mut usize, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                search(&path, blocks, found);
            }
            continue;
        }
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let mut was_doc = false;
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let line = line.trim_start();
            let doc = line.strip_prefix("///").or(line.strip_prefix("//!"));
            if let Some(doc) = doc.filter(|_| !was_doc) {
                *blocks += 1;
                let first = doc.split_whitespace().next().unwrap_or_default();
                if QUESTION_WORDS.contains(&first) {
                    found.push(format!("{}:{}:{doc}", path.display(), number + 1));
                }
            }
            was_doc = doc.is_some();
        }
    }
}

#[test]
fn docs_open_with_a_verb_or_a_noun() {
    let (mut blocks, mut found) = (0, Vec::new());
    search(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &mut blocks,
        &mut found,
    );
    assert!(blocks > 3000, "only {blocks} doc blocks");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
