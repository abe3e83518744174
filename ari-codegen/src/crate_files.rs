//! A crate around bindings: Cargo.toml, README.md and src/, ready to build.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::api::{Api, ResponseType, Scalar, Type};
use crate::bindings::Bindings;
use crate::emit;
use crate::error::{Error, Result};
use crate::output::{self, WriteSummary};

/// Setup of a generated crate.
#[derive(Clone, Debug)]
pub struct CrateOptions {
    /// Name of the crate; the folder's name unless set.
    pub name: Option<String>,
    /// Location of the runtime.
    pub runtime: RuntimeSource,
}

/// Location of `ari-runtime`, which a generated crate depends on.
#[derive(Clone, Debug)]
pub enum RuntimeSource {
    /// In the registry, in the version of this generator.
    Version,
    /// In a folder.
    Path(PathBuf),
}

impl Bindings {
    /// Writes a complete crate: Cargo.toml, README.md and src/. A crate that this wrote before
    /// keeps its Cargo.toml and README.md, which are its owner's from then on, and gets a new src/.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the folder holds something that is not a crate of this generator
    /// or if the name cannot be a crate's, and [`Error::Io`] if the folder cannot be written;
    /// nothing is changed then.
    pub fn write_crate(&self, folder: &Path, options: &CrateOptions) -> Result<WriteSummary> {
        let library_file = folder.join("src").join("lib.rs");
        let manifest_file = folder.join("Cargo.toml");
        let complete = output::is_generated(&library_file);
        // Without a library, a run was interrupted behind the manifest.
        let ours = complete || !library_file.exists() && is_our_manifest(&manifest_file);
        if !ours && !output::is_empty(folder) {
            return Err(Error::Usage(format!(
                "{}: the folder is not empty and its src/lib.rs was not written by ari-codegen: \
                 give a new folder",
                folder.display()
            )));
        }
        let name = match &options.name {
            Some(name) => name.clone(),
            None => folder_name(folder)?,
        };
        if let Some(problem) = crate_name_problem(&name) {
            return Err(Error::Usage(format!(
                "{name:?} cannot be the name of a crate: {problem}"
            )));
        }
        let version = format!("version = \"{}\"", env!("CARGO_PKG_VERSION"));
        let runtime = match &options.runtime {
            RuntimeSource::Version => version,
            // The version applies when the crate is published.
            RuntimeSource::Path(path) => {
                let path = relative(folder, path)?.display().to_string();
                format!("{version}, path = {:?}", path.replace('\\', "/"))
            }
        };
        let covered = emit::covered(&self.api);
        let mut files = BTreeMap::new();
        if !manifest_file.exists() {
            files.insert("Cargo.toml".to_owned(), manifest(&name, &covered, &runtime));
        }
        if !complete && !folder.join("README.md").exists() {
            files.insert("README.md".to_owned(), readme(&name, &covered, &self.api));
        }
        for (name, text) in &self.files {
            let (name, text) = match name.as_str() {
                "mod.rs" => ("lib.rs", library(text)),
                name => (name, text.clone()),
            };
            files.insert(format!("{SOURCE_FOLDER}{name}"), text);
        }
        output::write_tree(folder, SOURCE_FOLDER, &files)
    }
}

/// Location of the bindings in a crate.
const SOURCE_FOLDER: &str = "src/";

/// The first line of the manifest that this writes.
const MANIFEST_HEADER: &str = "# Written once by ari-codegen";

fn is_our_manifest(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|data| data.is_file())
        && std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(MANIFEST_HEADER.as_bytes()))
}

/// The way from a folder, which need not exist yet, to another place.
fn relative(from: &Path, to: &Path) -> Result<PathBuf> {
    let (from, to) = (resolve(from)?, resolve(to)?);
    let shared = from.components().zip(to.components());
    let shared = shared.take_while(|(from, to)| from == to).count();
    // Nothing leads from one drive of Windows to another.
    if shared == 0 {
        return Ok(to);
    }
    let up = from.components().skip(shared).map(|_| "..");
    let down = to.components().skip(shared);
    Ok(up.collect::<PathBuf>().join(down.collect::<PathBuf>()))
}

/// The path without links, as far as it exists.
fn resolve(path: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(path).map_err(|source| Error::Io {
        path: path.to_owned(),
        action: "find",
        source,
    })?;
    let known = absolute
        .ancestors()
        .find_map(|known| Some((known, known.canonicalize().ok()?)));
    let rest = known
        .as_ref()
        .and_then(|(known, _)| absolute.strip_prefix(known).ok());
    Ok(match (&known, rest) {
        (Some((_, known)), Some(rest)) if rest.as_os_str().is_empty() => known.clone(),
        (Some((_, known)), Some(rest)) => known.join(rest),
        _ => absolute,
    })
}

fn folder_name(folder: &Path) -> Result<String> {
    let absolute = std::path::absolute(folder).map_err(|source| Error::Io {
        path: folder.to_owned(),
        action: "find",
        source,
    })?;
    Ok(absolute
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned())
}

/// Returns the reason why a crate cannot have a name, and the remedy.
fn crate_name_problem(name: &str) -> Option<&'static str> {
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !is_plain {
        return Some("use letters, digits, - and _, and begin with a letter");
    }
    // In source, - is _.
    let library = name.replace('-', "_");
    if DEPENDENCIES.contains(&library.as_str()) {
        return Some("it depends on the crate of this name: give another with --name");
    }
    // `cargo new` refuses these, too.
    let is_reserved = ["alloc", "core", "proc_macro", "std", "test"].contains(&library.as_str());
    if is_reserved || syn::parse_str::<syn::Ident>(&library).is_err() {
        return Some("Rust itself has this name: give another with --name");
    }
    None
}

/// Names of the libraries that a generated crate depends on.
const DEPENDENCIES: [&str; 3] = ["ari_runtime", "serde", "serde_json"];

/// Returns the root module as a crate's root, which exports the runtime.
fn library(root: &str) -> String {
    root.replacen(
        "pub use ari_runtime::",
        "pub use ari_runtime;\npub use ari_runtime::",
        1,
    )
}

fn manifest(name: &str, covered: &str, runtime: &str) -> String {
    format!(
        "{MANIFEST_HEADER}; later runs only rewrite src/.\n\
         [package]\n\
         name = \"{name}\"\n\
         description = \"Bindings for the REST Interface (ARI) of {covered}\"\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         rust-version = \"{rust_version}\"\n\
         publish = false\n\
         \n\
         [dependencies]\n\
         ari-runtime = {{ {runtime}, default-features = false, features = [\"client\"] }}\n\
         serde = \"1\"\n\
         serde_json = \"1\"\n\
         \n\
         # A workspace of its own, wherever it stands.\n\
         [workspace]\n",
        rust_version = env!("CARGO_PKG_RUST_VERSION"),
    )
}

fn readme(name: &str, covered: &str, api: &Api) -> String {
    let library = name.replace('-', "_");
    let request = match lists_named_channels(api) {
        true => {
            "for channel in client.channels().list().await? {\n    \
                 println!(\"{} {}\", channel.id, channel.name);\n\
             }\n"
        }
        false => "",
    };
    format!(
        "# {name}\n\n\
         Bindings for the REST Interface (ARI) of {covered}, on ari-runtime.\n\n\
         ```rust,no_run\n\
         use {library}::{{Client, Error}};\n\n\
         # async fn example() -> Result<(), Error> {{\n\
         let client = Client::builder(\"http://localhost:8088/ari\")\n    \
             .credentials(\"user\", \"password\")\n    \
             .build()?;\n\
         {request}\
         # Ok(())\n\
         # }}\n\
         ```\n"
    )
}

/// Returns `true` if the example of the README fits the operation that it calls.
fn lists_named_channels(api: &Api) -> bool {
    let mut operations = api.operations();
    let list = operations
        .find(|(resource, operation)| resource.name == "channels" && operation.nickname == "list");
    let Some(ResponseType::Json(Type::List(item))) = list.map(|(_, list)| &list.response) else {
        return false;
    };
    let Type::Model(model) = &**item else {
        return false;
    };
    let properties = api.model(model).map_or(&[][..], |model| &model.properties);
    ["id", "name"].iter().all(|name| {
        properties.iter().any(|property| {
            property.name == *name
                && property.required
                && property.kind == Type::Scalar(Scalar::Text)
        })
    })
}
