//! `ari gateway`: the gateway of a server in a cluster.

use std::path::PathBuf;
use std::time::Duration;

use ari_api::Event;
use ari_api::traffic::Recorder;
use ari_cluster::gateway::{GatewayBuilder, Orphaned, Record, Unserved};
use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use crate::closest_name::closest_name;
use crate::connect;
use crate::connection_options::ConnectionOptions;
use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::journal::Journal;
use crate::log;
use crate::nats_options::NatsOptions;
use crate::servers::{self, ServersCommand};
use crate::signals::Signals;
use crate::terminal::print_note;

/// Run the gateway of a server in a cluster, until Ctrl-C.
///
/// It reads the events of applications and passes them to the workers of the cluster over NATS, and
/// executes their requests. Run it beside Asterisk. It connects to Asterisk as each --app. If another
/// program is connected as one of them, it takes it over, so that a new gateway replaces an old one.
/// The old one stands by, and takes over again if the new one ends.
///
/// It can start before NATS: it waits, and says what for. Calls in Asterisk go on.
///
/// For a trial with a fake, `nats-server` and `ari mock --gateway fake` run a cluster on one machine.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct GatewayArguments {
    #[command(subcommand)]
    command: Option<ServersCommand>,
    /// Name of the server, unique in the cluster.
    #[arg(long, required = true, value_parser = NonEmptyStringValueParser::new())]
    name: Option<String>,
    /// Application whose calls workers serve. Give it several times for several applications.
    #[arg(
        long = "app",
        required = true,
        value_name = "NAME",
        value_parser = NonEmptyStringValueParser::new()
    )]
    applications: Vec<String>,
    #[command(flatten)]
    nats: NatsOptions,
    /// Policy for new calls that no worker takes: continue (in the dialplan), hangup, hangup:CAUSE,
    /// or hold:TIME, which offers them for that time and then continues.
    #[arg(long, default_value = "continue", value_parser = parse_unserved)]
    unserved: Unserved,
    /// Policy for calls whose worker is gone, after the time for which they are offered to others:
    /// TIME=hangup or TIME=continue.
    #[arg(long, default_value = "30s=hangup", value_parser = parse_orphaned)]
    orphan: OrphanPolicy,
    /// Store events of these types, separated by commas, in a stream of JetStream, for `ari history`, such
    /// as StasisStart,StasisEnd,ChannelDestroyed. The stream ARI_HISTORY is created if it does not exist,
    /// for events of a week and up to 1 GiB.
    #[arg(
        long,
        value_name = "TYPES",
        value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new()
    )]
    history: Vec<String>,
    /// Append a line of JSON for each step to a file, for audits, with the time in milliseconds since
    /// 1970. It contains ids, and no passwords.
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug)]
struct OrphanPolicy {
    limit: Duration,
    policy: Orphaned,
}

/// Reads a length of time such as `30s`, `500ms` or `2m`.
fn parse_time(text: &str) -> Result<Duration, String> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number
        .parse()
        .map_err(|_| format!("{text:?} is no time such as 30s"))?;
    match unit {
        "ms" => Ok(Duration::from_millis(number)),
        "s" => Ok(Duration::from_secs(number)),
        "m" => number
            .checked_mul(60)
            .map(Duration::from_secs)
            .ok_or_else(|| format!("{text:?} is too long")),
        _ => Err(format!("{text:?} has no unit: write ms, s or m")),
    }
}

fn parse_unserved(text: &str) -> Result<Unserved, String> {
    match text.split_once(':') {
        None if text == "continue" => Ok(Unserved::Continue),
        // Congestion.
        None if text == "hangup" => Ok(Unserved::HangUp { cause: 42 }),
        Some(("hangup", cause)) => {
            let cause = cause.parse().ok().filter(|cause| *cause <= 127);
            let cause = cause.ok_or("a cause is a number from 0 to 127")?;
            Ok(Unserved::HangUp { cause })
        }
        Some(("hold", time)) => Ok(Unserved::Hold(parse_time(time)?)),
        _ => Err("write continue, hangup, hangup:CAUSE or hold:TIME".to_owned()),
    }
}

fn parse_orphaned(text: &str) -> Result<OrphanPolicy, String> {
    let (time, policy) = text
        .split_once('=')
        .ok_or("write TIME=hangup or TIME=continue")?;
    let policy = match policy {
        "hangup" => Orphaned::HangUp,
        "continue" => Orphaned::Continue,
        other => return Err(format!("{other:?} is no policy: write hangup or continue")),
    };
    Ok(OrphanPolicy {
        limit: parse_time(time)?,
        policy,
    })
}

/// Returns the type of events in the case in which Asterisk writes it, and a note if it is unknown.
fn find_event_type(name: &str) -> (String, Option<String>) {
    let is_name = |kind: &&&str| kind.eq_ignore_ascii_case(name);
    if let Some(kind) = Event::KINDS.iter().find(is_name) {
        return ((*kind).to_owned(), None);
    }
    let near = closest_name(name, Event::KINDS.iter().map(|kind| (*kind).to_owned()));
    let near = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
    let note = format!("the event type {name:?} of --history is unknown to this command{near}");
    (name.to_owned(), Some(note))
}

pub(crate) async fn run(
    arguments: GatewayArguments,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    if let Some(command) = &arguments.command {
        return servers::run(command, global, signals).await;
    }
    log::print(global.verbose);
    let server = arguments.name.unwrap_or_default();
    let connection = ConnectionOptions::find(global)?;
    let asterisk = connect::http_transport(&connection, global)?;
    let mut history = Vec::new();
    for name in &arguments.history {
        let (kind, note) = find_event_type(name);
        history.push(kind);
        if let Some(note) = note {
            print_note(note);
        }
    }
    let journal = arguments
        .journal
        .as_deref()
        .map(Journal::open)
        .transpose()?;
    let name = format!("ari gateway {server}");
    let cluster = arguments.nats.wait_and_connect(&name, signals).await?;
    let gateway = match &global.traffic {
        Some(log) => GatewayBuilder::new(&server, Recorder::new(asterisk, &connection.url, log)),
        None => GatewayBuilder::new(&server, asterisk),
    };
    let mut gateway = gateway
        .unserved(arguments.unserved)
        .orphaned(arguments.orphan.policy, arguments.orphan.limit)
        .history(history)
        .journal(move |record| report(record, journal.as_ref()));
    for application in &arguments.applications {
        gateway = gateway.application(application);
    }
    let mut gateway = cluster.start_gateway(gateway);
    print_note(format!(
        "the gateway of {server} serves {}; Ctrl-C ends it",
        arguments.applications.join(", ")
    ));
    let replaced = gateway.replaced();
    let is_replaced = tokio::select! {
        biased;
        error = gateway.failed() => return Err(CliError::other(error.to_string())),
        () = replaced => true,
        // The usual way to end the command.
        _ = signals.next() => false,
    };
    if is_replaced {
        print_note("another gateway has taken over; this one stands by, and can be ended");
        tokio::select! {
            error = gateway.failed() => return Err(CliError::other(error.to_string())),
            _ = signals.next() => {}
        }
    }
    Ok(())
}

/// Prints what an operator wants to know, and writes everything to the journal.
fn report(record: &Record, journal: Option<&Journal>) {
    match record {
        Record::ReadingStarted { epoch, .. } => {
            print_note(format!("connected to Asterisk (epoch {epoch})"));
        }
        Record::ReadingEnded { epoch } => {
            print_note(format!(
                "not connected to Asterisk any more (epoch {epoch})"
            ));
        }
        Record::PolicyApplied { call } => {
            print_note(format!(
                "no worker has taken the call {call}: the policy was applied"
            ));
        }
        _ => {}
    }
    if let Some(journal) = journal
        && let Ok(record) = serde_json::to_value(record)
    {
        journal.write(record);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_types_have_their_case() {
        let known = ("StasisStart".to_owned(), None);
        assert_eq!(find_event_type("stasisstart"), known);
        let (kind, note) = find_event_type("StasisStat");
        assert_eq!(kind, "StasisStat");
        assert!(note.unwrap().contains("did you mean StasisStart?"));
    }

    #[test]
    fn policies_are_read() {
        for (text, expected) in [
            ("continue", Some(Unserved::Continue)),
            ("hangup", Some(Unserved::HangUp { cause: 42 })),
            ("hangup:17", Some(Unserved::HangUp { cause: 17 })),
            ("hold:30s", Some(Unserved::Hold(Duration::from_secs(30)))),
            ("hold:2m", Some(Unserved::Hold(Duration::from_secs(120)))),
            ("hangup:128", None),
            ("hold", None),
            ("hold:5", None),
            ("ring", None),
        ] {
            assert_eq!(parse_unserved(text).ok(), expected, "{text}");
        }
        let orphaned = parse_orphaned("500ms=continue").unwrap();
        assert_eq!(orphaned.limit, Duration::from_millis(500));
        assert_eq!(orphaned.policy, Orphaned::Continue);
        assert!(parse_orphaned("hangup").is_err());
    }
}
