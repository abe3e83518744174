//! `ari call`: a call, from originating it to its end.

use std::io::Write as _;
use std::time::{Duration, Instant};

use ari_api::Error;
use ari_api::client::{CreateContext, unique_id};
use ari_api::operations::channels;
use ari_api::outcome::{CallOutcome, Failure as CallFailure};
use ari_api::stream::{EventStream, ObjectRef, ObjectStream};
use ari_api::transport::Request;
use clap::Args;
use serde_json::{Map, Value, json};
use tokio::time::sleep;

use crate::error::{CliError, ErrorKind};
use crate::event::{ApplicationSocketRequest, CommandConnection, CommandEvent};
use crate::global_options::GlobalOptions;
use crate::json_value::{at, text};
use crate::output::Output;
use crate::printer::{Printer, unparsed};
use crate::registration::{self, TakeOver};
use crate::release::Release;
use crate::signals::Signals;
use crate::temp_app::{self, TempApp};
use crate::terminal::{print_error, stdout};
use crate::{api_request, arguments, connect, fields, reader};

/// Call an endpoint into an application, and follow the call to its end.
///
/// If no client is connected as that application, this command connects, so that the call lasts
/// until the far end hangs up or you press Ctrl-C. Exits with 7 if the call is not answered.
#[derive(Args, Clone, Debug)]
pub(crate) struct CallArguments {
    /// Endpoint to call, such as PJSIP/alice or Local/1@default.
    endpoint: String,
    /// Application that the answered call enters.
    #[arg(long, value_name = "APP")]
    app: String,
    /// Argument for the application; repeatable.
    #[arg(long, value_name = "TEXT", alias = "appArgs")]
    app_args: Vec<String>,
    /// Caller ID to present: a number, or Name <number>.
    #[arg(long, value_name = "TEXT", alias = "callerId")]
    caller_id: Option<String>,
    /// Ring timeout in seconds; -1 for no limit.
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(-1..))]
    timeout: Option<i32>,
    /// Channel variable; repeatable.
    #[arg(long, value_name = "NAME=VALUE")]
    variables: Vec<String>,
}

/// Fields of the last line of `--json`, in addition to those of events.
const ENDED: &[&str] = &["outcome", "reason", "answered", "seconds"];

/// Pause before a channel is looked for again that an interrupted request may create, and the number
/// of times.
const CREATION_POLL_DELAY: Duration = Duration::from_millis(100);
const CREATION_POLLS: usize = 10;

/// The state of the call so far.
#[derive(Default)]
struct CallState {
    answered: Option<Instant>,
    failure: CallFailure,
}

impl CallState {
    fn apply_event(&mut self, event: &CommandEvent, id: &str) {
        let value = event.json();
        let of = |path: &str| at(&value, path).as_str() == Some(id);
        match event.event_type() {
            "StasisStart" if of("channel.id") => self.response(),
            "ChannelStateChange" if of("channel.id") && value["channel"]["state"] == "Up" => {
                self.response();
            }
            "Dial" if of("peer.id") => {
                self.failure.forward = text(&value["forward"]);
                self.failure.dial_status = match &*text(&value["dialstatus"]) {
                    "" => CallFailure::DIALING.to_owned(),
                    status => status.to_owned(),
                };
            }
            "ChannelHangupRequest" if of("channel.id") => self.failure.was_hung_up = true,
            "ChannelDestroyed" if of("channel.id") => {
                self.failure.cause = value["cause"].as_i64().unwrap_or_default();
                self.failure.cause_text = text(&value["cause_txt"]);
                self.failure.channel_name = text(&value["channel"]["name"]);
            }
            _ => {}
        }
    }

    fn response(&mut self) {
        self.answered.get_or_insert_with(Instant::now);
    }
}

pub(crate) async fn run(
    follow: CallArguments,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let id = unique_id();
    // After a reconnect, the application has the call.
    let own = TakeOver::Own {
        channel: id.clone(),
    };
    let events = fields::events(&[]);
    let unknown = |field: &&String| !ENDED.contains(&field.as_str());
    let chosen: Vec<_> = global.fields.iter().filter(unknown).cloned().collect();
    fields::check(&chosen, &events)?;
    let connection = connect::open_as(global, own)?;
    let request = originate_request(&follow, &id, global.release)?;
    let beginning = async {
        let session = connect(&connection, &follow.app).await?;
        let new = CreateContext {
            object: ObjectRef::new("channel", &id),
            application: Some(&follow.app),
            parent: None,
        };
        let made = connection
            .create_and_watch(new, connection.execute(&request))
            .await;
        Ok((session, made))
    };
    let (session, made) = match signals.run_until_signal(beginning).await {
        Ok(begun) => begun,
        Err(error) => {
            if matches!(error.kind, ErrorKind::Interrupted(_)) {
                let hanging_up = hang_up_when_created(&connection, &id);
                signals.run_cleanup(hanging_up).await;
            }
            return Err(error);
        }
    };
    let output = Output::new(global);
    let mut events = match made {
        Ok((_, events)) => events,
        Err(error) => {
            signals.run_cleanup(end(session, &connection)).await;
            return print_outcome(&CallOutcome::of_error(error)?, None, &output);
        }
    };
    let mut printer = Printer::new(global, false);
    let mut state = CallState::default();
    let result = tokio::select! {
        result = follow_to_end(&mut events, &mut state, &id, &mut printer) => result,
        error = reader::wait_closed() => Err(error),
        signal = signals.next() => Err(CliError::interrupted(signal)),
    };
    if result.is_err() {
        // No other program hangs up this call.
        let ending = async {
            let arguments = [("channelId", id.clone().into())];
            let _ = api_request::execute(&connection, &channels::HANGUP, &arguments).await;
            follow_to_end(&mut events, &mut state, &id, &mut printer).await
        };
        signals.run_cleanup(ending).await;
    }
    signals.run_cleanup(end(session, &connection)).await;
    result?;
    print_outcome(
        &CallOutcome::of_failure(state.failure),
        state.answered,
        &output,
    )
}

/// Hangs up a channel whose request was interrupted, and may still create it.
async fn hang_up_when_created(connection: &CommandConnection, id: &str) {
    for _ in 0..CREATION_POLLS {
        let arguments = [("channelId", id.into())];
        let hung_up = api_request::execute(connection, &channels::HANGUP, &arguments).await;
        if hung_up.is_ok() {
            return;
        }
        sleep(CREATION_POLL_DELAY).await;
    }
}

async fn end(session: EventSource, connection: &CommandConnection) {
    session.end(connection).await;
    connection.close(Duration::from_secs(1)).await;
}

fn originate_request(
    follow: &CallArguments,
    id: &str,
    release: Option<Release>,
) -> Result<Request, CliError> {
    let mut given = vec![
        ("endpoint", Value::from(follow.endpoint.as_str())),
        ("app", follow.app.as_str().into()),
        ("channelId", id.into()),
    ];
    if !follow.app_args.is_empty() {
        given.push(("appArgs", follow.app_args.clone().into()));
    }
    if let Some(caller) = &follow.caller_id {
        given.push(("callerId", caller.as_str().into()));
    }
    if let Some(timeout) = follow.timeout {
        given.push(("timeout", timeout.into()));
    }
    if !follow.variables.is_empty() {
        let mut variables = Map::new();
        for variable in &follow.variables {
            let (name, value) = variable.split_once('=').ok_or_else(|| {
                CliError::usage(format!(
                    "invalid value {variable:?} for --variables: expected NAME=VALUE, such as \
                     LANGUAGE=en"
                ))
            })?;
            variables.insert(name.to_owned(), value.into());
        }
        given.push(("variables", variables.into()));
    }
    arguments::request_from_values(&channels::ORIGINATE, given, release)
}

/// The source of the call's events.
enum EventSource {
    Own { _events: EventStream<CommandEvent> },
    TempApp(TempApp),
}

impl EventSource {
    async fn end(self, connection: &CommandConnection) {
        if let EventSource::TempApp(listening) = self {
            listening.close(connection).await;
        }
    }
}

/// Connects as the application, or as a temporary one if another client is connected as it.
async fn connect(connection: &CommandConnection, app: &str) -> Result<EventSource, CliError> {
    match registration::find_in_use(connection, app).await? {
        Some(_) => Ok(EventSource::TempApp(
            temp_app::subscribe_all(connection).await?,
        )),
        None => {
            let request = ApplicationSocketRequest::new(&[app.to_owned()], false);
            let _events = connection.connect(&request).await?;
            Ok(EventSource::Own { _events })
        }
    }
}

async fn follow_to_end(
    events: &mut ObjectStream<CommandEvent>,
    state: &mut CallState,
    id: &str,
    printer: &mut Printer,
) -> Result<(), CliError> {
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => {
                state.apply_event(&event, id);
                printer.print(&event)?;
            }
            Err(Error::Decode(error)) => unparsed(&error.subject, &error.raw, &error.source)?,
            Err(error @ Error::Lagged { .. }) => {
                state.failure.has_missed = true;
                print_error(error.to_string());
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Prints the end of the call. `outcome` applies unless the call was answered.
fn print_outcome(
    outcome: &CallOutcome,
    answered: Option<Instant>,
    output: &Output,
) -> Result<(), CliError> {
    let known = outcome.failure().cloned().unwrap_or_default();
    let seconds = answered.map(|answered| answered.elapsed().as_secs_f64());
    if output.json {
        let name = seconds.map_or(outcome.name(), |_| "answered");
        let reason = known.to_string();
        output.print_line(&json!({
            "type": "CallEnded",
            "outcome": name,
            "reason": reason,
            "answered": seconds.is_some(),
            "seconds": seconds,
            "cause": known.cause,
            "cause_txt": known.cause_text,
            "dialstatus": known.dial_status,
        }))?;
    }
    match seconds {
        Some(seconds) => {
            if !output.json {
                let (text, cause) = (&known.cause_text, known.cause);
                let mut out = stdout();
                writeln!(
                    out,
                    "answered, ended after {seconds:.1} s: {text} ({cause})"
                )?;
            }
            Ok(())
        }
        None => Err(CliError::new(
            ErrorKind::ProblemsFound,
            format!("the call was not answered: {outcome}"),
        )),
    }
}
