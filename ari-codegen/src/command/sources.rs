//! Arguments that name specs: folders, running servers and the known releases.

use std::path::PathBuf;

use ari_codegen::{Descriptions, Error, Generator, Release, Selection, Source};
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

/// The specs to merge: known releases, or folders and servers.
#[derive(Debug, Args)]
pub(super) struct Specs {
    /// Folder with resources.json and the files it names, or the address of a running Asterisk
    /// (http://HOST:8088/ari). Specs of several releases are merged: repeat it.
    #[arg(long, value_name = "DIR|URL")]
    from: Vec<String>,
    #[command(flatten)]
    credentials: Credentials,
    #[command(flatten)]
    api_docs: ApiDocs,
    /// Cover only this release, or these: repeat it, or separate them by commas. 13 covers all
    /// point releases of Asterisk 13, 13.1 just that one. With --from, the release that the specs
    /// are of, where their apiVersion does not tell; with several, one for each, in the same order.
    #[arg(long, value_name = "RELEASE", value_delimiter = ',')]
    release: Vec<Selection>,
}

impl Specs {
    /// Returns `true` if the arguments name specs or releases.
    pub(super) fn are_chosen(&self) -> bool {
        !self.from.is_empty() || !self.release.is_empty()
    }

    /// Returns a generator with these specs.
    pub(super) fn generator(&self) -> Result<Generator, Error> {
        if self.from.is_empty() {
            let generator = self.api_docs.generator()?;
            return match self.release.as_slice() {
                [] => Ok(generator),
                releases => generator.retain_releases(releases),
            };
        }
        let (places, releases) = (self.from.len(), self.release.len());
        if releases > 0 && releases != places {
            return Err(Error::Usage(format!(
                "there are {places} of --from and {releases} of --release: give one --release for \
                 each --from, in the same order"
            )));
        }
        let mut generator = Generator::new().descriptions(Descriptions::bundled()?);
        for (index, from) in self.from.iter().enumerate() {
            let source = self.credentials.source(from)?;
            let given = self.release.get(index);
            generator = add(generator, source, given.map(|given| given.release))?;
        }
        Ok(generator)
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
