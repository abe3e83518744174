//! The commands and paths of the Markdown files exist: cargo's subcommands and this workspace's
//! aliases, packages, tests, benchmarks and examples, scripts, and the files that texts and links
//! name.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Subcommands of cargo, and those that CONTRIBUTING.md tells to install.
const SUBCOMMANDS: [&str; 13] = [
    "add",
    "bench",
    "build",
    "check",
    "clippy",
    "deny",
    "doc",
    "fmt",
    "fuzz",
    "install",
    "llvm-lines",
    "run",
    "test",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Collects all files and folders, relative to the root.
fn walk(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name == "target" || name == ".git" {
            continue;
        }
        let relative = path.strip_prefix(root()).unwrap().to_str().unwrap();
        found.insert(relative.replace('\\', "/"));
        if path.is_dir() && !path.is_symlink() {
            walk(&path, found);
        }
    }
}

struct Repository {
    paths: BTreeSet<String>,
    aliases: toml::Table,
    problems: Vec<String>,
}

impl Repository {
    fn read() -> Self {
        let mut paths = BTreeSet::new();
        walk(root(), &mut paths);
        let config = fs::read_to_string(root().join(".cargo/config.toml")).unwrap();
        let config: toml::Table = config.parse().unwrap();
        Repository {
            paths,
            aliases: config["alias"].as_table().unwrap().clone(),
            problems: Vec::new(),
        }
    }

    fn documents(&self) -> impl Iterator<Item = (String, String)> {
        let documents = self.paths.iter().filter(|path| {
            let generated = path.ends_with("TRUTH.md") || path.ends_with("DIFFERENCES.md");
            path.ends_with(".md") && !generated && !path.contains("/data/")
        });
        let documents: Vec<String> = documents.cloned().collect();
        documents.into_iter().map(|path| {
            let text = fs::read_to_string(root().join(&path)).unwrap();
            (path, text)
        })
    }

    /// Returns whether a path exists, from the root or as the end of a longer path.
    fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let end = format!("/{path}");
        self.paths.contains(path) || self.paths.iter().any(|known| known.ends_with(&end))
    }

    /// Returns whether a target exists in one of these folders of any package.
    fn has_target(&self, folder: &str, name: &str) -> bool {
        [format!("{name}.rs"), format!("{name}/main.rs")]
            .iter()
            .any(|file| self.has(&format!("{folder}/{file}")))
    }

    fn require(&mut self, document: &str, exists: bool, subject: &str) {
        if !exists {
            let problem = format!("{document}: {subject} does not exist");
            self.problems.push(problem);
        }
    }

    /// Checks one line of a shell.
    fn check_command(&mut self, document: &str, line: &str) {
        let line = line.split(" #").next().unwrap_or_default();
        let mut words = line.split_whitespace().peekable();
        let mut is_cargo = false;
        while let Some(word) = words.next() {
            match word {
                "cargo" => {
                    is_cargo = true;
                    let subcommand = words.find(|word| !word.starts_with('+'));
                    let subcommand = subcommand.unwrap_or_default();
                    let known =
                        SUBCOMMANDS.contains(&subcommand) || self.aliases.contains_key(subcommand);
                    self.require(document, known, &format!("`cargo {subcommand}`"));
                }
                "&&" | "--" | "|" => is_cargo = false,
                "cd" => {
                    let folder = words.next().unwrap_or_default();
                    let exists = folder.starts_with("..") || self.has(folder);
                    self.require(document, exists, folder);
                }
                _ if ["tests/", ".ci/", "release/", "book/"]
                    .iter()
                    .any(|folder| word.starts_with(folder)) =>
                {
                    let exists = self.paths.contains(word);
                    self.require(document, exists, word);
                }
                "-p" | "--package" | "--test" | "--bench" | "--example" if is_cargo => {
                    let name = words.next().unwrap_or_default();
                    let exists = match word {
                        "--test" => self.has_target("tests", name),
                        "--bench" => self.has_target("benches", name),
                        "--example" => self.has_target("examples", name),
                        _ => name == "ari" || self.paths.contains(&format!("{name}/Cargo.toml")),
                    };
                    self.require(document, exists, &format!("{word} {name}"));
                }
                "--path" | "--manifest-path" if is_cargo => {
                    let path = words.next().unwrap_or_default();
                    let exists = path.starts_with("..") || self.paths.contains(path);
                    self.require(document, exists, path);
                }
                _ => {}
            }
        }
    }

    fn finish(self) {
        assert!(self.problems.is_empty(), "{}", self.problems.join("\n"));
    }
}

/// Splits a document into the lines of its blocks of shell commands, and its other text.
fn split(text: &str) -> (Vec<&str>, String) {
    let (mut commands, mut rest) = (Vec::new(), String::new());
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        match (line.trim_start().strip_prefix("```"), fence) {
            (Some(language), None) => fence = Some(language),
            (Some(_), Some(_)) => fence = None,
            (None, Some("sh")) => commands.push(line),
            (None, Some(_)) => {}
            (None, None) => {
                rest.push_str(line);
                rest.push('\n');
            }
        }
    }
    (commands, rest)
}

/// Removes the table of layers, whose paths `tests/layers` checks.
fn without_layers(text: &str) -> String {
    let end = "<!-- end of the layers -->";
    match text.split_once("<!-- tests/layers/table.rs -->") {
        Some((before, rest)) => {
            let (_, after) = rest.split_once(end).unwrap();
            format!("{before}{after}")
        }
        None => text.to_owned(),
    }
}

/// Returns the code spans of a text.
fn code_spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn commands_exist() {
    let mut repository = Repository::read();
    let mut documented = String::new();
    for (document, text) in repository.documents().collect::<Vec<_>>() {
        let (commands, rest) = split(&text);
        for line in &commands {
            repository.check_command(&document, line);
        }
        for span in code_spans(&rest).filter(|span| span.starts_with("cargo ")) {
            repository.check_command(&document, span);
        }
        if document == "CONTRIBUTING.md" {
            documented = commands.join("\n");
        }
    }
    for (alias, command) in repository.aliases.clone() {
        let command = format!("cargo {}", command.as_str().unwrap());
        repository.check_command(".cargo/config.toml", &command);
        let call = format!("cargo {alias} ");
        let is_documented = documented.contains(&call);
        repository.require(
            "CONTRIBUTING.md",
            is_documented,
            &format!("the alias {call}"),
        );
    }
    repository.finish();
}

#[test]
fn paths_exist() {
    let mut repository = Repository::read();
    for (document, text) in repository.documents().collect::<Vec<_>>() {
        let (_, rest) = split(&text);
        let rest = without_layers(&rest);
        let folder = Path::new(&document).parent().unwrap();
        for target in rest.split("](").skip(1) {
            let target = target.split([')', '#']).next().unwrap_or_default();
            // Links of rustdoc are paths of items.
            if target.is_empty() || target.contains("://") || target.contains("::") {
                continue;
            }
            let path: PathBuf = root().join(folder).join(target);
            repository.require(&document, path.exists(), target);
        }
        if !["README.md", "CONTRIBUTING.md", "SECURITY.md"].contains(&document.as_str()) {
            continue;
        }
        for span in code_spans(&rest) {
            let is_path = span.ends_with(".rs") || (span.contains('/') && !span.starts_with('/'));
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
            if is_path && span.chars().all(is_plain) && !span.starts_with("target") {
                let exists = repository.has(span);
                repository.require(&document, exists, span);
            }
        }
    }
    repository.finish();
}
