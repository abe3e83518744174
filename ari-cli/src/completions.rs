//! `ari completion` and `ari man`: scripts for shells, and manual pages.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

use crate::complete;
use crate::error::CliError;

/// Print the script that completes commands in a shell.
///
/// The script runs this command at each Tab. It completes commands, options, profiles, fields, and the
/// ids of channels, bridges and other objects, if the server of the command line, the environment or
/// the default profile responds within a second. It never prompts for a password.
///
/// For bash: ari completion bash > ~/.local/share/bash-completion/completions/ari{n}
/// For zsh: ari completion zsh > a folder of $fpath, as the file _ari{n}
/// For fish: ari completion fish > ~/.config/fish/completions/ari.fish
#[derive(Args, Debug)]
pub(crate) struct Completion {
    /// Shell.
    #[arg(value_parser = clap::builder::EnumValueParser::<Shell>::new())]
    shell: Shell,
}

/// Write manual pages, one for each command.
#[derive(Args, Debug)]
pub(crate) struct Man {
    /// Folder to write to, which is created if it does not exist.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

pub(crate) fn completion(arguments: &Completion) -> Result<(), CliError> {
    let script = complete::script(&arguments.shell.to_string())?;
    let mut out = std::io::stdout().lock();
    out.write_all(&script)?;
    Ok(out.flush()?)
}

pub(crate) fn man(arguments: &Man, command: Command) -> Result<(), CliError> {
    let folder = &arguments.out;
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(command, folder))
        .map_err(|error| CliError::other(format!("cannot write {}: {error}", folder.display())))
}
