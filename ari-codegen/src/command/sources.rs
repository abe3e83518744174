//! Arguments that name specs: folders, running servers and the known releases.

use std::path::PathBuf;

use ari_codegen::{Error, Generator, Release, Source};
use clap::Args;

use super::credentials::Credentials;
use super::server;

impl Credentials {
    /// The specs in a folder or of a server.
    pub(super) fn source(&self, place: &str) -> Result<Source, Error> {
        if place.contains("://") {
            server::fetch(place, self)
        } else {
            Ok(Source::Folder(place.into()))
        }
    }
}

/// The origin of specs.
#[derive(Debug, Args)]
pub(super) struct Origin {
    /// Folder with resources.json and the files it names, or the address of a running Asterisk
    /// (http://HOST:8088/ari).
    #[arg(long, value_name = "DIR|URL")]
    pub(super) from: Option<String>,
    #[command(flatten)]
    pub(super) credentials: Credentials,
}

impl Origin {
    /// The specs at `--from`, if given.
    pub(super) fn source(&self) -> Result<Option<Source>, Error> {
        let from = self.from.as_ref();
        from.map(|from| self.credentials.source(from)).transpose()
    }
}

/// The folder with the facts of known releases.
#[derive(Debug, Args)]
pub(super) struct ApiDocs {
    /// Folder with one folder of specs a release; ./api-docs if it exists, else what this command
    /// carries.
    #[arg(long, value_name = "DIR")]
    pub(super) api_docs: Option<PathBuf>,
}

impl ApiDocs {
    pub(super) fn generator(&self) -> Result<Generator, Error> {
        match &self.api_docs {
            Some(folder) => Generator::folder(folder),
            None if PathBuf::from("api-docs").is_dir() => Generator::folder("api-docs"),
            None => Generator::bundled(),
        }
    }

    /// The specs of one release.
    pub(super) fn source(&self, release: Release) -> Result<Source, Error> {
        let folder = match &self.api_docs {
            Some(folder) => folder.clone(),
            None if PathBuf::from("api-docs").is_dir() => "api-docs".into(),
            None => return Ok(Source::Bundled(release)),
        };
        Ok(Source::Folder(folder.join(release.to_string())))
    }
}

/// Returns the release of specs: as given, else by their `apiVersion`.
pub(super) fn find_release(source: &Source, given: Option<Release>) -> Result<Release, Error> {
    if let Some(release) = given {
        return Ok(release);
    }
    let (api_version, _) = source.index()?;
    Release::from_api_version(&api_version).ok_or_else(|| {
        Error::Usage(format!(
            "no known release has apiVersion {api_version}: give --release"
        ))
    })
}

/// Adds specs to a generator. If their release was guessed, errors say so.
pub(super) fn add(
    generator: Generator,
    source: Source,
    given: Option<Release>,
) -> Result<Generator, Error> {
    let release = find_release(&source, given)?;
    match given {
        Some(_) => generator.add_release(&release.to_string(), source),
        None => generator.add_source(source),
    }
}
