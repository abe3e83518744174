//! The items that a connection receives.

use std::fmt;

use bytes::Bytes;

use crate::carrier::websocket::Event;
use crate::pcm::Format;

/// An item that a connection has received.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Received {
    /// Audio, usually 20 ms. In a bridge of two, it arrives only while the other side sends.
    Audio(AudioPacket),
    /// An event of a WebSocket.
    Event(Event),
    /// A key that the caller has pressed, over AudioSocket. WebSockets have
    /// [`Event::Dtmf`], and RTP has none.
    Dtmf(char),
    /// The end. `next` returns `None` after it.
    Closed(CloseReason),
}

/// A packet of audio as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AudioPacket {
    /// The format. Over AudioSocket and RTP each packet names its own, which can differ from the
    /// requested one.
    pub format: Format,
    /// The bytes. Linear PCM is little-endian, but big-endian over RTP.
    pub payload: Bytes,
    /// The time of the first sample by the sender's clock, in units of [`Format::rtp_clock`]. RTP
    /// only. It wraps around.
    pub timestamp: Option<u32>,
    /// The number of packets that were lost before this one. RTP only.
    pub lost: u16,
    /// True for the first packet, and if the sender has restarted. The timestamp is then unrelated
    /// to earlier ones. RTP only.
    pub is_new_stream: bool,
}

impl AudioPacket {
    pub(super) fn new(format: Format, payload: Bytes) -> Self {
        AudioPacket {
            format,
            payload,
            timestamp: None,
            lost: 0,
            is_new_stream: false,
        }
    }
}

/// The reason why a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CloseReason {
    /// Asterisk closed the TCP connection, or reported the end of the call.
    HungUp,
    /// Asterisk closed the WebSocket: 1000 after a hangup or the end of the channel, 1009 after a
    /// message that was too long, 1011 if the program did not read.
    WebSocket {
        /// The code. `None` if there is none.
        code: Option<u16>,
        /// The text. Usually empty.
        text: String,
    },
}

impl fmt::Display for CloseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CloseReason::HungUp => f.write_str("by Asterisk"),
            CloseReason::WebSocket { code: None, .. } => f.write_str("by Asterisk, without a code"),
            CloseReason::WebSocket {
                code: Some(code),
                text,
            } => {
                write!(f, "by Asterisk, with code {code}")?;
                match code {
                    1000 => f.write_str(", as the channel has ended")?,
                    1009 => f.write_str(", as a message was too long")?,
                    1011 => f.write_str(", as the program did not read")?,
                    _ => {}
                }
                match text.is_empty() {
                    true => Ok(()),
                    false => write!(f, ": {text}"),
                }
            }
        }
    }
}
