//! The `ari` command: operates Asterisk over its REST Interface from a shell.

mod arguments;
mod call;
mod command;
mod configuration;
mod doctor;
mod events;
mod failure;
mod interrupt;
mod line;
mod link;
mod operation;
mod output;
mod play;
mod private_app;
mod progress;
mod record;
mod secret;
mod seen;
mod settings;
mod shell;
mod table;
mod top;
mod tree;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run()
}
