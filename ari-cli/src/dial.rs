//! `ari dial`, which connects two endpoints, and reports both legs.

use std::time::Duration;

use ari_api::outcome::CallOutcome;
use ari_calls::CallEnd;
use ari_calls::dial::{Dialed, TalkEnd, UnansweredLeg, UnansweredReason};
use clap::Args;
use serde_json::{Value, json};

use crate::error::{CliError, ErrorKind};
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::phone::{Called, Phone, PhoneOptions};
use crate::signals::Signals;
use crate::terminal::print_note;

/// Call two endpoints, and connect them when both have answered.
///
/// The first one is called first, and hears ringing until the second one answers. The command waits
/// until one of them hangs up, and hangs up the other. Ctrl-C hangs up both. Exits with 7 if one of
/// them does not answer.
#[derive(Args, Clone, Debug)]
pub(crate) struct DialArguments {
    /// Endpoint that is called first, such as PJSIP/alice.
    first: String,
    /// Endpoint that is called when the first has answered.
    second: String,
    #[command(flatten)]
    phone: PhoneOptions,
    /// Seconds after which both are hung up; a day by default.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    max_duration: Option<u32>,
}

/// The fields that `--json` prints.
const FIELDS: &[&str] = &["first", "second", "seconds", "ended_by", "cause", "reason"];

pub(crate) async fn run(
    dial: DialArguments,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let output = Output::for_fields(global, FIELDS)?;
    for endpoint in [&dial.first, &dial.second] {
        if !endpoint.contains('/') {
            return Err(CliError::usage(format!(
                "{endpoint:?} is not an endpoint: one is a technology and a name, such as \
                 PJSIP/alice"
            )));
        }
    }
    let phone = Phone::connect(&dial.first, global);
    let phone = signals.run_until_signal(phone).await?;
    let steps = async |phone: &Phone| connect(&dial, phone).await;
    match phone.run(signals, steps).await? {
        Ok(dialed) => report(&dial, &dialed, &output),
        Err(outcome) => {
            let reason = outcome.to_string();
            if output.json {
                output.print(&json!({
                    "first": outcome.name(),
                    "second": null,
                    "seconds": null,
                    "ended_by": null,
                    "cause": null,
                    "reason": reason,
                }))?;
            }
            Err(not_answered(&dial.first, &reason))
        }
    }
}

/// Connects both. The error of the inner result is the outcome of the first one, if it has not
/// answered.
async fn connect(
    dial: &DialArguments,
    phone: &Phone,
) -> Result<Result<Dialed, CallOutcome>, CliError> {
    let mut call = match phone.try_call(&dial.phone).await? {
        Called::Answered(call) => *call,
        Called::NotAnswered(outcome) => return Ok(Err(outcome)),
    };
    print_note(format!("calling {}", dial.second));
    let request = call.dial(&dial.second).timeout(dial.phone.timeout());
    let request = match dial.max_duration {
        Some(limit) => request.max_duration(Duration::from_secs(limit.into())),
        None => request,
    };
    let request = match &dial.phone.caller_id {
        Some(caller_id) => request.caller_id(caller_id),
        None => request,
    };
    let dialed = request.await.map_err(|error| phone.error(error))?;
    Ok(Ok(dialed))
}

/// Prints the outcome of both legs.
fn report(dial: &DialArguments, dialed: &Dialed, output: &Output) -> Result<(), CliError> {
    let line = |second: &str, seconds: Option<f64>, ended_by: Option<&str>, cause, reason: &str| {
        json!({
            "first": "answered",
            "second": second,
            "seconds": seconds,
            "ended_by": ended_by,
            "cause": cause,
            "reason": reason,
        })
    };
    match dialed {
        Dialed::Talked {
            duration, ended_by, ..
        } => {
            let seconds = duration.as_secs_f64();
            let (side, name, end) = match ended_by {
                TalkEnd::Caller(end) => ("first", dial.first.as_str(), Some(end)),
                TalkEnd::Callee(end) => ("second", dial.second.as_str(), Some(end)),
                TalkEnd::MaxDuration => ("limit", "", None),
                _ => ("other", "", None),
            };
            let reason = match end {
                Some(end) => format!("{name} has {end}"),
                None => separation(ended_by),
            };
            if output.json {
                let cause = end.map_or(Value::Null, cause);
                return output.print(&line("answered", Some(seconds), Some(side), cause, &reason));
            }
            print_note(format!("connected for {seconds:.1} s: {reason}"));
            Ok(())
        }
        Dialed::NotAnswered { legs, .. } => {
            let leg = legs.first();
            let reason = leg.map_or(String::new(), |leg| leg.reason.to_string());
            if output.json {
                let second = leg.map_or("failed", outcome);
                output.print(&line(second, None, None, Value::Null, &reason))?;
            }
            Err(not_answered(&dial.second, &reason))
        }
        _ => Err(CliError::other("the outcome of the call is unknown")),
    }
}

/// Returns the reason for an end without a hangup.
fn separation(end: &TalkEnd) -> String {
    match end {
        TalkEnd::MaxDuration => "the longest duration was reached",
        TalkEnd::BridgeDestroyed => "something else has destroyed their bridge",
        TalkEnd::CallerRemoved => "something else has taken the first one out of the bridge",
        TalkEnd::CalleeRemoved => "something else has taken the second one out of the bridge",
        _ => "it has ended",
    }
    .to_owned()
}

fn cause(end: &CallEnd) -> Value {
    match end {
        CallEnd::HungUp { cause, .. } => json!(cause),
        _ => Value::Null,
    }
}

/// Returns the outcome of a leg in a word or two.
fn outcome(leg: &UnansweredLeg) -> &'static str {
    match &leg.reason {
        UnansweredReason::Outcome(outcome) => outcome.name(),
        _ => "failed",
    }
}

fn not_answered(endpoint: &str, reason: &str) -> CliError {
    CliError::new(
        ErrorKind::ProblemsFound,
        format!("{endpoint} did not answer: {reason}"),
    )
}
