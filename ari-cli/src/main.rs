//! The `ari` command: operates Asterisk over its REST Interface from a shell.

mod api_request;
mod argument_error;
mod arguments;
mod atomic_file;
mod audio;
mod call;
mod candidates;
mod closest_name;
mod command;
mod command_tree;
mod complete;
mod completions;
mod config_file;
mod connect;
mod connection_options;
mod dial;
mod doctor;
mod error;
mod error_message;
mod event;
mod event_filter;
mod event_line;
mod event_summary;
mod events;
mod exec;
mod exec_session;
#[cfg(feature = "explore")]
mod explore;
mod fields;
#[cfg(feature = "gateway")]
mod gateway;
mod global_options;
mod help_text;
#[cfg(feature = "gateway")]
mod history;
#[cfg(any(feature = "gateway", feature = "mock"))]
mod journal;
mod json_value;
mod level_meter;
mod listen;
#[cfg(feature = "gateway")]
mod log;
#[cfg(feature = "mock")]
mod mock;
mod names;
#[cfg(feature = "gateway")]
mod nats_options;
mod operation;
mod output;
#[cfg(feature = "explore")]
mod own_objects;
mod phone;
mod play;
mod printer;
mod profile;
mod progress;
mod reader;
mod record;
mod recording;
mod registration;
mod release;
#[cfg(feature = "mock")]
mod replay;
mod request;
mod script;
#[cfg(feature = "gateway")]
mod servers;
mod signals;
mod snoop;
mod subscriptions;
mod table;
mod talk;
mod temp_app;
mod terminal;
mod text;
#[cfg(feature = "top")]
mod top;
mod trace;
mod transfer;
mod transport;
mod verbose;
mod wait;
mod watch;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run()
}
