//! Errors of connections: the carrier, the step, and the cause.

use std::fmt;
use std::io;
use std::time::Duration;

use ari_api::error::TransportError;

use crate::carrier::Carrier;
use crate::connection::received::CloseReason;

/// A connection that failed, or could not be opened. The text is one line, and includes the text of
/// the cause.
#[derive(Debug, thiserror::Error)]
#[error("audio over {carrier}: {step}: {cause}")]
#[non_exhaustive]
pub struct ConnectionError {
    /// The carrier.
    pub carrier: Carrier,
    /// The step that failed.
    pub step: Step,
    /// The cause.
    pub cause: Cause,
}

impl ConnectionError {
    pub(crate) fn new(carrier: Carrier, step: Step, cause: impl Into<Cause>) -> Self {
        ConnectionError {
            carrier,
            step,
            cause: cause.into(),
        }
    }
}

/// A step of a connection's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Listening on an address, or taking a port.
    Listen,
    /// Opening the connection to Asterisk.
    Connect,
    /// Waiting until Asterisk connects.
    Accept,
    /// Waiting for the first message, which names the call.
    Start,
    /// Reading.
    Receive,
    /// Writing.
    Send,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::Listen => "listening",
            Step::Connect => "connecting",
            Step::Accept => "waiting for Asterisk to connect",
            Step::Start => "waiting for the first message",
            Step::Receive => "receiving",
            Step::Send => "sending",
        })
    }
}

/// The cause of a failure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// Asterisk cannot be reached, or refuses the connection.
    #[error("{0}")]
    Ari(ari_api::Error),
    /// The system reports an error.
    #[error("{0}")]
    Io(io::Error),
    /// The WebSocket is broken, or a message is longer than its limit.
    #[error("{0}")]
    WebSocket(TransportError),
    /// An expected event did not happen in time.
    #[error("{missing} within {limit:?}")]
    Timeout {
        /// The missing event, such as `no connection`.
        missing: &'static str,
        /// The limit.
        limit: Duration,
    },
    /// The connection was closed before the step was done.
    #[error("the connection was closed {0}")]
    Closed(CloseReason),
    /// The connection ended in the middle of a message, or without a closing handshake.
    #[error("the connection was cut")]
    Cut,
    /// The peer violates the protocol.
    #[error("{0}")]
    Malformed(String),
    /// The peer does not read.
    #[error("{unsent} bytes cannot be sent: Asterisk does not read")]
    Stalled {
        /// The number of bytes that wait.
        unsent: usize,
    },
    /// Asterisk reports no progress of the audio that it has received.
    #[error("Asterisk plays no audio, although some has waited for {waited:?}")]
    NotPlaying {
        /// The time since the last progress.
        waited: Duration,
    },
    /// The audio is not in whole frames, or too long for one message.
    #[error("{length} bytes of audio are not in whole frames of {frame_size} bytes, or too many")]
    InvalidAudio {
        /// The length in bytes.
        length: usize,
        /// The size of a frame in bytes. 0 if any size is a frame.
        frame_size: usize,
    },
    /// The command does not exist in the syntax of this connection.
    #[error("{0} does not exist in plain text")]
    UnknownCommand(&'static str),
    /// Every port of the range is in use.
    #[error("all ports from {first} to {last} are in use: widen the range")]
    NoPort {
        /// The first port of the range.
        first: u16,
        /// The last port of the range.
        last: u16,
    },
}

impl From<ari_api::Error> for Cause {
    fn from(error: ari_api::Error) -> Self {
        Cause::Ari(error)
    }
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        Cause::Io(error)
    }
}
