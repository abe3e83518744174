//! `ari-codegen import`.

use std::path::PathBuf;
use std::process::ExitCode;

use ari_codegen::import::Import;
use ari_codegen::{Error, Selection};
use clap::Args;

use super::sources::Origin;

#[derive(Debug, Args)]
pub(super) struct ImportArguments {
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

/// Runs the command.
pub(super) fn run(arguments: &ImportArguments) -> Result<ExitCode, Error> {
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
