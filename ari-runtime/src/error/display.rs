//! The texts of errors: one line with the operation, the server, the cause and the next step.

use std::fmt;

use crate::error::connection::{ConnectionError, error_chain};
use crate::error::types::{Error, ErrorResponse};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotSent { operation, source } => match source.downcast_ref() {
                Some(error @ ConnectionError { .. }) => {
                    write!(f, "{operation}: not sent to {error}")
                }
                None => write!(f, "{operation}: not sent: {}", error_chain(&**source)),
            },
            Error::OutcomeUnknown { operation, source } => match source.downcast_ref() {
                Some(error @ ConnectionError { .. }) => {
                    let server = error.server();
                    write!(
                        f,
                        "{operation}: sent to {server}, but the outcome is unknown: "
                    )?;
                    error.fmt_cause(f)
                }
                None => {
                    let causes = error_chain(&**source);
                    write!(f, "{operation}: sent, but the outcome is unknown: {causes}")
                }
            },
            Error::Response(refusal) => refusal.fmt(f),
            Error::Decode(error) => error.fmt(f),
            Error::UnsupportedByRelease {
                operation,
                server,
                instead,
                ..
            } => {
                let needed = operation.availability;
                write!(
                    f,
                    "{operation}: not available: the server is Asterisk {server}, it takes {needed}"
                )?;
                match instead {
                    None => Ok(()),
                    Some(instead) => {
                        write!(f, "; nothing was sent, as it would be taken for {instead}")
                    }
                }
            }
            Error::NotOwner { operation } => write!(
                f,
                "{operation}: another worker has the call: nothing was executed"
            ),
            Error::InvalidArgument {
                operation,
                parameter,
                problem,
            } => write!(
                f,
                "{operation}: the parameter `{parameter}` {problem}; nothing was sent"
            ),
            Error::UnknownParameter {
                operation,
                parameter,
            } => write!(
                f,
                "{operation}: there is no parameter `{parameter}`; nothing was sent"
            ),
            Error::InvalidConfig(problem) => f.write_str(problem),
            Error::Lagged { missed } => write!(
                f,
                "{missed} events were lost: they came faster than they were taken from the stream"
            ),
            Error::ConnectionGap { gap } => write!(
                f,
                "the WebSocket was not connected for {gap:?}: events of that time are lost"
            ),
            Error::ApplicationReplaced { application } => write!(
                f,
                "another client has taken over the application {application:?}: its events go there"
            ),
            Error::ObjectGone { object, reason } => write!(f, "{object}: {reason}"),
            Error::Disconnected { reason, source } => {
                write!(f, "the WebSocket is lost: {reason}")?;
                let cause = source.as_deref().map(|source| error_chain(source));
                match cause.filter(|cause| !reason.contains(cause)) {
                    Some(cause) => write!(f, ": {cause}"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// The same line as `Display`.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Has no source, because the text includes the causes. Reporters that also print the sources of an
/// error therefore print nothing twice. Programs find the causes in the fields `source`.
impl std::error::Error for Error {}

impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: refused with {}", self.operation, self.status)?;
        if let Some(message) = &self.message {
            write!(f, " {message:?}")?;
        }
        if let Some(location) = &self.location {
            write!(f, " to {location}")?;
        }
        if let Some(object) = &self.object {
            write!(f, " for {object}")?;
        }
        if let Some(finding) = &self.finding {
            return write!(f, ": {finding}");
        }
        match self.reason {
            Some(reason) if !reason.is_empty() => write!(f, ": {reason}"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for ErrorResponse {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_prints_the_line_of_display() {
        let error = Error::InvalidConfig("the address is empty".to_owned());
        assert_eq!(format!("{error:?}"), "the address is empty");
    }
}
