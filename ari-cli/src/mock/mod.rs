//! `ari mock`: the fake Asterisk, for programs in any language.

mod client;
mod options;
mod setup;

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ari_mock::{Asterisk, Builder, Record};
use clap::{Args, Command};
use serde_json::{Value, json};

use crate::connection_options;
use crate::error::{CliError, ErrorKind};
use crate::global_options::GlobalOptions;
use crate::journal::Journal;
use crate::output::Output;
use crate::release::Release;
use crate::replay::{self, SpeedOption};
use crate::signals::Signals;
use crate::terminal::{print_note, stdout};
use crate::text::escape_control;
use options::Steps;
use setup::{DEFAULT_CREDENTIALS, Setup};

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
    /// Address and port to listen on instead, such as 0.0.0.0:8088 for all interfaces, on which the
    /// user of ARI_USER with ARI_PASSWORD, or the users of --setup, replace the default ones.
    #[arg(long, value_name = "ADDRESS:PORT", conflicts_with = "port")]
    listen: Option<SocketAddr>,
    /// PEM file of the certificate chain: serve https and wss.
    #[cfg(feature = "tls")]
    #[arg(
        long,
        value_name = "FILE",
        requires = "tls_key",
        conflicts_with = "replay"
    )]
    #[cfg_attr(feature = "gateway", arg(conflicts_with = "gateway"))]
    tls_cert: Option<PathBuf>,
    /// PEM file of the private key of the certificate.
    #[cfg(feature = "tls")]
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// TOML or JSON file with users, dialplan, endpoints, sounds and modules; see below.
    #[arg(long, value_name = "FILE")]
    setup: Option<PathBuf>,
    /// Add an extension: testari/100=Answer(),Stasis(hello,first),Hangup(). Can be repeated.
    #[arg(long, value_name = "CONTEXT/EXTENSION=STEPS", value_parser = options::parse_extension)]
    extension: Vec<Steps>,
    /// Add an endpoint with the steps that it takes when it is called, or that is offline:
    /// PJSIP/alice=Ringing(),Wait(2),Answer(),Echo() or PJSIP/bob=offline. Can be repeated.
    #[arg(long, value_name = "ENDPOINT=STEPS", value_parser = options::parse_endpoint)]
    endpoint: Vec<Steps>,
    /// Add a sound with its length in seconds: my/greeting=2.5. Can be repeated.
    #[arg(long, value_name = "NAME=SECONDS", value_parser = options::parse_sound)]
    sound: Vec<(String, Duration)>,
    /// TOML or JSON file with a scenario: calls that arrive at times, press keys, talk and hang up,
    /// faults, and loops for load. The package ari-mock describes it.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Do not serve the control API, which the commands below use. On other interfaces than the
    /// loopback interface it is only served if the default users are replaced.
    #[arg(long)]
    no_control: bool,
    /// Stop the clock from the start.
    #[arg(long)]
    paused: bool,
    /// Exit with 7 if a request had a mistake that a real server silently ignores, or if a step of the
    /// scenario was not possible.
    #[arg(long)]
    strict: bool,
    /// Run a gateway as well, with this name for the server, for workers of the application hello.
    /// `nats-server` and `ari mock --gateway fake` run a cluster on one machine.
    #[cfg(feature = "gateway")]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["setup", "listen"])]
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
    #[arg(long, value_name = "FILE", conflicts_with_all = ["listen", "setup", "extension", "endpoint", "sound", "scenario", "paused"])]
    replay: Option<PathBuf>,
    /// Speed of the recording: 1 for the recorded speed, 10 for ten times as fast, or max for as fast
    /// as the program acts.
    #[arg(long, value_name = "N|max", default_value = "max", requires = "replay")]
    speed: SpeedOption,
    /// Time by which a request of the program may be later than in the recording before it counts as
    /// missing, in seconds. It is counted from the start of this command, and anew from each recorded
    /// request that arrives. After the first missing one it is at most a second.
    #[arg(long, value_name = "SECONDS", default_value = "10", requires = "replay", value_parser = clap::value_parser!(u32).range(1..))]
    wait: u32,
    /// Address of the program, if the recording has WebSockets that Asterisk opens to it, with the
    /// user of --user or ARI_USER: ws://127.0.0.1:9000.
    #[arg(long, value_name = "URL", requires = "replay")]
    connect_to: Option<String>,
}

/// The application of the gateway, which the extension `stasis` of the fake enters.
#[cfg(feature = "gateway")]
const GATEWAY_APPLICATION: &str = "hello";

/// Returns the command with its subcommands, which control a running fake.
pub(crate) fn command() -> Command {
    let command = Mock::augment_args(Command::new("mock"))
        .args_conflicts_with_subcommands(true)
        .subcommand_help_heading("Commands for a running fake")
        .after_long_help(format!("{USERS_AND_ENDPOINTS}\n\n{}", setup::HELP));
    client::commands().fold(command, Command::subcommand)
}

pub(crate) use client::run as control;

const USERS_AND_ENDPOINTS: &str = "\
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
        let wait = Duration::from_secs(mock.wait.into());
        let credentials = connection_options::credentials(global)?;
        let (user, password) = match &credentials {
            Some((user, password)) => (user.as_str(), password.as_str()),
            None => ("", ""),
        };
        let program = mock.connect_to.as_deref().map(|url| replay::Program {
            url,
            user,
            password,
        });
        return replay::run(path, mock.speed, wait, program, mock.port, &output, signals).await;
    }
    let local = SocketAddr::from((Ipv4Addr::LOCALHOST, mock.port));
    let address = mock.listen.unwrap_or(local);
    let mut builder = Asterisk::builder().listen(address);
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
    let scenario = mock
        .scenario
        .as_deref()
        .map(|path| Ok::<_, CliError>((path, setup::read_scenario(path)?)))
        .transpose()?;
    let (builder, user) = configure(builder, &mock, address, global)?;
    let pbx = builder.start().await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => CliError::other(format!(
            "port {} is in use, perhaps by an Asterisk: give another one by --port or --listen, or \
             0 for any free port",
            address.port()
        )),
        // The files of TLS.
        io::ErrorKind::InvalidData => CliError::usage(error.to_string()),
        _ => CliError::other(format!("cannot listen on {address}: {error}")),
    })?;
    if let Some((path, scenario)) = scenario {
        pbx.play(scenario)
            .map_err(|error| CliError::usage(format!("{}: {error}", path.display())))?;
    }
    let output = Output::new(global);
    print_startup(&pbx, &user, &output)?;
    if user.is_public(address) {
        print_note(
            "everyone who reaches this address may log in with these passwords, so there is no \
             control API: set ARI_USER and ARI_PASSWORD to replace them",
        );
    }
    #[cfg(feature = "gateway")]
    let _gateway = start_gateway(&mock, &pbx, signals).await?;
    let (mut reported, mut logged) = (0, 0);
    let (mut problems, mut failed) = (0, false);
    let mut poll = tokio::time::interval(POLL_INTERVAL);
    loop {
        let ends = tokio::select! {
            // The usual way to end the command.
            _ = signals.next() => true,
            _ = poll.tick() => false,
        };
        let (total, new) = pbx.violations_after(reported);
        reported = total;
        for violation in new {
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
        let (total, lines) = pbx.log_after(logged);
        logged = total;
        for text in lines {
            if output.json {
                output.print_line(&json!({"log": text}))?;
            } else {
                let mut out = stdout();
                writeln!(out, "log: {}", escape_control(&text))?;
                out.flush()?;
            }
        }
        let steps = pbx.scenario_problems();
        // A reset has removed the others.
        let known = if steps.len() < problems { 0 } else { problems };
        for step in steps.iter().skip(known) {
            if output.json {
                output.print_line(&json!({"scenario": step}))?;
            } else {
                let mut out = stdout();
                writeln!(out, "scenario: {}", escape_control(step))?;
                out.flush()?;
            }
        }
        problems = steps.len();
        failed |= problems > 0;
        if ends {
            break;
        }
    }
    match reported {
        1.. if mock.strict => Err(CliError::new(
            ErrorKind::ProblemsFound,
            format!("requests with mistakes that a real server silently ignores: {reported}"),
        )),
        _ if mock.strict && failed => Err(CliError::new(
            ErrorKind::ProblemsFound,
            "steps of the scenario were not possible",
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

/// A user that may log in.
struct ShownUser {
    name: String,
    /// The password, if it is not secret.
    password: Option<&'static str>,
}

impl ShownUser {
    /// Returns whether the default users can log in from other machines.
    fn is_public(&self, address: SocketAddr) -> bool {
        self.password.is_some() && !address.ip().is_loopback()
    }
}

/// Applies the setup file, the user of the settings, and the options.
fn configure(
    mut builder: Builder,
    mock: &Mock,
    address: SocketAddr,
    global: &GlobalOptions,
) -> Result<(Builder, ShownUser), CliError> {
    let setup = mock.setup.as_deref().map(Setup::read).transpose()?;
    let own = setup.as_ref().and_then(Setup::user).map(str::to_owned);
    let has_users = setup.as_ref().is_some_and(Setup::has_users);
    if let Some(setup) = setup {
        builder = setup.apply(builder);
    }
    for extension in &mock.extension {
        builder = options::add_extension(builder, extension);
    }
    for endpoint in &mock.endpoint {
        builder = options::add_endpoint(builder, endpoint);
    }
    for (name, length) in &mock.sound {
        builder = builder.sound(name, *length);
    }
    if mock.paused {
        builder = builder.paused();
    }
    #[cfg(feature = "tls")]
    if let (Some(certificates), Some(key)) = (&mock.tls_cert, &mock.tls_key) {
        builder = builder.tls(certificates, key);
    }
    if !address.ip().is_loopback() && !has_users {
        connection_options::ensure_complete(global)?;
    }
    let (usual, known) = DEFAULT_CREDENTIALS;
    let (name, password) = match connection_options::credentials(global)? {
        Some((user, password)) if user != usual || *password != known => {
            if !address.ip().is_loopback() && !has_users {
                builder = builder.without_users();
            }
            builder = builder.user(&user, password.as_str());
            (user, None)
        }
        _ if has_users => (own.unwrap_or_default(), None),
        _ => (usual.to_owned(), Some(known)),
    };
    let user = ShownUser { name, password };
    if !mock.no_control && !user.is_public(address) {
        builder = builder.control();
    }
    Ok((builder, user))
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
    crate::log::print(false);
    let (user, password) = DEFAULT_CREDENTIALS;
    let asterisk = ari_api::Client::builder(pbx.url()).credentials(user, password);
    let cluster = mock.nats.connect("ari mock", signals).await?;
    let gateway = ari_cluster::gateway::GatewayBuilder::new(name, asterisk.http_transport()?);
    let gateway = cluster.start_gateway(gateway.application(GATEWAY_APPLICATION));
    print_note(format!("its gateway {name} serves {GATEWAY_APPLICATION}"));
    Ok(Some(gateway))
}

fn print_startup(pbx: &Asterisk, user: &ShownUser, output: &Output) -> Result<(), CliError> {
    let (url, version) = (pbx.url(), pbx.version());
    let ShownUser { name, password } = user;
    if output.json {
        let version = version.to_string();
        return output.print_line(
            &json!({"url": url, "version": version, "user": name, "password": password}),
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
        escape_control(name),
        password.unwrap_or_default()
    )?;
    Ok(out.flush()?)
}
