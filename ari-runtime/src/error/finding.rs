//! The state of an endpoint or of the recording folder, as the cause of a refusal.

use std::fmt;

/// The state of an endpoint or of the recording folder. The server was asked for it after it had
/// refused to create a channel or a recording without giving a cause.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// The endpoint exists and is offline: no phone is registered, or none responds.
    #[non_exhaustive]
    EndpointOffline {
        /// The endpoint, such as `PJSIP/alice`.
        endpoint: String,
    },
    /// The server has other endpoints of the technology, but not this one.
    #[non_exhaustive]
    EndpointUnknown {
        /// The endpoint, such as `PJSIP/nobody`.
        endpoint: String,
    },
    /// The server has the technology, but lists no endpoint of it. None is configured, or the
    /// technology has none, such as `AudioSocket`, and the far end cannot be reached.
    #[non_exhaustive]
    TechnologyWithoutEndpoints {
        /// The technology, such as `AudioSocket`.
        technology: String,
    },
    /// The server has neither an endpoint of the technology nor its module.
    #[non_exhaustive]
    TechnologyNotLoaded {
        /// The technology, such as `SIP`.
        technology: String,
    },
    /// The endpoint exists and is not offline, so the cause is a different one.
    #[non_exhaustive]
    EndpointExists {
        /// The endpoint, such as `PJSIP/alice`.
        endpoint: String,
        /// Its state: `online` or `unknown`.
        state: String,
    },
    /// The server cannot read the recording folder, usually because it does not exist.
    RecordingFolderMissing,
    /// The server can read the recording folder. It may not write there, the disk is full, or the
    /// name leads out of the folder.
    RecordingFolderExists,
    /// The name of the recording is empty or leads out of the recording folder.
    RecordingNameInvalid,
}

impl Finding {
    /// Returns true if it explains why no channel can be created.
    pub fn is_unreachable(&self) -> bool {
        matches!(
            self,
            Finding::EndpointOffline { .. }
                | Finding::EndpointUnknown { .. }
                | Finding::TechnologyWithoutEndpoints { .. }
                | Finding::TechnologyNotLoaded { .. }
        )
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::EndpointOffline { endpoint } => write!(
                f,
                "the endpoint {endpoint} is offline: no phone is registered there, or it does not \
                 respond"
            ),
            Finding::EndpointUnknown { endpoint } => write!(
                f,
                "the server has no endpoint {endpoint}; `GET /endpoints` lists those that it has"
            ),
            Finding::TechnologyWithoutEndpoints { technology } => write!(
                f,
                "the server lists no endpoint of the technology {technology:?}: none is \
                 configured, or it has none and the far end cannot be reached; Asterisk's log \
                 names the cause"
            ),
            Finding::TechnologyNotLoaded { technology } => write!(
                f,
                "the server has no channel technology {technology:?}: it is mistyped, or its \
                 module is not loaded"
            ),
            Finding::EndpointExists { endpoint, state } => write!(
                f,
                "the endpoint {endpoint} exists and its state is {state}: for the cause read \
                 Asterisk's log"
            ),
            Finding::RecordingFolderMissing => f.write_str(
                "the server cannot read its folder of recordings, `recording` in its spool folder \
                 (/var/spool/asterisk as a rule): Asterisk does not create it; create it so that \
                 Asterisk's user may write there",
            ),
            Finding::RecordingFolderExists => f.write_str(
                "the server's folder of recordings exists: Asterisk's user may not write there, \
                 the disk is full, or the name leads out of the folder (`../`)",
            ),
            Finding::RecordingNameInvalid => f.write_str(
                "the name of the recording is empty or leads out of the server's folder of \
                 recordings (`../`)",
            ),
        }
    }
}
