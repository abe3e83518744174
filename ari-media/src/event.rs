//! The events of a session.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::capture::{Frame, RawFrame};

/// An item of an [`AudioReceiver`](crate::AudioReceiver).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MediaEvent {
    /// A frame of the caller's audio, 20 ms long. Frames follow each other without gaps. Silence
    /// replaces audio that did not arrive.
    Audio(Frame),
    /// A packet as it arrived, in a session for raw audio.
    Packet(RawFrame),
    /// The caller has pressed a key: `0` to `9`, `*`, `#`, `A` to `D`.
    Dtmf(char),
    /// All audio before a mark has been played.
    MarkPlayed(Mark),
    /// Audio before a mark was dropped.
    MarkCleared(Mark),
    /// This much audio was dropped before the next frame, because the program has not read it
    /// within two seconds, or because it arrived in a burst of more than a second.
    Gap(Duration),
    /// Asterisk has played no audio for some seconds, although some waits. The caller may hear
    /// nothing. If that lasts for another 10 seconds, the session ends with
    /// [`CloseReason::ConnectionLost`]. Only a WebSocket reports what is played.
    Stalled,
    /// The session has ended. This is the last item.
    Closed(CloseReason),
}

/// The name of a mark: see [`AudioSender::mark`](crate::AudioSender::mark).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark(Arc<str>);

impl Mark {
    pub(crate) fn new(name: Arc<str>) -> Self {
        Mark(name)
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The reason why a session has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CloseReason {
    /// The program has closed it, or dropped all its handles.
    ClosedByProgram,
    /// The call has ended or left the application.
    CallEnded(ChannelEnd),
    /// Asterisk has ended the media channel, usually because the connection that carries the audio is
    /// lost, or a client has hung it up. The same is true of the snoop channel of a tap. The call
    /// waits in its bridge: see [`Media::reopen`](crate::Media::reopen).
    MediaChannelEnded(ChannelEnd),
    /// The connection that carries the audio is lost. Asterisk then ends the media channel and
    /// accepts no other connection for it. The call waits in its bridge: see
    /// [`Media::reopen`](crate::Media::reopen).
    ConnectionLost(Arc<str>),
    /// The call and the media channel are no longer in one bridge, because another client has taken
    /// one of them out of it, put one into another bridge, or destroyed the bridge. The call
    /// continues.
    LeftBridge {
        /// The id of the bridge that joined them.
        bridge: Arc<str>,
    },
    /// Events of the call no longer arrive, because the application's WebSocket is lost.
    EventsLost(Arc<str>),
}

/// The end of a channel, as its last event reports it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChannelEnd {
    /// The hangup cause by Q.850, such as 16 for a normal hangup. `None` if the channel has only
    /// left the application, or no event has reported its end.
    pub cause: Option<i64>,
    /// Asterisk's text for the cause.
    pub text: Option<Arc<str>>,
}

impl fmt::Display for ChannelEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.cause, &self.text) {
            (Some(cause), Some(text)) => write!(f, "cause {cause}, {text}"),
            (Some(cause), None) => write!(f, "cause {cause}"),
            _ => f.write_str("the channel has left the application, or its end was not reported"),
        }
    }
}

impl CloseReason {
    /// Returns true if only the audio was lost, so that the session can be opened again.
    pub(crate) fn is_loss(&self) -> bool {
        matches!(
            self,
            CloseReason::MediaChannelEnded(_) | CloseReason::ConnectionLost(_)
        )
    }
}

impl fmt::Display for CloseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CloseReason::ClosedByProgram => f.write_str("closed by the program"),
            CloseReason::CallEnded(end) => write!(f, "the call has ended ({end})"),
            CloseReason::MediaChannelEnded(end) => {
                write!(f, "the media channel has ended ({end})")
            }
            CloseReason::ConnectionLost(cause) => {
                write!(f, "the media connection is lost: {cause}")
            }
            CloseReason::LeftBridge { bridge } => write!(
                f,
                "the call and its audio are no longer in one bridge: another client has changed or \
                 destroyed the bridge {bridge}"
            ),
            CloseReason::EventsLost(cause) => write!(f, "events no longer arrive: {cause}"),
        }
    }
}
