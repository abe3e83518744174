//! Generated bindings: source and the surface and releases it was generated from.

use std::collections::BTreeMap;
use std::path::Path;

use crate::api::{Api, Counts};
use crate::descriptions::Coverage;
use crate::error::{Error, Result};
use crate::output::{self, WriteSummary};
use crate::release::{Release, Version};
use crate::spec::Anomaly;

/// One release that bindings cover.
#[derive(Clone, Debug)]
pub struct ReleaseSummary {
    /// The release.
    pub release: Release,
    /// Its point releases, if only some are covered.
    pub points: Vec<Version>,
    /// Its API's version.
    pub api_version: String,
    /// The content of its newest point release's specs.
    pub counts: Counts,
    /// Unusual parts of these specs.
    pub anomalies: Vec<Anomaly>,
}

/// Generated source, and the surface and releases it was generated from.
#[derive(Clone, Debug)]
pub struct Bindings {
    /// The merged surface.
    pub api: Api,
    /// Coverage of the descriptions.
    pub coverage: Coverage,
    /// The releases covered.
    pub releases: Vec<ReleaseSummary>,
    /// Notes besides the unusual parts of the specs: items renamed because of conflicts, and parts
    /// of the specs that the bindings lack.
    pub notes: Vec<String>,
    /// Source by path below the folder of the root module: `mod.rs`, `requests/channels/hangup.rs`,
    /// ….
    pub files: BTreeMap<String, String>,
}

impl Bindings {
    /// Returns the number of lines in all files.
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }

    /// Returns all files as one with nested modules, for `include!`.
    pub fn single_file(&self) -> String {
        let root = self
            .files
            .get("mod.rs")
            .map(String::as_str)
            .unwrap_or_default();
        // An included file cannot document the module that includes it.
        let root = root.lines().filter(|line| !line.starts_with("//!"));
        let mut out = String::new();
        self.inline("", root, &mut out);
        out
    }

    fn inline<'a>(&'a self, folder: &str, lines: impl Iterator<Item = &'a str>, out: &mut String) {
        for line in lines {
            let module = line.strip_suffix(';').and_then(|declaration| {
                declaration
                    .strip_prefix("pub mod ")
                    .or_else(|| declaration.strip_prefix("mod "))
            });
            let visible = line.strip_prefix("pub(super) mod ");
            let module = module.or(visible.and_then(|name| name.strip_suffix(';')));
            let Some(module) = module else {
                out.push_str(line);
                out.push('\n');
                continue;
            };
            let module = module.trim_start_matches("r#");
            let (path, below) = match self.files.get(&format!("{folder}{module}.rs")) {
                Some(text) => (text, folder.to_owned()),
                None => match self.files.get(&format!("{folder}{module}/mod.rs")) {
                    Some(text) => (text, format!("{folder}{module}/")),
                    None => continue,
                },
            };
            out.push_str(line.trim_end_matches(';'));
            out.push_str(" {\n");
            self.inline(&below, path.lines(), out);
            out.push_str("}\n");
        }
    }

    /// Writes [`Bindings::single_file`] into the `OUT_DIR` of the running build script.
    ///
    /// # Errors
    /// Returns an error outside a build script, or if the file cannot be written.
    pub fn write_to_out_dir(&self, name: &str) -> Result<()> {
        let folder = std::env::var_os("OUT_DIR").ok_or_else(|| {
            Error::Usage("OUT_DIR is not set: call this from a build script".into())
        })?;
        let text = self.single_file();
        let path = Path::new(&folder).join(name);
        if output::has_contents(&path, text.as_bytes()) {
            return Ok(());
        }
        output::replace(&path, text.as_bytes())
    }

    /// Writes the files below `folder`, and removes files that an earlier run left in the folders
    /// of the bindings and that no longer belong there, with the folders of resources that this
    /// leaves empty. Files that are as they should be are not touched. Links are never followed,
    /// and folders of others never entered.
    ///
    /// # Errors
    /// Returns [`Error::Io`] if a file or folder cannot be read or written, and [`Error::Usage`] if
    /// something that this generator did not write stands where a file has to be. Nothing is
    /// changed then.
    pub fn write_to(&self, folder: &Path) -> Result<WriteSummary> {
        output::write_tree(folder, "", &self.files)
    }
}
