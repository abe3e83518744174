//! The command line: arguments, and one module a subcommand.
//!
//! Results go to standard output, progress and errors to standard error. The exit code is 0 for
//! success, 1 for an error, 2 for wrong arguments, and 3 if `check`, `diff` or `watch` found what
//! they look for.

mod credentials;
mod export;
mod generate;
mod git;
mod import;
mod inspect;
mod server;
mod sources;
mod tls;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
  ari-codegen export openapi --release 22               OpenAPI for other languages
  ari-codegen import --from ~/asterisk/rest-api/api-docs --release 22.11.0
  ari-codegen diff 20 22                                what changed from 20 to 22
  ari-codegen diff 22 http://pbx:8088/ari               what that server adds
  ari-codegen check --from http://pbx:8088/ari          what is unusual in a spec
  ari-codegen watch ~/asterisk                          tags of a repository that api-docs lacks

Exit codes: 0 success, 1 error, 2 wrong arguments, 3 `check` found errors, `diff` found changes that
break callers, or `watch` found something new."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write bindings: ari-api's own, or a crate of your own with --crate.
    Generate(generate::Arguments),
    /// Describe the interface for other languages: OpenAPI, AsyncAPI or JSON Schema.
    Export(export::ExportArguments),
    /// Reduce raw specs to facts and put them into api-docs.
    Import(import::ImportArguments),
    /// Report what was added, removed and changed between two releases, folders or servers.
    Diff(inspect::DiffArguments),
    /// Report what is unusual in a spec, and whether bindings can be made of it.
    Check(inspect::CheckArguments),
    /// Report the releases of Asterisk that api-docs lacks, and what they add, change and remove.
    Watch(watch::WatchArguments),
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Diff(arguments) => inspect::diff(&arguments),
        Command::Check(arguments) => inspect::check(&arguments),
        Command::Watch(arguments) => watch::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        eprintln!("ari-codegen: {error}");
        ExitCode::from(1)
    })
}
