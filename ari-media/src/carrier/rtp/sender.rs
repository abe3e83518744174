//! The outgoing stream: sequence numbers, timestamps and markers.

use ari_api::client::unique_id;
use bytes::Bytes;

use crate::carrier::rtp::packet::{Packet, encode};
use crate::pcm::{FRAMES_PER_SECOND, Format};

/// The state of an outgoing stream.
#[derive(Clone, Debug)]
pub struct Sender {
    format: Format,
    ssrc: u32,
    sequence: u16,
    timestamp: u32,
    /// True if the next packet begins a stretch of speech.
    begins: bool,
}

/// A format whose packets Asterisk drops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "Asterisk silently drops packets of {0}: send g722, ulaw, alaw or slin, on a channel of any \
     format"
)]
pub struct UnacceptedFormat(pub Format);

impl Sender {
    /// Creates a stream with a random source, sequence number and timestamp.
    ///
    /// # Errors
    /// Returns [`UnacceptedFormat`] if the format has a dynamic payload type.
    pub fn new(format: Format) -> Result<Self, UnacceptedFormat> {
        let bits = u128::from_str_radix(&unique_id(), 16).unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "these are random bits")]
        let (ssrc, sequence, timestamp) = (bits as u32, (bits >> 32) as u16, (bits >> 64) as u32);
        if !format.is_accepted_over_rtp() {
            return Err(UnacceptedFormat(format));
        }
        Ok(Sender {
            format,
            ssrc,
            sequence,
            timestamp,
            begins: true,
        })
    }

    /// Returns the format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Returns the packet with the next frame, which is 20 ms long.
    pub fn next_packet(&mut self, payload: Bytes) -> Bytes {
        let packet = Packet {
            payload_type: self.format.rtp_payload_type(),
            marker: self.begins,
            sequence: self.sequence,
            timestamp: self.timestamp,
            ssrc: self.ssrc,
            payload,
        };
        self.begins = false;
        self.sequence = self.sequence.wrapping_add(1);
        self.timestamp = self.timestamp.wrapping_add(self.timestamp_step());
        encode(&packet)
    }

    /// Returns the duration of a frame in units of the format's clock.
    fn timestamp_step(&self) -> u32 {
        self.format.rtp_clock() / FRAMES_PER_SECOND
    }

    /// Skips frames in which nothing is sent. The next packet has the marker.
    pub fn skip(&mut self, frames: u32) {
        if frames > 0 {
            let step = self.timestamp_step().wrapping_mul(frames);
            self.timestamp = self.timestamp.wrapping_add(step);
            self.begins = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pcm::SampleRate;

    #[test]
    fn numbers_go_on_and_wrap() {
        let mut sender = Sender::new(Format::G722).unwrap();
        (sender.ssrc, sender.sequence, sender.timestamp) = (7, u16::MAX, u32::MAX - 100);
        let mut next = |skip| {
            sender.skip(skip);
            let packet = Packet::parse(&sender.next_packet(Bytes::from_static(&[1; 160]))).unwrap();
            assert_eq!((packet.payload_type, packet.ssrc), (9, 7));
            (packet.marker, packet.sequence, packet.timestamp)
        };
        assert_eq!(next(0), (true, u16::MAX, u32::MAX - 100));
        assert_eq!(next(0), (false, 0, 59));
        assert_eq!(next(2), (true, 1, 59 + 3 * 160));
        assert_eq!(next(0), (false, 2, 59 + 4 * 160));
    }

    #[test]
    fn formats_that_asterisk_drops_are_refused() {
        for format in [Format::Slin(SampleRate::Hz16000), Format::Opus] {
            assert_eq!(Sender::new(format).unwrap_err(), UnacceptedFormat(format));
        }
        assert!(Sender::new(Format::Slin(SampleRate::Hz8000)).is_ok());
    }
}
