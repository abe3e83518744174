//! Completion for shells, and manual pages, both made of the tree of commands.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

use crate::failure::Failure;

/// Print completions for a shell.
///
/// For bash: ari completion bash > ~/.local/share/bash-completion/completions/ari
#[derive(Args, Debug)]
pub(crate) struct Completion {
    /// The shell.
    #[arg(value_parser = clap::builder::EnumValueParser::<Shell>::new())]
    shell: Shell,
}

/// Write manual pages, one for each command.
#[derive(Args, Debug)]
pub(crate) struct Man {
    /// Folder to write them to; it is made where it is missing.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

pub(crate) fn completion(arguments: &Completion, mut command: Command) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "ari", &mut script);
    if arguments.shell == Shell::Bash {
        script = without_globs(&String::from_utf8_lossy(&script)).into_bytes();
    }
    let mut out = std::io::stdout().lock();
    out.write_all(&script)?;
    Ok(out.flush()?)
}

/// The same script, in which words that are offered are not taken for patterns of file names: `*` is
/// a key that ends a recording.
fn without_globs(script: &str) -> String {
    const OFFER: &str = "COMPREPLY=($(compgen -W ";
    const READ: &str = "IFS=$'\\n' read -r -d '' -a COMPREPLY < <(compgen -W ";
    let lines = script.lines().map(|line| {
        let indent = line.len() - line.trim_start().len();
        let words = line[indent..].strip_prefix(OFFER);
        match words.and_then(|words| words.strip_suffix("))")) {
            Some(words) => format!("{}{READ}{words})\n", &line[..indent]),
            None => format!("{line}\n"),
        }
    });
    lines.collect()
}

pub(crate) fn man(arguments: &Man, command: Command) -> Result<(), Failure> {
    let folder = &arguments.out;
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(command, folder))
        .map_err(|error| Failure::other(format!("cannot write {}: {error}", folder.display())))
}
