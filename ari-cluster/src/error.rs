//! Errors of a cluster.

use std::path::PathBuf;

use crate::bus::BusError;

/// The reason why something in a cluster failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClusterError {
    /// No NATS server could be reached, or none accepts the login.
    #[error("cannot connect to NATS at {servers}: {reason}")]
    Connect {
        /// The addresses, without passwords.
        servers: String,
        /// The cause.
        reason: String,
    },
    /// The credentials file cannot be read.
    #[error("the NATS credentials in {}: {source}", path.display())]
    Credentials {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The file of the certificate authority cannot be read, or has no certificate.
    #[error("the NATS certificate authority in {}: {source}", path.display())]
    CaFile {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A setting is not valid.
    #[error("{0}")]
    InvalidConfig(String),
    /// A message could not be sent, or has no response.
    #[error("{0}")]
    Bus(String),
    /// NATS does not permit this program to use a subject.
    #[error("{0}")]
    NotPermitted(String),
    /// No server fits.
    #[error("no server fits: {0}")]
    NoServer(String),
    /// There is no call with this id: it was not originated, or has ended.
    #[error("there is no call {0:?}: it was not originated, or has ended")]
    NoCall(String),
    /// Another program has the call with this id.
    #[error("another program has the call {0:?}")]
    CallTaken(String),
    /// A request failed.
    #[error("{0}")]
    Request(ari_api::Error),
}

impl ClusterError {
    pub(crate) fn bus(error: BusError) -> Self {
        match error {
            BusError::NotPermitted { .. } => ClusterError::NotPermitted(error.to_string()),
            error => ClusterError::Bus(error.to_string()),
        }
    }
}

impl From<ari_api::Error> for ClusterError {
    fn from(error: ari_api::Error) -> Self {
        ClusterError::Request(error)
    }
}
