//! `ari history`: the past events of a call.

use std::io::Write as _;

use clap::Args;
use serde_json::{Value, json};

use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::nats_options::NatsOptions;
use crate::output::Output;
use crate::signals::Signals;
use crate::terminal::stdout;

/// The fields of an event in the table.
const FIELDS: [&str; 5] = ["time", "type", "channel", "server", "application"];

/// Print the past events of a call.
///
/// Gateways store them if they run with --history. --json prints each event on a line, as Asterisk has
/// sent it.
#[derive(Args, Clone, Debug)]
pub(crate) struct HistoryArguments {
    /// Id of the call: of its first channel.
    call: String,
    #[command(flatten)]
    nats: NatsOptions,
}

pub(crate) async fn run(
    arguments: HistoryArguments,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let output = Output::for_fields(global, &FIELDS)?;
    let cluster = arguments.nats.connect("ari history", signals).await?;
    let reading = async {
        let events = cluster.history(&arguments.call).await;
        events.map_err(|error| CliError::other(error.to_string()))
    };
    let events = signals.run_until_signal(reading).await?;
    if output.json {
        let mut out = stdout();
        for event in &events {
            writeln!(out, "{}", event.text)?;
        }
        return Ok(out.flush()?);
    }
    let rows: Vec<_> = events
        .into_iter()
        .map(|event| {
            let value: Value = serde_json::from_str(&event.text).unwrap_or_default();
            json!({
                "time": value["timestamp"],
                "type": value["type"],
                "channel": value["channel"]["name"],
                "server": event.server,
                "application": event.application,
            })
        })
        .collect();
    output.print(&Value::Array(rows))
}
