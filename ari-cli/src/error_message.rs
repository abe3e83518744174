//! Error messages: one line with the cause and a hint.

use std::error::Error as StdError;

use ari_api::error::{ConnectionError, ConnectionProblem, ErrorResponse};
use ari_api::schema::Operation;
use ari_api::{Error, OPERATIONS};

use crate::api_request;
use crate::connection_options;
use crate::error::{CliError, is_read_only, reconnect_failure};
use crate::global_options::GlobalOptions;
use crate::names::kebab;

/// Returns the message of a failure, for the options of the command.
pub(crate) fn describe(error: &CliError, global: &GlobalOptions) -> String {
    let text = match &error.source {
        Some(error) => message(error, global),
        None => error.text.clone(),
    };
    match &error.hint {
        Some(hint) if text.is_empty() => hint.clone(),
        Some(hint) => format!("{text}; {hint}"),
        None => text,
    }
}

/// An error in one sentence: where, what, why, and the next step.
fn message(error: &Error, global: &GlobalOptions) -> String {
    let (text, step) = match error {
        Error::NotSent { operation, .. } => {
            not_sent_message(error, operation, "not sent to", global)
        }
        Error::OutcomeUnknown { operation, .. }
            if is_read_only(operation) || operation.websocket_protocol.is_some() =>
        {
            not_sent_message(error, operation, "no answer from", global)
        }
        Error::OutcomeUnknown { operation, .. } => {
            let (text, step) = not_sent_message(error, operation, "sent to", global);
            match ConnectionProblem::of(error) {
                None | Some(ConnectionProblem::Silent) => (text, OUTCOME_UNKNOWN_HINT.to_owned()),
                Some(ConnectionProblem::Closed) => {
                    (text, format!("{step}; otherwise {OUTCOME_UNKNOWN_HINT}"))
                }
                Some(_) => (text, step),
            }
        }
        Error::Response(refusal) => (response_message(refusal), response_hint(refusal)),
        Error::UnsupportedByRelease { .. } => (
            error.to_string(),
            "`--release N` before `--help` shows what a release has".to_owned(),
        ),
        Error::InvalidArgument { operation, .. } | Error::UnknownParameter { operation, .. } => {
            (error.to_string(), help(operation))
        }
        Error::InvalidConfig(_) => (
            error.to_string(),
            "see --url, --user and --profile".to_owned(),
        ),
        Error::Disconnected { .. } => match reconnect_failure(error) {
            Some(why) => (why.to_owned(), String::new()),
            None => (error.to_string(), DOCTOR_HINT.to_owned()),
        },
        Error::ObjectGone { .. } => (
            format!(
                "{}: while the connection was lost, perhaps",
                error.to_string()
            ),
            "`ari channels list` shows what there is".to_owned(),
        ),
        _ => (error.to_string(), String::new()),
    };
    let text = text.trim_end_matches('.');
    match step.is_empty() {
        true => text.to_owned(),
        false => format!("{text}; {step}"),
    }
}

/// The hint for a request whose outcome is unknown.
const OUTCOME_UNKNOWN_HINT: &str = "it may have happened: look before trying again";

/// The hint for a failure whose exact cause is unknown.
const DOCTOR_HINT: &str = "`ari doctor` looks closer";

/// Describes a request that was not sent, and the hint for it.
fn not_sent_message(
    error: &Error,
    operation: &Operation,
    verb: &str,
    global: &GlobalOptions,
) -> (String, String) {
    // It was found before anything was sent.
    let url = connection_options::address(global).unwrap_or_default();
    let problem = ConnectionProblem::of(error);
    let cause = match (problem, problem.and_then(ConnectionProblem::description)) {
        (Some(ConnectionProblem::Silent), _) => {
            let connecting =
                operation.websocket_protocol.is_some() || matches!(error, Error::NotSent { .. });
            let limit = match connecting {
                true => global.connect_timeout(),
                false => global.request_timeout(),
            };
            format!("nothing came within {} s (--within)", limit.as_secs())
        }
        (_, Some(words)) => words.to_owned(),
        _ => causes(error),
    };
    let step = match (problem, problem.and_then(hint)) {
        (Some(ConnectionProblem::Refused), Some(hint)) => format!("{hint} {DOCTOR_HINT}"),
        (_, Some(hint)) => hint,
        (_, None) => DOCTOR_HINT.to_owned(),
    };
    (format!("{operation}: {verb} {url}: {cause}"), step)
}

fn response_message(refusal: &ErrorResponse) -> String {
    let ErrorResponse {
        operation,
        status,
        message,
        reason,
        ..
    } = refusal;
    let mut text = format!("{operation}: refused with {status}");
    if let Some(message) = message {
        text.push_str(&format!(" {message:?}"));
    }
    if let Some(location) = &refusal.location {
        text.push_str(&format!(" to {location}"));
    }
    if let Some(finding) = &refusal.finding {
        return format!("{text}: {finding}");
    }
    // Of a 400, the message says which of all the possible reasons it is.
    match reason.filter(|reason| !reason.is_empty()) {
        Some(reason) if message.is_none() || *status != 400 => {
            text.push_str(&format!(": {}", reason.replace('`', "")));
        }
        _ => {}
    }
    text
}

/// Returns the hint for an error response.
fn response_hint(refusal: &ErrorResponse) -> String {
    let resource = kebab(refusal.operation.resource);
    let has = |nickname: &str| {
        OPERATIONS
            .iter()
            .any(|known| known.resource == refusal.operation.resource && known.nickname == nickname)
    };
    match refusal.status {
        400 | 422 => help(refusal.operation),
        401 => "give the right ones by --user and ARI_PASSWORD or a profile".to_owned(),
        200..400 | 502 | 504 => DOCTOR_HINT.to_owned(),
        403 if refusal.operation.error_reason(403).is_some() => help(refusal.operation),
        403 => "see read_only, permit and deny of the user in ari.conf".to_owned(),
        404 if refusal.message.is_none() => DOCTOR_HINT.to_owned(),
        // The server lacks the resource, such as a module that is not loaded.
        404 if refusal.operation.nickname == "list" => DOCTOR_HINT.to_owned(),
        404 if has("list") => format!("`ari {resource} list` shows what there is"),
        404 => "check the name; it may be gone already".to_owned(),
        426 => "the path opens a WebSocket: see `ari events` and `ari watch`".to_owned(),
        409 | 412 if has("get") => format!("`ari {resource} get` shows its state"),
        409 | 412 => "look at its state, and try again when that has changed".to_owned(),
        503 => "try again in a moment".to_owned(),
        // The reason of a 500 names the log already.
        500 => String::new(),
        501.. => "see Asterisk's log".to_owned(),
        _ => help(refusal.operation),
    }
}

/// Returns the hint to the `--help` of an operation.
fn help(operation: &Operation) -> String {
    // A path of the user's own has no help.
    if operation.resource == api_request::RESOURCE {
        return String::new();
    }
    format!(
        "`ari {} {} --help` tells what it takes",
        kebab(operation.resource),
        kebab(operation.nickname)
    )
}

/// Returns the hint for a connection problem, in terms of the command's options.
pub(crate) fn hint(problem: ConnectionProblem) -> Option<String> {
    let hint = problem.hint()?;
    Some(hint.replace(
        "`add_root_certificate`",
        "--ca-file, or ca_file in the profile",
    ))
}

/// The causes of a request that did not get through, each said once.
pub(crate) fn causes(error: &Error) -> String {
    let (Error::NotSent { source, .. } | Error::OutcomeUnknown { source, .. }) = error else {
        return String::new();
    };
    let mut next: Option<&(dyn StdError + 'static)> = match source.downcast_ref() {
        Some(error @ ConnectionError { .. }) => Some(error.cause()),
        None => Some(&**source),
    };
    let mut text = String::new();
    while let Some(cause) = next {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&cause_text);
        }
        next = cause.source();
    }
    text
}
