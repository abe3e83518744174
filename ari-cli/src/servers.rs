//! `ari gateway list`, `drain` and `undrain`: the servers of a cluster.

use std::io::Write as _;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::error::{CliError, ErrorKind};
use crate::global_options::GlobalOptions;
use crate::nats_options::NatsOptions;
use crate::output::Output;
use crate::signals::Signals;
use crate::terminal::stdout;
use crate::text::escape_control;

/// The fields of a server.
const FIELDS: [&str; 7] = [
    "name",
    "state",
    "release",
    "application",
    "calls",
    "channels",
    "requests",
];

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum ServersCommand {
    /// List the servers of the cluster, with their state and load.
    List {
        #[command(flatten)]
        nats: NatsOptions,
    },
    /// Drain a server: dialers choose others.
    ///
    /// Its calls go on, and new calls from Asterisk are still offered to workers, so what is in front of
    /// the server, such as a SIP proxy, has to send them elsewhere. Wait until `ari gateway list` shows
    /// no calls, and end Asterisk and the gateway. A gateway that starts anew does not drain.
    Drain(OneServer),
    /// End the draining of a server.
    Undrain(OneServer),
}

#[derive(Args, Clone, Debug)]
pub(crate) struct OneServer {
    /// Name of the server.
    name: String,
    #[command(flatten)]
    nats: NatsOptions,
}

pub(crate) async fn run(
    command: &ServersCommand,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    match command {
        ServersCommand::List { nats } => list(nats, global, signals).await,
        ServersCommand::Drain(server) => set_draining(server, true, signals).await,
        ServersCommand::Undrain(server) => set_draining(server, false, signals).await,
    }
}

async fn list(
    nats: &NatsOptions,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let output = Output::for_fields(global, &FIELDS)?;
    let cluster = nats.connect("ari gateway list", signals).await?;
    let listing = async {
        let cards = cluster.pick().list().await;
        cards.map_err(|error| {
            CliError::other(format!("{error}; does a gateway of the cluster run?"))
        })
    };
    let cards = signals.run_until_signal(listing).await?;
    let rows: Vec<_> = cards
        .into_iter()
        .map(|card| {
            let state = match (card.is_connected, card.is_draining) {
                (false, _) => "not connected",
                (true, true) => "draining",
                (true, false) => "serving",
            };
            json!({
                "name": card.server,
                "state": state,
                "release": card.version.map(|version| version.to_string()),
                "application": card.application,
                "calls": card.calls,
                "channels": card.channels,
                "requests": card.requests,
            })
        })
        .collect();
    output.print(&Value::Array(rows))
}

async fn set_draining(
    server: &OneServer,
    is_draining: bool,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let cluster = server.nats.connect("ari gateway drain", signals).await?;
    let name = &server.name;
    let setting = async {
        let calls = match is_draining {
            true => cluster.drain_server(name).await,
            false => cluster.undrain_server(name).await,
        };
        calls.map_err(|error| CliError::new(ErrorKind::NotSent, error.to_string()))
    };
    let calls = signals.run_until_signal(setting).await?;
    let state = match is_draining {
        true => "is draining",
        false => "takes new calls",
    };
    let mut out = stdout();
    let name = escape_control(name);
    writeln!(out, "{name} {state}; it has {calls} calls")?;
    Ok(out.flush()?)
}
