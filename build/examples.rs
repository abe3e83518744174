//! The examples of the documentation, as modules that tests can run.
//!
//! Each block of Rust in a README or a doc comment becomes a module with a function `run`, and a
//! row of the table `EXAMPLES`. A new example needs nothing but to be written.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The addresses in the texts.
const ADDRESS: (&str, &str) = ("\"http://", ":8088/ari\"");

/// The files and folders that contain examples.
const PLACES: [&str; 4] = [
    "README.md",
    "ari-mock/README.md",
    "ari-api/src",
    // Documented as parts of ari-api.
    "ari-runtime/src",
];

/// A block of a text.
struct Block {
    /// Such as `ari-api/src/guide/requests.rs, line 7`.
    name: String,
    /// The text after the backticks.
    kind: String,
    text: String,
}

/// Writes the examples into a file.
pub(super) fn write(file: &Path) -> io::Result<()> {
    let mut source = String::new();
    let mut rows = String::new();
    let mut number = 0;
    for place in PLACES {
        println!("cargo::rerun-if-changed={place}");
        for path in files(Path::new(place))? {
            for block in blocks(&path)? {
                let Some(runs) = module(&block) else { continue };
                let Block { name, kind, .. } = &block;
                let ends = kind != "no_run" && !kind.contains(",no_run");
                let _ = writeln!(source, "mod example_{number} {{\n{runs}\n}}");
                let _ = writeln!(rows, "({name:?}, {ends}, example_{number}::run),");
                number += 1;
            }
        }
    }
    let _ = write!(
        source,
        "/// Name, whether it ends, and the example itself.\n\
         const EXAMPLES: &[Example] = &[\n{rows}];\n"
    );
    fs::write(file, source)
}

/// The texts below a place, in a fixed order; those of generated code have no examples.
fn files(place: &Path) -> io::Result<Vec<PathBuf>> {
    if place.is_file() {
        return Ok(vec![place.to_owned()]);
    }
    let entries = fs::read_dir(place)?.map(|entry| entry.map(|entry| entry.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if !entry.ends_with("generated") {
            found.extend(files(&entry)?);
        }
    }
    Ok(found)
}

/// The blocks of Rust of a text: those of any language but Rust have its name.
fn blocks(path: &Path) -> io::Result<Vec<Block>> {
    let is_source = path.extension().is_some_and(|extension| extension == "rs");
    let (mut found, mut open) = (Vec::new(), None::<Block>);
    for (index, line) in fs::read_to_string(path)?.lines().enumerate() {
        let trimmed = line.trim_start();
        let comment = trimmed.strip_prefix("//!").or(trimmed.strip_prefix("///"));
        let line = comment.map_or(line, |text| text.strip_prefix(' ').unwrap_or(text));
        // The end of one can end a string, too.
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(kind), None) => {
                open = Some(Block {
                    name: format!("{}, line {}", path.display(), index + 1),
                    kind: kind.to_owned(),
                    text: String::new(),
                });
            }
            (None, Some(block)) => {
                // As rustdoc takes hidden lines.
                let line = line.strip_prefix("# ").unwrap_or(line);
                block.text.push_str(if line == "#" { "" } else { line });
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    let is_rust = |block: &Block| match block.kind.as_str() {
        // In Markdown of its own, a block without a language is none of Rust.
        "" => is_source,
        kind => kind
            .split(',')
            .all(|word| word == "rust" || word == "no_run"),
    };
    found.retain(is_rust);
    Ok(found)
}

/// Generates the calls that create the objects that a text uses without defining them.
fn prologue(text: &str) -> String {
    let mut calls = String::new();
    if text.contains("Client::over_session(") {
        calls += "crate::live::example_server::needs_requests_over_websocket();";
    }
    if text.contains("fn main(") {
        return calls;
    }
    for handle in ["channel", "stored_recording"] {
        let begin = format!("client.{handle}(\"");
        let mut named: Vec<_> = text.split(&begin).skip(1).collect();
        named = named
            .into_iter()
            .filter_map(|rest| rest.split('"').next())
            .collect();
        named.sort_unstable();
        named.dedup();
        for name in named {
            let _ = write!(calls, "crate::live::example_server::{handle}({name:?});");
        }
    }
    calls
}

/// The block with a function that runs it; none of what only defines things.
fn module(block: &Block) -> Option<String> {
    let mut text = block
        .text
        .replace("ari_mock::", "crate::live::example_server::");
    let (begin, end) = ADDRESS;
    while let Some(at) = text.find(begin) {
        let rest = &text[at..];
        let length = rest.find(end)? + end.len();
        text.replace_range(at..at + length, "crate::live::example_server::url()");
    }
    let text = text.replace("\"0.0.0.0:9000\"", "\"127.0.0.1:0\"");
    let before = prologue(&text);
    let run = if text.contains("fn main(") {
        format!("{text}\npub(super) fn run() -> Outcome {{ {before} main() }}")
    } else if text.contains("async fn example()") {
        format!(
            "{text}\npub(super) fn run() -> Outcome {{ block_on(async {{ Ok(example().await?) }}) }}"
        )
    } else if text.contains("fn example()") {
        format!("{text}\npub(super) fn run() -> Outcome {{ Ok(example()?) }}")
    } else if text.contains("async fn example(client: ari_api::Client)") {
        format!(
            "{text}\npub(super) fn run() -> Outcome {{ \
             {before} block_on(async {{ Ok(example(crate::live::example_server::client()?).await?) }}) }}"
        )
    } else if text.trim_end().ends_with("Ok::<(), ari_api::Error>(())") {
        format!(
            "pub(super) fn run() -> Outcome {{\n\
             fn example() -> Result<(), ari_api::Error> {{\n{text}\n}}\nOk(example()?)\n}}"
        )
    } else {
        return None;
    };
    Some(format!(
        "#![allow(clippy::all, dead_code, unused_imports, unused_mut, unused_variables)]\n\
         use super::{{Outcome, block_on}};\n{run}"
    ))
}
