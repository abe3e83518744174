//! Failures of the command and their exit codes.

use std::io;
use std::sync::Arc;

use ari_api::Error;
use ari_api::config::ConfigError;
use ari_api::error::ConnectionProblem;
use ari_api::schema::{Method, Operation};

/// The text of `ari --help` about exit codes.
pub(crate) const EXIT_CODES: &str = "Exit codes:
  0    success
  1    any other failure
  2    invalid arguments or settings: nothing was sent
  3    Asterisk rejected the request
  4    no effect: the server is unreachable, or a read-only request got no response
  5    the request was sent, but got no response: it may have taken effect
  6    not supported by the server's release, or by that of --release
  7    the call was not answered, `doctor` found a problem (with --strict: or a warning), or a
       check of `ari mock` failed: --strict, --replay, or requests --wait
  8    `ari wait`: the time of --timeout has elapsed
  130  interrupted by Ctrl-C before the task was complete (143: by SIGTERM); commands that run
       until Ctrl-C, such as events, exit with 0";

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
    WaitTimeout,
    Interrupted(u8),
    /// The reader of the output has closed it, which is not an error.
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
            ErrorKind::WaitTimeout => 8,
            ErrorKind::Interrupted(signal) => 128 + signal,
        }
    }
}

/// A failure of the command.
#[derive(Debug)]
pub(crate) struct CliError {
    pub(crate) kind: ErrorKind,
    /// The message. It is empty if the output has said it all, or if `source` has the message.
    pub(crate) text: String,
    /// The error of the library, which `error_message` describes.
    pub(crate) source: Option<Box<Error>>,
    /// A hint for the user in addition to that of the message.
    pub(crate) hint: Option<String>,
}

impl CliError {
    pub(crate) fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        CliError {
            kind,
            text: text.into(),
            source: None,
            hint: None,
        }
    }

    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, text)
    }

    pub(crate) fn other(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Other, text)
    }

    /// Returns the error for a channel, bridge or endpoint that does not exist.
    pub(crate) fn not_found(kind: &str, id: &str) -> Self {
        let why = match kind {
            "channel" => " (it may have hung up)",
            _ => "",
        };
        Self::new(
            ErrorKind::Response,
            format!("{kind} {id:?} does not exist{why}; `ari {kind}s list` lists all {kind}s"),
        )
    }

    pub(crate) fn interrupted(signal: u8) -> Self {
        Self::new(ErrorKind::Interrupted(signal), "")
    }

    /// Appends a hint to the message.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
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
            source: Some(Box::new(error)),
            hint: None,
        }
    }
}

impl From<ConfigError> for CliError {
    /// Describes an error of the settings, in terms of the command's options.
    fn from(error: ConfigError) -> Self {
        let text = match &error {
            ConfigError::NoUser => {
                "no user: set --user or ARI_USER to a user in ari.conf, or add a profile".to_owned()
            }
            ConfigError::NoPassword { user, ignored } => {
                let why = match ignored {
                    true => " (ARI_PASSWORD is only used with ARI_URL and ARI_USER)",
                    false => "",
                };
                format!(
                    "no password for the user {user:?}{why}: set ARI_PASSWORD or --password-file, \
                     or add a profile"
                )
            }
            ConfigError::CredentialsInUrl { origin } => format!(
                "{origin} contains credentials, which would appear in logs and process lists: give \
                 the user by --user or ARI_USER, and the password by ARI_PASSWORD or \
                 --password-file"
            ),
            ConfigError::NoFile {
                profile: Some(_), ..
            }
            | ConfigError::InvalidFile { .. } => {
                format!("{error}; `ari --help` shows an example")
            }
            _ => error.to_string(),
        };
        CliError::usage(text)
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => CliError::new(ErrorKind::OutputClosed, ""),
            _ => CliError::other(format!("cannot write the output: {error}")),
        }
    }
}

/// Returns the reason if the command itself has not reconnected after a loss.
pub(crate) fn reconnect_failure(error: &Error) -> Option<&str> {
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
pub(crate) fn is_read_only(operation: &Operation) -> bool {
    operation.method == Method::Get && operation.websocket_protocol.is_none()
}
