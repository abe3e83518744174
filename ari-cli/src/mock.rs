//! `ari mock`: the fake Asterisk, for programs in any language.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use ari_mock::{Asterisk, Builder, Record};
use clap::Args;
use serde_json::{Value, json};

use crate::connection_options;
use crate::error::{CliError, ErrorKind};
use crate::global_options::GlobalOptions;
use crate::journal::Journal;
use crate::output::Output;
use crate::release::Release;
use crate::replay::{self, SpeedOption};
use crate::signals::Signals;
#[cfg(feature = "gateway")]
use crate::terminal::print_note;
use crate::terminal::stdout;
use crate::text::escape_control;

/// The interval between two checks for invalid requests.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// Run a fake Asterisk on this machine, for trials and tests, until Ctrl-C.
///
/// It serves every operation at http://127.0.0.1:8088/ari, with calls that ring, answer and hang up.
/// --release selects the release of Asterisk; the default is the newest. It prints mistakes in
/// requests that a real server silently ignores, such as an unknown parameter.
#[derive(Args, Clone, Debug)]
pub(crate) struct Mock {
    /// Port to listen on; 0 for any free port.
    #[arg(long, default_value_t = 8088)]
    port: u16,
    /// Exit with 7 if a request had a mistake that a real server silently ignores.
    #[arg(long)]
    strict: bool,
    /// Run a gateway as well, with this name for the server, for workers of the application hello.
    /// `nats-server` and `ari mock --gateway fake` run a cluster on one machine.
    #[cfg(feature = "gateway")]
    #[arg(long, value_name = "NAME")]
    gateway: Option<String>,
    #[cfg(feature = "gateway")]
    #[command(flatten)]
    nats: crate::nats_options::NatsOptions,
    /// Append a line of JSON for each event that is sent and each request that arrives to a file, with
    /// the time in milliseconds since 1970.
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Play a recording of --record to a program instead, and compare its requests with the recorded
    /// ones, in the recorded order for each channel, bridge and playback. Exit with 7 if they differ.
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
    /// Speed of the recording: 1 for the recorded speed, 10 for ten times as fast, or max for as fast
    /// as the program acts.
    #[arg(long, value_name = "N|max", default_value = "max", requires = "replay")]
    speed: SpeedOption,
}

/// The application of the gateway, which the extension `stasis` of the fake enters.
#[cfg(feature = "gateway")]
const GATEWAY_APPLICATION: &str = "hello";

/// The default user and password.
const DEFAULT_CREDENTIALS: (&str, &str) = ("aritest", "testme");

pub(crate) const AFTER_HELP: &str = "\
Users: aritest with the password testme, and the read-only user reader with the password readme. \
Another one is that of --user or ARI_USER, with the password of --password-file or ARI_PASSWORD.

Endpoints: Local/1@testari answers and stays. The extensions echo, tone, dtmf, ring and busy of \
that context do what their name says, brief answers and hangs up, and stasis enters the application \
hello. PJSIP/loop has the same extensions, such as PJSIP/busy@loop. PJSIP/phone is offline.";

pub(crate) async fn run(
    mock: Mock,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    if let Some(path) = &mock.replay {
        let output = Output::new(global);
        return replay::run(path, mock.speed, mock.port, &output, signals).await;
    }
    let mut builder = Asterisk::builder().port(mock.port);
    if let Some(release) = global.release {
        builder = match release {
            Release::Major(release) => builder.release(release),
            Release::Point(version) => builder.version(version),
        };
    }
    if let Some(path) = &mock.journal {
        let journal = Journal::open(path)?;
        builder = builder.journal(move |record| journal.write(line(record)));
    }
    let (builder, user) = configure_users(builder, global)?;
    let pbx = builder.start().await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => CliError::other(format!(
            "port {} is in use, perhaps by an Asterisk: give another one by --port, or 0 for any \
             free port",
            mock.port
        )),
        _ => CliError::other(format!("cannot listen on port {}: {error}", mock.port)),
    })?;
    let output = Output::new(global);
    print_startup(&pbx, &user, &output)?;
    #[cfg(feature = "gateway")]
    let _gateway = start_gateway(&mock, &pbx, signals).await?;
    let mut reported = 0;
    let mut poll = tokio::time::interval(POLL_INTERVAL);
    loop {
        let ends = tokio::select! {
            // The usual way to end the command.
            _ = signals.next() => true,
            _ = poll.tick() => false,
        };
        for violation in pbx.violations().iter().skip(reported) {
            reported += 1;
            if output.json {
                let kind = format!("{:?}", violation.kind);
                let text = violation.to_string();
                output.print_line(&json!({"violation": kind, "text": text}))?;
            } else {
                let mut out = stdout();
                writeln!(out, "wrong: {}", escape_control(&violation.to_string()))?;
                out.flush()?;
            }
        }
        if ends {
            break;
        }
    }
    match reported {
        1.. if mock.strict => Err(CliError::new(
            ErrorKind::ProblemsFound,
            format!("requests with mistakes that a real server silently ignores: {reported}"),
        )),
        _ => Ok(()),
    }
}

/// Returns a record of the journal.
fn line(record: Record<'_>) -> Value {
    match record {
        Record::Sent {
            application,
            socket,
            kind,
        } => json!({"fact": "sent", "application": application, "socket": socket, "kind": kind}),
        Record::Received { method, path } => {
            json!({"fact": "received", "method": method, "path": path})
        }
        _ => Value::Null,
    }
}

/// Adds the user of the settings. Returns the name of a user, with the password if it is not secret.
fn configure_users(
    builder: Builder,
    global: &GlobalOptions,
) -> Result<(Builder, (String, Option<&'static str>)), CliError> {
    let (usual, known) = DEFAULT_CREDENTIALS;
    Ok(match connection_options::credentials(global)? {
        Some((user, password)) if user != usual || *password != known => {
            let builder = builder.user(&user, password.as_str());
            (builder, (user, None))
        }
        _ => (builder, (usual.to_owned(), Some(known))),
    })
}

/// Starts the gateway of the fake, if one is wanted.
#[cfg(feature = "gateway")]
async fn start_gateway(
    mock: &Mock,
    pbx: &Asterisk,
    signals: &mut Signals,
) -> Result<Option<ari_cluster::gateway::Gateway>, CliError> {
    let Some(name) = &mock.gateway else {
        return Ok(None);
    };
    let (user, password) = DEFAULT_CREDENTIALS;
    let asterisk = ari_api::Client::builder(pbx.url()).credentials(user, password);
    let cluster = mock.nats.connect("ari mock", signals).await?;
    let gateway = ari_cluster::gateway::GatewayBuilder::new(name, asterisk.http_transport()?);
    let gateway = cluster.start_gateway(gateway.application(GATEWAY_APPLICATION));
    print_note(format!("its gateway {name} serves {GATEWAY_APPLICATION}"));
    Ok(Some(gateway))
}

fn print_startup(
    pbx: &Asterisk,
    (user, password): &(String, Option<&str>),
    output: &Output,
) -> Result<(), CliError> {
    let (url, version) = (pbx.url(), pbx.version());
    if output.json {
        let version = version.to_string();
        return output.print_line(
            &json!({"url": url, "version": version, "user": user, "password": password}),
        );
    }
    let mut out = stdout();
    writeln!(
        out,
        "A fake Asterisk {version} at {url}, until Ctrl-C. In another terminal:"
    )?;
    let password = password.map(|password| format!(" ARI_PASSWORD={password}"));
    writeln!(
        out,
        "  export ARI_URL={url} ARI_USER={}{}",
        escape_control(user),
        password.unwrap_or_default()
    )?;
    Ok(out.flush()?)
}
