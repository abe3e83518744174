//! `ari-codegen export`.

use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use ari_codegen::{Error, export};
use clap::{Args, ValueEnum};

use super::sources::Specs;

#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// Format of the document.
    #[arg(value_enum, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    specs: Specs,
    /// Write the document into this file instead of the standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// OpenAPI 3.1: operations and models.
    #[value(name = "openapi")]
    OpenApi,
    /// AsyncAPI 3.0: the WebSocket with its events and requests.
    #[value(name = "asyncapi")]
    AsyncApi,
    /// JSON Schema 2020-12: models. The root is a message of the WebSocket.
    JsonSchema,
}

/// Runs the command.
pub(super) fn run(arguments: &ExportArguments) -> Result<ExitCode, Error> {
    let generator = arguments.specs.generator()?.without_spec_texts();
    let (api, _, releases) = generator.read()?;
    for anomaly in releases.iter().flat_map(|release| &release.anomalies) {
        eprintln!("note: {anomaly}");
    }
    let format = match arguments.format {
        Format::OpenApi => export::Format::OpenApi,
        Format::AsyncApi => export::Format::AsyncApi,
        Format::JsonSchema => export::Format::JsonSchema,
    };
    let text = export::document(&api, format);
    match &arguments.output {
        Some(path) => export::write(path, &text)?,
        None => write_out(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn write_out(text: &str) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        // The reader, such as `head`, has what it wants.
        Err(source) if source.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|source| Error::Io {
            path: "standard output".into(),
            action: "write",
            source,
        }),
    }
}
