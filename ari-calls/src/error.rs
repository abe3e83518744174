//! The ends of calls, and errors.

use std::fmt;

use ari_api::Error;

/// The way in which a call ended for this program. Its channel no longer exists, or has left the
/// application.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallEnd {
    /// The channel has hung up.
    #[non_exhaustive]
    HungUp {
        /// The cause, as Q.850 numbers them: 16 is a normal hangup. `None` if no event has reported
        /// it, as when the channel ended while the WebSocket was lost.
        cause: Option<i64>,
        /// Asterisk's text for the cause. Empty if it gave none: only applications that are
        /// subscribed to the channel, besides being entered by it, receive it.
        cause_text: String,
    },
    /// The channel lives on, and is no longer in the application: it was sent to the dialplan or to
    /// another application, or was transferred.
    LeftApplication,
    /// The phone of this call has transferred the other side (REFER), and Asterisk has put another
    /// channel in its place: in its bridge and in the application, which receives a `StasisStart`
    /// with `replace_channel`. [`Call::replacement`](crate::Call::replacement) returns the call of
    /// that channel. The phone hangs up, as a rule at once.
    #[non_exhaustive]
    Replaced {
        /// Id of the other channel: that of the transfer's target, or of the link to it.
        channel_id: String,
    },
}

impl fmt::Display for CallEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallEnd::HungUp {
                cause: Some(cause),
                cause_text,
            } if cause_text.is_empty() => write!(f, "hung up (cause {cause})"),
            CallEnd::HungUp {
                cause: Some(cause),
                cause_text,
            } => write!(f, "hung up (cause {cause}, {cause_text})"),
            CallEnd::HungUp { cause: None, .. } => f.write_str("hung up (no cause reported)"),
            CallEnd::LeftApplication => f.write_str("left the application"),
            CallEnd::Replaced { channel_id } => {
                write!(f, "been replaced by channel {channel_id} in a transfer")
            }
        }
    }
}

/// The reason why a step of a call has no outcome.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The call has ended for this program. Most programs pass this on with `?`.
    #[error("the call has {0}")]
    Ended(CallEnd),
    /// A request failed, or the connection to the server is lost for good. The caller may still be
    /// there.
    #[error(transparent)]
    Request(#[from] Error),
    /// Asterisk could not record.
    #[error(
        "the recording `{name}` failed: {cause}; Asterisk's log names the file and the reason \
         (a missing folder, a full disk)"
    )]
    RecordingFailed {
        /// Name of the recording.
        name: String,
        /// Asterisk's reason; empty if it gives none.
        cause: String,
    },
    /// A WAV file of the program was not played: it cannot be read, or no audio session could be
    /// opened.
    #[cfg(feature = "media")]
    #[cfg_attr(docsrs, doc(cfg(feature = "media")))]
    #[error(transparent)]
    Media(#[from] ari_media::Error),
    /// Another [`Call`](crate::Call) of the same channel is in a step that connects the channel, and
    /// that goes on. Nothing was sent for the channel.
    #[error("channel `{channel_id}` is in a step of another call of this program")]
    InUse {
        /// Id of the channel.
        channel_id: String,
    },
    /// The settings of a step contradict each other, or Asterisk does not take them. Nothing was
    /// sent.
    #[error("{0}")]
    InvalidSettings(String),
}

impl CallError {
    /// Returns the end of the call, if that is the reason.
    pub fn call_end(&self) -> Option<&CallEnd> {
        match self {
            CallError::Ended(end) => Some(end),
            _ => None,
        }
    }
}
