//! A crate around bindings: Cargo.toml, README.md and src/, ready to build.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::covered;
use crate::error::{Error, Result};
use crate::generator::Bindings;
use crate::output::{self, Written};

/// How a generated crate is set up.
#[derive(Clone, Debug)]
pub struct CrateOptions {
    /// Name of the crate; the folder's name unless set.
    pub name: Option<String>,
    /// Where it finds the runtime.
    pub runtime: RuntimeSource,
}

/// Where a generated crate finds `ari-api`, whose runtime it stands on.
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
    /// The folder holds something that is not a crate of this generator, or cannot be written;
    /// nothing is changed then.
    pub fn write_crate(&self, folder: &Path, options: &CrateOptions) -> Result<Written> {
        let library_file = folder.join("src").join("lib.rs");
        let empty = std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
        let ours = output::is_generated(&library_file);
        if !empty && !ours {
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
        if !is_crate_name(&name) {
            return Err(Error::Usage(format!(
                "{name:?} cannot be the name of a crate: use letters, digits, - and _, and begin \
                 with a letter"
            )));
        }
        let runtime = match &options.runtime {
            RuntimeSource::Version => {
                format!("version = \"{}\"", env!("CARGO_PKG_VERSION"))
            }
            RuntimeSource::Path(path) => {
                let path = std::path::absolute(path).map_err(|source| Error::Io {
                    path: path.clone(),
                    action: "find",
                    source,
                })?;
                format!("path = {:?}", path.display().to_string())
            }
        };
        let covered = covered(&self.api);
        let mut files = BTreeMap::new();
        if !ours {
            files.insert("Cargo.toml".to_owned(), manifest(&name, &covered, &runtime));
            files.insert("README.md".to_owned(), readme(&name, &covered));
        }
        let written = output::write_files(folder, &files)?;
        let mut sources = self.files.clone();
        if let Some(root) = sources.remove("mod.rs") {
            sources.insert("lib.rs".to_owned(), library(&root));
        }
        let source_bindings = Bindings {
            files: sources,
            ..self.clone()
        };
        let below = source_bindings.write_to(&folder.join("src"))?;
        Ok(Written {
            changed: [written.changed, below.changed].concat(),
            unchanged: written.unchanged + below.unchanged,
            removed: below.removed,
        })
    }
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

fn is_crate_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The root module as a crate's root: with the runtime that all paths lead to.
fn library(root: &str) -> String {
    root.replacen(
        "pub use crate::runtime::",
        "pub use ari_api::runtime;\npub use crate::runtime::",
        1,
    )
}

fn manifest(name: &str, covered: &str, runtime: &str) -> String {
    format!(
        "# Written once by ari-codegen; later runs only rewrite src/.\n\
         [package]\n\
         name = \"{name}\"\n\
         description = \"Bindings for the REST Interface (ARI) of {covered}\"\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         rust-version = \"{rust_version}\"\n\
         publish = false\n\
         \n\
         [dependencies]\n\
         ari-api = {{ {runtime}, default-features = false, features = [\"client\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\", \"rc\"] }}\n\
         serde_json = \"1\"\n\
         \n\
         # A workspace of its own, wherever it stands.\n\
         [workspace]\n",
        rust_version = env!("CARGO_PKG_RUST_VERSION"),
    )
}

fn readme(name: &str, covered: &str) -> String {
    let library = name.replace('-', "_");
    format!(
        "# {name}\n\n\
         Bindings for the REST Interface (ARI) of {covered}, on the runtime of ari-api.\n\n\
         ```rust,no_run\n\
         use {library}::{{Client, Error}};\n\n\
         # async fn example() -> Result<(), Error> {{\n\
         let client = Client::builder(\"http://localhost:8088/ari\")\n    \
             .credentials(\"user\", \"password\")\n    \
             .build()?;\n\
         for channel in client.channels().list().await? {{\n    \
             println!(\"{{}} {{}}\", channel.id, channel.name);\n\
         }}\n\
         # Ok(())\n\
         # }}\n\
         ```\n"
    )
}
