//! `ari-codegen diff` and `ari-codegen check`: looking without writing.

use std::process::ExitCode;

use ari_codegen::check::{self, Severity};
use ari_codegen::{Error, Release, diff};
use clap::Args;

use super::{ApiDocs, Origin};

#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// The older release.
    from: Release,
    /// The newer release.
    to: Release,
    /// Print JSON, a list of changes.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    api_docs: ApiDocs,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    origin: Origin,
    /// The release that the specs are of.
    #[arg(long, value_name = "NUMBER")]
    release: Option<Release>,
    /// Print JSON, a list of findings.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    api_docs: ApiDocs,
}

/// Exit code of `check` with errors and of `diff` with breaking changes.
const FOUND: u8 = 3;

pub(crate) fn diff(arguments: &DiffArguments) -> Result<ExitCode, Error> {
    let generator = arguments.api_docs.generator()?;
    let (old, _, _) = generator.clone().only(&[arguments.from])?.read()?;
    let (new, _, _) = generator.only(&[arguments.to])?.read()?;
    let changes = diff::diff(&old, &new);
    let breaking = changes.iter().filter(|change| change.breaks).count();
    if arguments.json {
        print_json(&changes)?;
    } else {
        for change in &changes {
            println!("{change}");
        }
        eprintln!(
            "from Asterisk {} to {}: {} changes, {breaking} of them break callers",
            arguments.from,
            arguments.to,
            changes.len()
        );
    }
    Ok(if breaking > 0 {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    })
}

pub(crate) fn check(arguments: &CheckArguments) -> Result<ExitCode, Error> {
    let (release, source) = match arguments.origin.source()? {
        Some(source) => {
            let release = match arguments.release {
                Some(release) => release,
                None => {
                    let (api_version, _) = source.index()?;
                    Release::from_api_version(&api_version).ok_or_else(|| {
                        Error::Usage(format!(
                            "no known release has apiVersion {api_version}: give --release"
                        ))
                    })?
                }
            };
            (release, source)
        }
        None => {
            let release = arguments.release.ok_or_else(|| {
                Error::Usage("give --from for specs of yours, or --release for known ones".into())
            })?;
            (release, arguments.api_docs.source(release)?)
        }
    };
    let findings = check::check(release, &source);
    if arguments.json {
        print_json(&findings)?;
    } else {
        for finding in &findings {
            println!("{finding}");
        }
    }
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    eprintln!(
        "Asterisk {release}: {} errors, {} warnings, {} notes",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note)
    );
    Ok(if count(Severity::Error) > 0 {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    })
}

fn print_json(value: &impl serde::Serialize) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Error::Usage(format!("the result cannot be written as JSON: {error}")))?;
    println!("{text}");
    Ok(())
}
