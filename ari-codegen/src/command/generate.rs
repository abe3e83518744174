//! `ari-codegen generate`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use ari_codegen::api::Counts;
use ari_codegen::{Bindings, CrateOptions, Error, RuntimeSource, WriteSummary};
use clap::Args;

use super::sources::Specs;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    specs: Specs,
    /// Write a complete crate into this folder.
    #[arg(long = "crate", value_name = "DIR")]
    crate_folder: Option<PathBuf>,
    /// Name of that crate; the folder's name unless given.
    #[arg(long, value_name = "NAME", requires = "crate_folder")]
    name: Option<String>,
    /// Let that crate find ari-runtime in this folder; in a clone of the repository it is the clone's
    /// own, elsewhere the registry's.
    #[arg(long, value_name = "DIR", requires = "crate_folder")]
    runtime_path: Option<PathBuf>,
    /// Write the files of the bindings into this folder instead of ari-api's own.
    #[arg(long, value_name = "DIR", conflicts_with = "crate_folder")]
    into: Option<PathBuf>,
}

const OWN_BINDINGS: &str = "ari-api/src/generated";

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let start = Instant::now();
    let own = arguments.crate_folder.is_none() && arguments.into.is_none();
    if own && (arguments.specs.are_chosen()) {
        return Err(Error::Usage(
            "ari-api's own bindings cover all releases: name a folder with --crate or --into for \
             bindings of others"
                .into(),
        ));
    }
    if own && !Path::new(OWN_BINDINGS).parent().is_some_and(Path::is_dir) {
        return Err(Error::Usage(format!(
            "{OWN_BINDINGS} is not below this folder: run this in the root of the workspace, or \
             name a folder with --crate or --into"
        )));
    }
    // Fixups are made for the specs of ari-api itself; those of others may be corrected already.
    let mut generator = arguments.specs.generator()?;
    if own {
        generator = generator.strict(true);
    }
    let bindings = generator.generate()?;
    let written = match (&arguments.crate_folder, &arguments.into) {
        (Some(folder), _) => bindings.write_crate(
            folder,
            &CrateOptions {
                name: arguments.name.clone(),
                runtime: runtime(arguments)?,
            },
        )?,
        (None, into) => {
            bindings.write_to(into.as_deref().unwrap_or_else(|| Path::new(OWN_BINDINGS)))?
        }
    };
    report(&bindings, &written, start);
    Ok(ExitCode::SUCCESS)
}

/// Returns the source of ari-runtime for a crate: the clone that the crate is in or that this runs in,
/// else the registry.
fn runtime(arguments: &Arguments) -> Result<RuntimeSource, Error> {
    if let Some(path) = &arguments.runtime_path {
        if !path.join("Cargo.toml").is_file() {
            return Err(Error::Usage(format!(
                "--runtime-path {}: no crate is in this folder: give the folder ari-runtime of a clone",
                path.display()
            )));
        }
        return Ok(RuntimeSource::Path(path.clone()));
    }
    // Links lead elsewhere than their names. The folder of the crate need not exist yet.
    let existing = |folder: &Path| {
        let folder = std::path::absolute(folder).unwrap_or_default();
        let mut folders = folder.ancestors();
        folders.find_map(|folder| folder.canonicalize().ok())
    };
    let places = [arguments.crate_folder.as_deref(), Some(Path::new("."))];
    let places: Vec<_> = places.into_iter().flatten().filter_map(existing).collect();
    let folders = places.iter().flat_map(|place| place.ancestors());
    let mut folders = folders.map(|folder| folder.join("ari-runtime"));
    let is_it = |folder: &PathBuf| {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        manifest
            .lines()
            .any(|line| line == "name = \"ari-runtime\"")
    };
    Ok(match folders.find(is_it) {
        Some(folder) => RuntimeSource::Path(folder),
        None => RuntimeSource::Version,
    })
}

fn report(bindings: &Bindings, written: &WriteSummary, start: Instant) {
    for note in &bindings.notes {
        eprintln!("note: {note}");
    }
    for anomaly in bindings
        .releases
        .iter()
        .flat_map(|release| &release.anomalies)
    {
        eprintln!("note: {anomaly}");
    }
    for path in &written.removed {
        eprintln!("removed {}", path.display());
    }
    println!(
        "{:>8} {:>8} {:>11} {:>11} {:>7} {:>11} {:>7}",
        "release", "api", "operations", "parameters", "models", "properties", "events"
    );
    let row = |release: &str, api: &str, counts: &Counts| {
        println!(
            "{release:>8} {api:>8} {:>11} {:>11} {:>7} {:>11} {:>7}",
            counts.operations, counts.parameters, counts.models, counts.properties, counts.events
        );
    };
    for release in &bindings.releases {
        let points: Vec<_> = release.points.iter().map(ToString::to_string).collect();
        let name = match points.is_empty() {
            true => release.release.to_string(),
            false => points.join(", "),
        };
        row(&name, &release.api_version, &release.counts);
    }
    row("merged", "", &bindings.api.counts());
    println!(
        "{} files, {} lines; {} written, {} unchanged, {} removed; {} ms",
        bindings.files.len(),
        bindings.lines(),
        written.changed.len(),
        written.unchanged,
        written.removed.len(),
        start.elapsed().as_millis()
    );
}
