//! The reasons why a recording cannot be played.

use std::fmt;

use ari_api::traffic::TrafficFileError;

/// The reason why a recording cannot be played.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReplayError {
    /// The file cannot be read.
    File(TrafficFileError),
    /// The recording contains no request.
    Empty,
    /// The recording is of several servers, and none or an unknown one was chosen.
    Server {
        /// The servers in the recording.
        names: Vec<String>,
    },
    /// The recording has WebSockets that the server opens, and the address of the program is not
    /// set by [`ReplayBuilder::connect_to`](crate::ReplayBuilder::connect_to).
    MissingAddress,
    /// The port cannot be opened.
    Listen(std::io::Error),
}

impl fmt::Display for ReplayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReplayError::File(error) => error.fmt(f),
            ReplayError::Empty => f.write_str("the recording contains no request"),
            ReplayError::Server { names } => write!(
                f,
                "choose one of the servers of the recording: {}",
                names.join(", ")
            ),
            ReplayError::MissingAddress => f.write_str(
                "the recording has WebSockets that Asterisk opens: give the address of the program",
            ),
            ReplayError::Listen(error) => write!(f, "cannot open the port: {error}"),
        }
    }
}

impl std::error::Error for ReplayError {}

impl From<TrafficFileError> for ReplayError {
    fn from(error: TrafficFileError) -> Self {
        ReplayError::File(error)
    }
}
