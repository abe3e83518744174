//! Failures of the command: one sentence with the cause and the next step, and the exit code.

use std::error::Error as StdError;
use std::io::{self, Write as _};
use std::sync::Arc;

use ari_api::error::{ConnectionError, ConnectionProblem, ErrorResponse};
use ari_api::schema::{Method, Operation};
use ari_api::{Error, OPERATIONS};

use crate::connection_options::{self, GlobalOptions};
use crate::table::escape_control;
use crate::{command_tree, connect, request};

/// The text of `ari --help` about exit codes.
pub(crate) const EXIT_CODES: &str = "Exit codes:
  0    success
  1    any other failure
  2    wrong arguments or settings: nothing was sent
  3    Asterisk refused the request
  4    nothing was done: the server cannot be reached, or does not answer a mere question
  5    sent, but the answer did not come: what was asked for may have happened
  6    not available in the server's release, or in that of --release
  7    the call was not answered, or `doctor` has found a problem (with --strict: or warns)
  130  interrupted by Ctrl-C (143: by SIGTERM)";

/// The exit code of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    Other,
    Usage,
    Response,
    NotSent,
    OutcomeUnknown,
    UnsupportedByRelease,
    ProblemsFound,
    Interrupted(u8),
    /// Nobody reads the output any more, which is no error.
    OutputClosed,
}

impl ErrorKind {
    pub(crate) fn code(self) -> u8 {
        match self {
            ErrorKind::OutputClosed => 0,
            ErrorKind::Other => 1,
            ErrorKind::Usage => 2,
            ErrorKind::Response => 3,
            ErrorKind::NotSent => 4,
            ErrorKind::OutcomeUnknown => 5,
            ErrorKind::UnsupportedByRelease => 6,
            ErrorKind::ProblemsFound => 7,
            ErrorKind::Interrupted(signal) => 128 + signal,
        }
    }
}

#[derive(Debug)]
pub(crate) struct CliError {
    pub(crate) kind: ErrorKind,
    /// Empty where the output has said it all, and where the error says it.
    text: String,
    error: Option<Box<Error>>,
}

impl CliError {
    pub(crate) fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        CliError {
            kind,
            text: text.into(),
            error: None,
        }
    }

    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, text)
    }

    pub(crate) fn other(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Other, text)
    }

    /// Asterisk has no such object: a channel, a bridge, an endpoint.
    pub(crate) fn not_found(kind: &str, id: &str) -> Self {
        let why = match kind {
            "channel" => "; it may have hung up",
            _ => "",
        };
        Self::new(
            ErrorKind::Response,
            format!("there is no {kind} {id:?}{why}: `ari {kind}s list` shows what there is"),
        )
    }

    pub(crate) fn interrupted(signal: u8) -> Self {
        Self::new(ErrorKind::Interrupted(signal), "")
    }

    /// Returns the message without hints.
    pub(crate) fn plain_message(&self) -> String {
        self.text.clone()
    }

    /// The sentence, for whoever knows what was asked for.
    pub(crate) fn message(&self, global: &GlobalOptions) -> String {
        match &self.error {
            Some(error) => message(error, global),
            None => self.text.clone(),
        }
    }

    /// The same with more behind it.
    pub(crate) fn with_hint(self, global: &GlobalOptions, more: &str) -> Self {
        let text = match self.message(global) {
            words if words.is_empty() => more.to_owned(),
            words => format!("{words}; {more}"),
        };
        CliError::new(self.kind, text)
    }
}

impl From<Error> for CliError {
    fn from(error: Error) -> Self {
        let kind = match &error {
            Error::NotSent { .. } => ErrorKind::NotSent,
            Error::OutcomeUnknown { operation, .. }
                if is_read_only(operation)
                    || ConnectionProblem::of(&error) == Some(ConnectionProblem::Tls) =>
            {
                ErrorKind::NotSent
            }
            Error::Disconnected { .. } if reconnect_failure(&error).is_some() => {
                ErrorKind::Response
            }
            Error::OutcomeUnknown { .. } | Error::Disconnected { .. } => ErrorKind::OutcomeUnknown,
            Error::Response(_) => ErrorKind::Response,
            Error::UnsupportedByRelease { .. } => ErrorKind::UnsupportedByRelease,
            Error::InvalidArgument { .. }
            | Error::UnknownParameter { .. }
            | Error::InvalidConfig(_) => ErrorKind::Usage,
            _ => ErrorKind::Other,
        };
        CliError {
            kind,
            text: String::new(),
            error: Some(Box::new(error)),
        }
    }
}

/// Returns the reason if the command itself has not reconnected after a loss.
fn reconnect_failure(error: &Error) -> Option<&str> {
    let Error::Disconnected {
        source: Some(source),
        ..
    } = error
    else {
        return None;
    };
    match &**source.downcast_ref::<Arc<Error>>()? {
        Error::InvalidConfig(why) => Some(why),
        _ => None,
    }
}

/// Returns `true` if an operation changes nothing, so that it is safe to repeat.
fn is_read_only(operation: &Operation) -> bool {
    operation.method == Method::Get && operation.websocket_protocol.is_none()
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
            chain(error),
            "`--release N` before `--help` shows what a release has".to_owned(),
        ),
        Error::InvalidArgument { operation, .. } | Error::UnknownParameter { operation, .. } => {
            (chain(error), help(operation))
        }
        Error::InvalidConfig(_) => (chain(error), "see --url, --user and --profile".to_owned()),
        Error::Disconnected { .. } => match reconnect_failure(error) {
            Some(why) => (why.to_owned(), String::new()),
            None => (chain(error), DOCTOR_HINT.to_owned()),
        },
        Error::ObjectGone { .. } => (
            format!("{}: while the connection was lost, perhaps", chain(error)),
            "`ari channels list` shows what there is".to_owned(),
        ),
        _ => (chain(error), String::new()),
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
                true => connect::connect_timeout(global),
                false => connect::request_timeout(global),
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
    let resource = command_tree::kebab(refusal.operation.resource);
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
    if operation.resource == request::RESOURCE {
        return String::new();
    }
    format!(
        "`ari {} {} --help` tells what it takes",
        command_tree::kebab(operation.resource),
        command_tree::kebab(operation.nickname)
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

/// An error in one line.
pub(crate) fn chain(error: &Error) -> String {
    error.to_string()
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

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => CliError::new(ErrorKind::OutputClosed, ""),
            _ => CliError::other(format!("cannot write the output: {error}")),
        }
    }
}

/// Writes a line to the standard error, without what would steer the terminal.
pub(crate) fn print_note(text: impl AsRef<str>) {
    let _ = writeln!(io::stderr().lock(), "{}", escape_control(text.as_ref()));
}

/// Says something on the standard error, where perhaps nobody listens any more.
pub(crate) fn print_error(text: impl AsRef<str>) {
    let text = escape_control(text.as_ref());
    let _ = writeln!(io::stderr().lock(), "ari: {text}");
}
