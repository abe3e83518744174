//! The `ari` command: operates Asterisk over its REST Interface from a shell.

mod argument_error;
mod arguments;
mod call;
mod candidates;
mod command;
mod complete;
mod configuration;
mod doctor;
mod event_filter;
mod events;
mod failure;
mod fields;
mod interrupt;
mod line;
mod link;
#[cfg(feature = "mock")]
mod mock;
mod operation;
mod out_file;
mod output;
mod play;
mod printer;
mod private_app;
mod progress;
mod prose;
mod reader;
mod record;
mod redact;
mod registration;
mod release;
mod request;
mod secret;
mod seen;
mod settings;
mod shell;
mod table;
mod told;
#[cfg(feature = "top")]
mod top;
mod transport;
mod tree;
mod verbose;
mod watch;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run()
}
