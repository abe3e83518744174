//! Awkward names: if names in specs are keywords, prelude types, duplicates, digits, punctuation or
//! empty, the bindings compile without a warning, and the chosen names never change.
//!
//! `tests/data/awkward_names` contains such names for resources, operations, parameters, models,
//! properties, values and path variables. It also contains bodies and lists of every type,
//! recursive models, and a WebSocket with a hierarchy of messages of its own.

#![cfg(test)]

#[path = "support/command.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod command;
#[path = "support/joined.rs"]
mod joined;

use std::fs;
use std::path::Path;
use std::process::Command;

use command::files;
use joined::joined;

/// The public names that each file must contain.
const NAMES: &[(&str, &[&str])] = &[
    (
        "accessors.rs",
        &[
            // Resources called `type`, `models`, `client` and `serde`.
            "pub fn type_resource(&self) -> crate::type_resource::Type ",
            "pub fn models_resource(&self) -> crate::models_resource::Models ",
            "pub fn client_resource(&self) -> crate::client_resource::ClientResource ",
            "pub fn serde_resource(&self) -> crate::serde_resource::Serde ",
            // Handles beside the client's own methods.
            "pub fn r#move(&self, r#move: impl Into<String>) -> crate::type_resource::MoveHandle ",
            "pub fn builder_2(",
        ],
    ),
    (
        "models/models_resource",
        &[
            // Reserved types, and names that are the same in Rust.
            "pub struct OptionModel ",
            "pub struct SelfModel ",
            "pub struct SelfModel2 ",
            "pub struct FooBar ",
            "pub struct FooBar4 ",
            // A leading digit, an empty name, punctuation, and characters that are not ASCII.
            "pub struct N3way ",
            "pub struct Empty ",
            "pub struct StarStarStar ",
            "pub struct GrUf6UdfE ",
            // Properties.
            "pub kind: String,",
            "pub r#gen: Option<String>,",
            "pub self_2: Option<String>,",
            "pub foo_bar_4: String,",
            "foo_bar_4 = required(\"FOO_BAR\"),",
            // Recursive models, with required and optional properties. Lists need no box.
            "pub root: Option<Box<models::Tree>>,",
            "pub left: Option<Box<models::Tree>>,",
            "pub leaf: Option<Box<models::Leaf>>,",
            "pub tree: Option<Box<models::Tree>>,",
            "pub children: Vec<models::Tree>,",
            "pub tree: models::Tree,",
            "pub deep: Vec<Vec<Vec<Vec<models::BoxModel>>>>,",
        ],
    ),
    (
        "requests/type_resource",
        &[
            "pub struct NewRequest<C = ()> ",
            "pub struct CRequest<C = ()> ",
            "pub fn client_2(mut self, client_2: impl Into<String>) -> Self ",
            "pub fn encoder(mut self, encoder: impl Into<String>) -> Self ",
            "pub enum VisitorValue ",
            "pub enum CValue ",
            "ValuesOdd, Empty = \"\", Star = \"*\", Pound = \"#\", Other2 = \"Other\", \
             Other3 = \"other\", Self_ = \"Self\", Self2 = \"self\", Default = \"Default\"",
            "AB = \"a b\", AB2 = \"A-B\", AB3 = \"a_b\", N9 = \"9\", Ue9 = \"é\", U22 = \"\\\"\"",
        ],
    ),
    (
        "operations/type_resource",
        &[
            "min: Some(-9223372036854775808),",
            "max: Some(9223372036854775807),",
        ],
    ),
    (
        "event",
        &[
            "Unknown2(Arc<models::Unknown>),",
            "N3(Arc<models::N3>),",
            "Event::TypeChanged(_) => \"type-changed\",",
            // Properties with the names of the enum's own methods.
            "pub fn kind_2(&self) -> Option<&str> ",
            "pub fn decode_2(&self) -> Option<&str> ",
            // A property with known values.
            "Event::Quiet(event) => Some(event.level.as_str()),",
            // Properties with the names of variables in the method.
            "if let Some(found_) = &event.found ",
            "if let Some(r#async) = &event.r#async ",
            "const DISCRIMINATOR: &'static str = \"kind\";",
        ],
    ),
    (
        "requests/client_resource",
        &[
            // A getter beside an operation of the same name, and only one `connect`.
            "pub fn thing_id_2(&self) -> &str ",
            "crate::client_resource::Connect::on(self.client.clone(), self.app_name_2.clone())",
        ],
    ),
];

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn bindings_of_awkward_names_compile_without_a_warning() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.join("..");
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path().join("awkward_names");
    let generated = Command::new(env!("CARGO_BIN_EXE_ari-codegen"))
        .args(["generate", "--release", "22", "--from"])
        .arg(here.join("tests/data/awkward_names"))
        .arg("--crate")
        .arg(&folder)
        .arg("--runtime-path")
        .arg(root.join("ari-runtime"))
        .output()
        .expect("the command runs");
    let messages = String::from_utf8_lossy(&generated.stderr);
    assert!(generated.status.success(), "{messages}");

    let sources = files(&folder.join("src")).into_iter();
    let sources = sources.map(|(path, bytes)| {
        let path = path.to_str().expect("a path").to_owned();
        (path, String::from_utf8(bytes).expect("text"))
    });
    let sources = sources.collect();
    for (file, names) in NAMES {
        let source = words(&joined(&sources, file));
        for name in *names {
            let name = words(name);
            assert!(source.contains(&name), "src/{file} has no {name:?}");
        }
    }

    // The same versions and build folder as here, so that nothing has to be downloaded.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    let built = Path::new(env!("CARGO_BIN_EXE_ari-codegen"));
    let target = built.ancestors().nth(2).expect("the build folder");
    let compiled = Command::new(env!("CARGO"))
        .args(["clippy", "--offline", "--quiet", "--", "-D", "warnings"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    assert!(
        compiled.status.success(),
        "{}",
        String::from_utf8_lossy(&compiled.stderr)
    );
}
