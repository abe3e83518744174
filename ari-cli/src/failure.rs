//! Why the command fails: one sentence with the cause and the next step, and the exit code.

use std::error::Error as _;
use std::io;

use ari_api::{Error, OPERATIONS};

/// What `ari --help` says about exit codes.
pub(crate) const EXIT_CODES: &str = "Exit codes:
  0    success
  1    any other failure
  2    wrong arguments or settings: nothing was sent
  3    Asterisk refused the request
  4    not sent: the server cannot be reached
  5    sent, but the answer did not come: what was asked for may have happened
  6    not available in the server's release, or in that of --release
  7    the call was not answered, or `doctor` has found something
  130  interrupted by Ctrl-C (143: by SIGTERM)";

/// The exit code of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Other,
    Usage,
    Refused,
    NotSent,
    Unknown,
    NotAvailable,
    Found,
    Interrupted(u8),
    /// Nobody reads the output any more, which is no error.
    NoReader,
}

impl Kind {
    pub(crate) fn code(self) -> u8 {
        match self {
            Kind::NoReader => 0,
            Kind::Other => 1,
            Kind::Usage => 2,
            Kind::Refused => 3,
            Kind::NotSent => 4,
            Kind::Unknown => 5,
            Kind::NotAvailable => 6,
            Kind::Found => 7,
            Kind::Interrupted(signal) => 128 + signal,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    /// Empty where the output has said it all.
    pub(crate) text: String,
}

impl Failure {
    pub(crate) fn new(kind: Kind, text: impl Into<String>) -> Self {
        Failure {
            kind,
            text: text.into(),
        }
    }

    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::new(Kind::Usage, text)
    }

    pub(crate) fn other(text: impl Into<String>) -> Self {
        Self::new(Kind::Other, text)
    }

    pub(crate) fn interrupted(signal: u8) -> Self {
        Self::new(Kind::Interrupted(signal), "")
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let (kind, advice) = match &error {
            Error::NotSent { .. } => (
                Kind::NotSent,
                "check the address and that Asterisk runs; `ari doctor` looks closer".to_owned(),
            ),
            Error::OutcomeUnknown { .. } => (
                Kind::Unknown,
                "it may have happened: look before trying again".to_owned(),
            ),
            Error::Refused(refusal) => (
                Kind::Refused,
                refused(refusal.status, refusal.operation.resource),
            ),
            Error::NotAvailable { .. } => (
                Kind::NotAvailable,
                "`--release N` before `--help` shows what a release has".to_owned(),
            ),
            Error::InvalidArgument { .. } | Error::UnknownParameter { .. } => {
                (Kind::Usage, "`--help` tells what it takes".to_owned())
            }
            Error::Configuration(_) => (Kind::Usage, "see --url, --user and --profile".to_owned()),
            Error::Disconnected { .. } => (Kind::Unknown, "`ari doctor` looks closer".to_owned()),
            _ => (Kind::Other, String::new()),
        };
        let mut text = chain(&error);
        if !advice.is_empty() {
            text = format!("{}; {advice}", text.trim_end_matches('.'));
        }
        Failure { kind, text }
    }
}

/// What to do about a refusal.
fn refused(status: u16, resource: &str) -> String {
    let lists = OPERATIONS
        .iter()
        .any(|operation| operation.resource == resource && operation.nickname == "list");
    match status {
        401 => "give the right ones by --user and ARI_PASSWORD or a profile".to_owned(),
        403 => "see read_only, permit and deny of the user in ari.conf".to_owned(),
        404 if lists => format!(
            "`ari {} list` shows what there is",
            crate::tree::kebab(resource)
        ),
        500.. => "see Asterisk's log".to_owned(),
        _ => String::new(),
    }
}

/// An error with its causes, each said once.
pub(crate) fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::new(Kind::NoReader, ""),
            _ => Failure::other(format!("cannot write the output: {error}")),
        }
    }
}
