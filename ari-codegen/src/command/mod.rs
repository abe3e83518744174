//! The command line: arguments, and one module a subcommand.
//!
//! Results go to standard output, progress and errors to standard error. The exit code is 0 for
//! success, 1 for an error, 2 for wrong arguments, and 3 where `check` or `diff` found what they
//! look for.

mod generate;
mod inspect;
mod server;

use std::path::PathBuf;
use std::process::ExitCode;

use ari_codegen::import::Import;
use ari_codegen::{Error, Generator, Release, Selection, Source};
use clap::{Args, Parser, Subcommand};

/// Generates typed Rust bindings for Asterisk's REST Interface (ARI) from its own resource specs.
#[derive(Debug, Parser)]
#[command(
    name = "ari-codegen",
    version,
    after_help = "Examples:
  ari-codegen generate                                  regenerate ari-api's own bindings
  ari-codegen generate --release 22 --crate ari-22      a crate for exactly Asterisk 22
  ari-codegen generate --from http://pbx:8088/ari --crate my-ari
                                                        a crate for what that server offers
  ari-codegen generate --release 13.1 --crate ari-13-1   a crate for exactly Asterisk 13.1
  ari-codegen import --from ~/asterisk/rest-api/api-docs --release 22.11.0
  ari-codegen diff 20 22                                what changed from 20 to 22
  ari-codegen diff 22 http://pbx:8088/ari               what that server adds
  ari-codegen check --from http://pbx:8088/ari          what is unusual in a spec

Exit codes: 0 success, 1 error, 2 wrong arguments, 3 `check` found errors or `diff` found changes
that break callers."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write bindings: ari-api's own, or a crate of your own with --crate.
    Generate(generate::Arguments),
    /// Reduce raw specs to facts and put them into api-docs.
    Import(ImportArguments),
    /// Tell what was added, removed and changed between two releases, folders or servers.
    Diff(inspect::DiffArguments),
    /// Tell what is unusual in a spec, and whether bindings can be made of it.
    Check(inspect::CheckArguments),
}

/// The origin of specs.
#[derive(Debug, Args)]
struct Origin {
    /// Folder with resources.json and the files it names, or the address of a running Asterisk
    /// (http://HOST:8088/ari).
    #[arg(long, value_name = "DIR|URL")]
    from: Option<String>,
    #[command(flatten)]
    credentials: Credentials,
}

impl Origin {
    /// The specs at `--from`, if given.
    fn source(&self) -> Result<Option<Source>, Error> {
        let from = self.from.as_ref();
        from.map(|from| self.credentials.source(from)).transpose()
    }
}

/// Credentials for a running Asterisk.
#[derive(Debug, Args)]
struct Credentials {
    /// User of the running Asterisk.
    #[arg(long, env = "ARI_USER", value_name = "NAME")]
    user: Option<String>,
    /// Password of that user. Prefer the environment: other users see a command's arguments.
    #[arg(
        long,
        env = "ARI_PASSWORD",
        hide_env_values = true,
        value_name = "PASSWORD"
    )]
    password: Option<String>,
    /// For https, trust the certificates in this file (PEM) instead of those of the system.
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
}

impl Credentials {
    /// The specs in a folder or of a server.
    fn source(&self, place: &str) -> Result<Source, Error> {
        if place.contains("://") {
            server::fetch(place, self)
        } else {
            Ok(Source::Folder(place.into()))
        }
    }
}

/// The release of specs: as given, else as their `apiVersion` tells.
fn find_release(source: &Source, given: Option<Release>) -> Result<Release, Error> {
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
fn add(generator: Generator, source: Source, given: Option<Release>) -> Result<Generator, Error> {
    let release = find_release(&source, given)?;
    match given {
        Some(_) => generator.add_release(&release.to_string(), source),
        None => generator.add_source(source),
    }
}

/// The folder with the facts of known releases.
#[derive(Debug, Args)]
struct ApiDocs {
    /// Folder with one folder of specs a release; ./api-docs if it exists, else what this command
    /// carries.
    #[arg(long, value_name = "DIR")]
    api_docs: Option<PathBuf>,
}

impl ApiDocs {
    fn generator(&self) -> Result<Generator, Error> {
        match &self.api_docs {
            Some(folder) => Generator::folder(folder),
            None if PathBuf::from("api-docs").is_dir() => Generator::folder("api-docs"),
            None => Generator::bundled(),
        }
    }

    /// The specs of one release.
    fn source(&self, release: Release) -> Result<Source, Error> {
        let folder = match &self.api_docs {
            Some(folder) => folder.clone(),
            None if PathBuf::from("api-docs").is_dir() => "api-docs".into(),
            None => return Ok(Source::Bundled(release)),
        };
        Ok(Source::Folder(folder.join(release.to_string())))
    }
}

#[derive(Debug, Args)]
struct ImportArguments {
    #[command(flatten)]
    origin: Origin,
    /// The point release that the specs are of (22.11.0), which the history of the release then
    /// knows; 22 for those of its branch.
    #[arg(long, value_name = "RELEASE")]
    release: Selection,
    /// Folder that holds one folder a release.
    #[arg(long, value_name = "DIR", default_value = "api-docs")]
    into: PathBuf,
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Import(arguments) => import(&arguments),
        Command::Diff(arguments) => inspect::diff(&arguments),
        Command::Check(arguments) => inspect::check(&arguments),
    };
    result.unwrap_or_else(|error| {
        eprintln!("ari-codegen: {error}");
        ExitCode::from(1)
    })
}

fn import(arguments: &ImportArguments) -> Result<ExitCode, Error> {
    let source = arguments.origin.source()?.ok_or_else(|| {
        Error::Usage("--from is missing: name a folder of specs or a running Asterisk".into())
    })?;
    let import = Import::read(arguments.release, &source)?;
    for anomaly in &import.anomalies {
        eprintln!("note: {anomaly}");
    }
    let changed = import.write(&arguments.into)?;
    let counts = import.counts;
    println!(
        "Asterisk {}: {} operations, {} models, {} events: {}",
        import.release,
        counts.operations,
        counts.models,
        counts.events,
        if changed {
            "imported"
        } else {
            "nothing changed"
        }
    );
    Ok(ExitCode::SUCCESS)
}
