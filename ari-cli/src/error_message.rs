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

/// Describes an error of the library in one line: operation, cause and hint.
fn message(error: &Error, global: &GlobalOptions) -> String {
    let (text, step) = match error {
        Error::NotSent { operation, .. } => {
            not_sent_message(error, operation, "not sent to", global)
        }
        Error::OutcomeUnknown { operation, .. }
            if is_read_only(operation) || operation.websocket_protocol.is_some() =>
        {
            not_sent_message(error, operation, "no response from", global)
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
        Error::Response(response) => (response_message(response), response_hint(response)),
        Error::UnsupportedByRelease { .. } => (
            error.to_string(),
            "`--release N` with `--help` shows what a release supports".to_owned(),
        ),
        Error::InvalidArgument { operation, .. } | Error::UnknownParameter { operation, .. } => {
            (error.to_string(), help_hint(operation))
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
            format!("{}, perhaps while the connection was lost", error),
            "`ari channels list` lists the channels".to_owned(),
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
const OUTCOME_UNKNOWN_HINT: &str = "it may have taken effect: check before you try again";

/// The hint for a failure whose exact cause is unknown.
const DOCTOR_HINT: &str = "run `ari doctor` for details";

/// Describes a request that was not sent, and the hint for it.
fn not_sent_message(
    error: &Error,
    operation: &Operation,
    verb: &str,
    global: &GlobalOptions,
) -> (String, String) {
    // The URL was valid when the request was sent.
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
            format!("no response within {} s (--within)", limit.as_secs())
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

fn response_message(response: &ErrorResponse) -> String {
    let ErrorResponse {
        operation,
        status,
        message,
        reason,
        ..
    } = response;
    let mut text = format!("{operation}: refused with {status}");
    if let Some(message) = message {
        text.push_str(&format!(" {message:?}"));
    }
    if let Some(location) = &response.location {
        text.push_str(&format!(" to {location}"));
    }
    if let Some(finding) = &response.finding {
        return format!("{text}: {finding}");
    }
    // The message of a 400 says which of the possible reasons applies.
    match reason.filter(|reason| !reason.is_empty()) {
        Some(reason) if message.is_none() || *status != 400 => {
            text.push_str(&format!(": {}", reason.replace('`', "")));
        }
        _ => {}
    }
    text
}

/// Returns the hint for an error response.
fn response_hint(response: &ErrorResponse) -> String {
    let resource = kebab(response.operation.resource);
    let has = |nickname: &str| {
        OPERATIONS.iter().any(|known| {
            known.resource == response.operation.resource && known.nickname == nickname
        })
    };
    // The reason names the proxy.
    let is_foreign = response.message.is_none() && !response.body.is_empty();
    match response.status {
        401 | 403 if is_foreign => String::new(),
        400 | 422 => help_hint(response.operation),
        401 => "check --user and ARI_PASSWORD, or the profile".to_owned(),
        200..400 | 502 | 504 => DOCTOR_HINT.to_owned(),
        403 if response.operation.error_reason(403).is_some() => help_hint(response.operation),
        403 => "check read_only, permit and deny of the user in ari.conf".to_owned(),
        404 if response.message.is_none() => DOCTOR_HINT.to_owned(),
        // The server lacks the resource, such as a module that is not loaded.
        404 if response.operation.nickname == "list" => DOCTOR_HINT.to_owned(),
        404 if has("list") => format!("`ari {resource} list` shows the existing ones"),
        404 => "check the name; the object may no longer exist".to_owned(),
        426 => "the path opens a WebSocket: see `ari events` and `ari watch`".to_owned(),
        409 | 412 if has("get") => format!("`ari {resource} get` shows its state"),
        409 | 412 => "check its state, and try again when it has changed".to_owned(),
        503 => "try again in a moment".to_owned(),
        // The reason of a 500 already refers to the log.
        500 => String::new(),
        501.. => "see Asterisk's log".to_owned(),
        _ => help_hint(response.operation),
    }
}

/// Returns the hint to the `--help` of an operation.
fn help_hint(operation: &Operation) -> String {
    // A path of the user's own has no help.
    if operation.resource == api_request::RESOURCE {
        return String::new();
    }
    format!(
        "see `ari {} {} --help`",
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

/// Returns the causes of a failed request, without repetitions.
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
