//! Errors of connections: the server, the cause, and the next step.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use tokio::time::error::Elapsed;

use crate::error::types::{Error, TransportError};

/// A problem on the way to a server and back: the `source` of [`Error::NotSent`] and
/// [`Error::OutcomeUnknown`] of a client over HTTP.
///
/// Its text names the server, the cause and the next step. [`ConnectionError::cause`] is the error
/// below, of the operating system for one; [`StdError::source`] returns `None`, as its text is in
/// this one.
#[derive(Debug)]
pub struct ConnectionError {
    server: String,
    cause: TransportError,
}

impl ConnectionError {
    /// Creates the error of a connection to the server with this URL, which contains no
    /// credentials.
    #[cfg(feature = "client")]
    pub(crate) fn new(server: String, cause: TransportError) -> Self {
        ConnectionError { server, cause }
    }

    /// Returns the URL of the server, without credentials.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Returns the underlying error, such as an [`io::Error`].
    pub fn cause(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.cause
    }

    /// Returns the problem, if it is one of the known ones.
    pub fn problem(&self) -> Option<ConnectionProblem> {
        ConnectionProblem::find(&*self.cause)
    }

    /// Writes the cause and the next step.
    pub(crate) fn fmt_cause(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = self.problem();
        match problem.and_then(ConnectionProblem::description) {
            Some(description) => f.write_str(description)?,
            None => f.write_str(&error_chain(&*self.cause))?,
        }
        match problem.and_then(ConnectionProblem::hint) {
            Some(hint) => write!(f, ": {hint}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for ConnectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.server)?;
        self.fmt_cause(f)
    }
}

impl StdError for ConnectionError {}

/// A response that is not HTTP.
#[derive(Debug)]
pub(crate) struct NotHttp {
    /// Its first bytes.
    pub(crate) begin: Vec<u8>,
}

impl fmt::Display for NotHttp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let begin = self.begin.escape_ascii();
        write!(
            f,
            "the server does not speak HTTP: it begins with \"{begin}\""
        )
    }
}

impl StdError for NotHttp {}

/// The end of a connection on which no byte of a response has arrived.
#[derive(Debug)]
pub(crate) struct ClosedWithoutResponse;

impl fmt::Display for ClosedWithoutResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the server closed the connection without a response")
    }
}

impl StdError for ClosedWithoutResponse {}

/// A known reason why a connection does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConnectionProblem {
    /// https to a port without TLS.
    NoTls,
    /// http to a port with TLS.
    Tls,
    /// The authority that issued the certificate is not trusted.
    UnknownIssuer,
    /// The certificate is for another name.
    WrongName,
    /// The certificate is not valid at this time.
    WrongTime,
    /// The certificate belongs to an authority, like those that `openssl req -x509` creates, and is
    /// not one of the trusted ones.
    Authority,
    /// Another problem of TLS.
    Encryption,
    /// The connection was refused.
    Refused,
    /// No response arrived in time.
    Silent,
    /// The port is that of the Asterisk Manager Interface (AMI).
    ManagerInterface,
    /// The port is that of a secure shell (SSH).
    SecureShell,
    /// The server closed the connection without a response. Asterisk does so when it receives http
    /// on the port for TLS, and when it has as many connections as the `sessionlimit` of
    /// `http.conf` allows.
    Closed,
}

impl ConnectionProblem {
    /// Returns the problem that an error is about, if it is one of these.
    pub fn of(error: &Error) -> Option<Self> {
        match error {
            Error::NotSent { source, .. } | Error::OutcomeUnknown { source, .. } => {
                Self::find(&**source)
            }
            Error::Disconnected {
                source: Some(source),
                ..
            } => Self::find(&**source),
            _ => None,
        }
    }

    /// Looks for the problem in an error and its causes.
    fn find(error: &(dyn StdError + 'static)) -> Option<Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(found) = Self::of_one(error) {
                return Some(found);
            }
            if let Some(error) = error.downcast_ref::<Error>() {
                return Self::of(error);
            }
            if let Some(error) = error.downcast_ref::<std::sync::Arc<Error>>() {
                return Self::of(error);
            }
            if let Some(error) = error.downcast_ref::<ConnectionError>() {
                return error.problem();
            }
            next = match error.downcast_ref::<io::Error>() {
                // Its `source` is not the error that it contains, but the source of that error.
                Some(holder) if holder.get_ref().is_some() => holder
                    .get_ref()
                    .map(|inner| inner as &(dyn StdError + 'static)),
                _ => error.source(),
            };
        }
        None
    }

    fn of_one(error: &(dyn StdError + 'static)) -> Option<Self> {
        if error.is::<Elapsed>() {
            return Some(ConnectionProblem::Silent);
        }
        #[cfg(feature = "tls")]
        if let Some(error) = error.downcast_ref() {
            return Some(Self::of_tls(error));
        }
        if error.is::<ClosedWithoutResponse>() {
            return Some(ConnectionProblem::Closed);
        }
        if let Some(NotHttp { begin }) = error.downcast_ref() {
            return match begin.as_slice() {
                // The first bytes of an alert or a handshake.
                [0x15 | 0x16, 0x03, ..] => Some(ConnectionProblem::Tls),
                [b'S', b'S', b'H', b'-', ..] => Some(ConnectionProblem::SecureShell),
                begin if begin.starts_with(b"Asterisk Call Manager") => {
                    Some(ConnectionProblem::ManagerInterface)
                }
                _ => None,
            };
        }
        match error.downcast_ref::<io::Error>()?.kind() {
            io::ErrorKind::ConnectionRefused => Some(ConnectionProblem::Refused),
            io::ErrorKind::TimedOut => Some(ConnectionProblem::Silent),
            _ => None,
        }
    }

    #[cfg(feature = "tls")]
    fn of_tls(error: &tokio_rustls::rustls::Error) -> Self {
        use tokio_rustls::rustls::CertificateError;
        use tokio_rustls::rustls::Error;
        use tokio_rustls::rustls::InvalidMessage;
        let Error::InvalidCertificate(problem) = error else {
            return match error {
                Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
                    ConnectionProblem::NoTls
                }
                _ => ConnectionProblem::Encryption,
            };
        };
        match problem {
            // `BadSignature` is reported if an authority has the name of a trusted one.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                ConnectionProblem::UnknownIssuer
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                ConnectionProblem::WrongName
            }
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => ConnectionProblem::WrongTime,
            problem if is_authority(problem) => ConnectionProblem::Authority,
            _ => ConnectionProblem::Encryption,
        }
    }

    /// Returns the problem in words. `None` if the text of the cause describes it.
    pub fn description(self) -> Option<&'static str> {
        Some(match self {
            ConnectionProblem::NoTls => "this port speaks plain HTTP",
            ConnectionProblem::Tls => "this port does not speak plain HTTP, but TLS most likely",
            ConnectionProblem::UnknownIssuer => {
                "the authority that issued the server's certificate is not trusted here"
            }
            ConnectionProblem::WrongName => "the server's certificate is for another name",
            ConnectionProblem::WrongTime => {
                "the server's certificate has expired, or is not valid yet"
            }
            ConnectionProblem::Authority => {
                "the server's certificate is that of an authority (CA:TRUE), and not one of those \
                 that are trusted here"
            }
            ConnectionProblem::Refused => "connection refused",
            ConnectionProblem::ManagerInterface => {
                "this is the port of the Asterisk Manager Interface (AMI), not of HTTP"
            }
            ConnectionProblem::SecureShell => "this is the port of a secure shell (SSH)",
            ConnectionProblem::Closed => "the server closed the connection without a response",
            ConnectionProblem::Encryption | ConnectionProblem::Silent => return None,
        })
    }

    /// Returns the change to make on this side, if there is one.
    pub fn hint(self) -> Option<&'static str> {
        Some(match self {
            ConnectionProblem::NoTls => "use http:// in the address, or the port for TLS",
            ConnectionProblem::Tls => "use https:// in the address",
            ConnectionProblem::UnknownIssuer => {
                "name the authority's certificate by `add_root_certificate`"
            }
            ConnectionProblem::WrongName => {
                "write the name that the certificate is for in the address"
            }
            ConnectionProblem::WrongTime => "renew it, and check the clocks",
            ConnectionProblem::Authority => "name this very certificate by `add_root_certificate`",
            ConnectionProblem::Refused => {
                "is Asterisk running, and http.conf enabled on this port?"
            }
            ConnectionProblem::ManagerInterface | ConnectionProblem::SecureShell => {
                "use the port that `bindport` in http.conf names, 8088 as a rule"
            }
            ConnectionProblem::Closed => {
                "use https:// if this is the port for TLS; or `sessionlimit` of http.conf is reached"
            }
            ConnectionProblem::Encryption | ConnectionProblem::Silent => return None,
        })
    }

    /// Returns the settings to change on the server, and their file.
    pub fn server_settings(self) -> &'static str {
        match self {
            ConnectionProblem::NoTls => {
                "http.conf: `tlsenable = yes` and `tlsbindaddr` say which port has TLS (8089)."
            }
            ConnectionProblem::Tls
            | ConnectionProblem::ManagerInterface
            | ConnectionProblem::SecureShell => {
                "http.conf: `bindport` says which port is without TLS (8088)."
            }
            ConnectionProblem::Closed => {
                "http.conf: `bindport` says which port is without TLS (8088), `sessionlimit` how many \
                 connections there may be (100)."
            }
            ConnectionProblem::UnknownIssuer
            | ConnectionProblem::WrongName
            | ConnectionProblem::WrongTime => {
                "http.conf: `tlscertfile` and `tlsprivatekey`, for the name in the address."
            }
            ConnectionProblem::Authority | ConnectionProblem::Encryption => {
                "http.conf: `tlscertfile` and `tlsprivatekey` for the name in the address, \
                 `tlsbindaddr` for its port."
            }
            ConnectionProblem::Refused => {
                "http.conf: `enabled = yes`, `bindaddr` and `bindport` (8088), or `tlsenable = \
                 yes`\nand `tlsbindaddr` for https; `http show status` on Asterisk's console \
                 shows what counts."
            }
            ConnectionProblem::Silent => {
                "Check the name and port of the address, the network and its firewalls;\nhttp.conf: \
                 `bindaddr`."
            }
        }
    }

    /// Returns true if the problem concerns encryption.
    pub fn is_about_tls(self) -> bool {
        use ConnectionProblem as Problem;
        !matches!(
            self,
            Problem::Refused
                | Problem::Silent
                | Problem::ManagerInterface
                | Problem::SecureShell
                | Problem::Closed
        )
    }
}

/// Returns an error with its causes in one line. Causes that a library already includes in its text
/// are not repeated.
pub(crate) fn error_chain(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let cause = error.to_string();
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
        source = error.source();
    }
    text
}

/// Returns true if a certificate was rejected because it belongs to an authority.
#[cfg(feature = "tls")]
pub(crate) fn is_authority(problem: &tokio_rustls::rustls::CertificateError) -> bool {
    let tokio_rustls::rustls::CertificateError::Other(other) = problem else {
        return false;
    };
    let found = other.0.downcast_ref::<webpki::Error>();
    found == Some(&webpki::Error::CaUsedAsEndEntity)
}
