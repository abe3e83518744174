//! Media over RTP, without buffers. Packets are sent when the channel receives audio, and a packet
//! that arrives is played at once.

use ari_pcm::ByteOrder;
use tokio::sync::mpsc;

use crate::model::audio::{Audio, AudioDecoder, AudioEncoder, AudioFormat};

/// The bytes of a head without extensions.
const HEAD_LENGTH: usize = 12;

/// The RTP side of a channel.
pub(crate) struct RtpMedia {
    pub(crate) format: &'static AudioFormat,
    encoder: Option<AudioEncoder>,
    /// The decoder of the packets that arrive, with their payload type.
    decoder: Option<(u8, AudioDecoder)>,
    packets: mpsc::UnboundedSender<Vec<u8>>,
    source: u32,
    sequence: u16,
    timestamp: u32,
    has_sent: bool,
}

/// A packet that has arrived.
#[derive(Debug, PartialEq)]
pub(crate) enum RtpPacket {
    Audio(Audio),
    /// A payload type that Asterisk accepts, but that the fake cannot translate.
    Untranslated,
    /// A payload type that Asterisk drops silently.
    Dropped(u8),
    Malformed,
}

impl RtpMedia {
    /// `source` identifies the sender in all of its packets.
    pub(crate) fn new(
        format: &'static AudioFormat,
        source: u32,
        packets: mpsc::UnboundedSender<Vec<u8>>,
    ) -> Self {
        RtpMedia {
            format,
            encoder: AudioEncoder::new(format, ByteOrder::Big),
            decoder: None,
            packets,
            source,
            sequence: 0,
            timestamp: 0,
            has_sent: false,
        }
    }

    /// Sends a packet. Nothing is sent if the format has no payload type or cannot be translated.
    pub(crate) fn send(&mut self, audio: &Audio) {
        let (Some(kind), Some(encoder)) = (self.format.payload_type, &mut self.encoder) else {
            return;
        };
        let payload = encoder.encode(audio);
        self.sequence = self.sequence.wrapping_add(1);
        // The first packet has the marker.
        let marker = if self.has_sent { 0 } else { 0x80 };
        self.has_sent = true;
        let mut packet = vec![0x80, marker | kind];
        packet.extend(self.sequence.to_be_bytes());
        packet.extend(self.timestamp.to_be_bytes());
        packet.extend(self.source.to_be_bytes());
        packet.extend(payload);
        let samples = audio.samples.len() as u64 * u64::from(self.format.rtp_clock());
        let step = samples / u64::from(audio.rate.max(1));
        self.timestamp = self.timestamp.wrapping_add(step as u32);
        // The socket ends with the server.
        let _ = self.packets.send(packet);
    }

    /// Reads a packet. The payload type need not be the one of the channel's format.
    pub(crate) fn read(&mut self, packet: &[u8]) -> RtpPacket {
        let &[first, second, ..] = packet else {
            return RtpPacket::Malformed;
        };
        let head = HEAD_LENGTH + usize::from(first & 0x0f) * 4;
        let payload = packet.get(head..).filter(|payload| !payload.is_empty());
        let (2, Some(payload)) = (first >> 6, payload) else {
            return RtpPacket::Malformed;
        };
        let payload_type = second & 0x7f;
        let name = match payload_type {
            0 => "ulaw",
            3 => "gsm",
            8 => "alaw",
            9 => "g722",
            10 | 11 => "slin",
            other => return RtpPacket::Dropped(other),
        };
        if self
            .decoder
            .as_ref()
            .is_none_or(|(last, _)| *last != payload_type)
        {
            let format = AudioFormat::find(name);
            let decoder = format.and_then(|format| AudioDecoder::new(format, ByteOrder::Big));
            self.decoder = decoder.map(|decoder| (payload_type, decoder));
        }
        match &mut self.decoder {
            Some((_, decoder)) => RtpPacket::Audio(decoder.decode(payload)),
            None => RtpPacket::Untranslated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_have_the_format_and_the_clock_of_the_channel() {
        let (sender, mut sent) = mpsc::unbounded_channel();
        let format = AudioFormat::find("slin16").unwrap();
        let mut media = RtpMedia::new(format, 0x0102_0304, sender);
        for _ in 0..2 {
            media.send(&Audio {
                rate: 8_000,
                samples: vec![0x0102; 160],
            });
        }
        let (first, second) = (sent.try_recv().unwrap(), sent.try_recv().unwrap());
        assert_eq!(
            first[..14],
            [0x80, 0x80 | 118, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4, 1, 2]
        );
        assert_eq!(second[..8], [0x80, 118, 0, 2, 0, 0, 1, 64]);
        assert_eq!(first.len(), 12 + 640);
    }

    #[test]
    fn only_static_payload_types_are_read() {
        let (sender, _sent) = mpsc::unbounded_channel();
        let mut media = RtpMedia::new(AudioFormat::find("ulaw").unwrap(), 1, sender);
        let mut packet = |kind: u8| {
            let mut packet = vec![0x80, kind];
            packet.extend([0; 10]);
            packet.extend([0x01, 0x02]);
            media.read(&packet)
        };
        let linear = Audio {
            rate: 8_000,
            samples: vec![0x0102],
        };
        assert_eq!(packet(11), RtpPacket::Audio(linear.clone()));
        assert_eq!(packet(0x80 | 10), RtpPacket::Audio(linear));
        assert_eq!(packet(3), RtpPacket::Untranslated);
        assert_eq!(packet(118), RtpPacket::Dropped(118));
        assert_eq!(media.read(&[0x80]), RtpPacket::Malformed);
        assert_eq!(media.read(&[0x40; 20]), RtpPacket::Malformed);
    }
}
