//! The carriers of media between a channel and an external program.

mod audiosocket;
mod command;
mod event;
mod options;
mod rtp;
mod websocket;

use std::fmt;

pub(crate) use audiosocket::{AudioSocketMedia, AudioSocketProgress, AudioSocketReader};
pub(crate) use event::WebSocketEvent;
pub(crate) use options::{MediaDirection, WebSocketOptions};
pub(crate) use rtp::{RtpMedia, RtpPacket};
pub(crate) use websocket::{WebSocketMedia, WebSocketOutcome, WebSocketRequest};

/// The carrier of an external media channel.
pub(crate) enum MediaCarrier {
    Rtp(RtpMedia),
    AudioSocket(AudioSocketMedia),
    WebSocket(Box<WebSocketMedia>),
}

impl fmt::Debug for MediaCarrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MediaCarrier::Rtp(_) => "Rtp",
            MediaCarrier::AudioSocket(_) => "AudioSocket",
            MediaCarrier::WebSocket(_) => "WebSocket",
        })
    }
}

impl MediaCarrier {
    /// Returns the sample rate of the channel.
    pub(crate) fn rate(&self) -> u32 {
        match self {
            MediaCarrier::Rtp(media) => media.format.rate,
            MediaCarrier::AudioSocket(media) => media.format.rate,
            MediaCarrier::WebSocket(media) => media.format.rate,
        }
    }
}
