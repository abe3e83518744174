//! One packet: its head of 12 bytes, and its payload.

use bytes::{BufMut as _, Bytes, BytesMut};

/// The size of the head without the parts that are optional.
const HEAD_SIZE: usize = 12;

/// The version of RTP, in the two highest bits.
const VERSION: u8 = 2;

/// A packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// The payload type, 0 to 127.
    pub payload_type: u8,
    /// The marker: the first packet after a silence.
    pub marker: bool,
    /// The sequence number, which wraps around.
    pub sequence: u16,
    /// The time of the first sample, in units of the format's clock. It wraps around.
    pub timestamp: u32,
    /// The source, which is random.
    pub ssrc: u32,
    /// The payload without padding.
    pub payload: Bytes,
}

/// Bytes that are not a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PacketError {
    /// The packet is shorter than its head.
    #[error("the packet is shorter than its head")]
    TooShort,
    /// The version is not 2, so the bytes are not RTP.
    #[error("not an RTP packet: the version is {0}, not 2")]
    Version(u8),
    /// The padding is longer than the payload, or empty.
    #[error("the padding is longer than the payload")]
    Padding,
}

impl Packet {
    /// Reads a packet. Padding, an extension and contributing sources are removed.
    ///
    /// # Errors
    /// Returns [`PacketError`] if the bytes are not an RTP packet.
    pub fn parse(bytes: &Bytes) -> Result<Self, PacketError> {
        let head = bytes
            .first_chunk::<HEAD_SIZE>()
            .ok_or(PacketError::TooShort)?;
        let [flags, kind, s1, s0, t3, t2, t1, t0, r3, r2, r1, r0] = *head;
        if flags >> 6 != VERSION {
            return Err(PacketError::Version(flags >> 6));
        }
        let mut begin = HEAD_SIZE + 4 * usize::from(flags & 0x0f);
        if flags & 0x10 != 0 {
            let extension = bytes.get(begin..).and_then(|rest| rest.first_chunk::<4>());
            let [_, _, high, low] = *extension.ok_or(PacketError::TooShort)?;
            begin += 4 + 4 * usize::from(u16::from_be_bytes([high, low]));
        }
        let mut end = bytes.len();
        if begin > end {
            return Err(PacketError::TooShort);
        }
        if flags & 0x20 != 0 {
            let padding = usize::from(bytes[end - 1]);
            if padding == 0 || padding > end - begin {
                return Err(PacketError::Padding);
            }
            end -= padding;
        }
        Ok(Packet {
            payload_type: kind & 0x7f,
            marker: kind & 0x80 != 0,
            sequence: u16::from_be_bytes([s1, s0]),
            timestamp: u32::from_be_bytes([t3, t2, t1, t0]),
            ssrc: u32::from_be_bytes([r3, r2, r1, r0]),
            payload: bytes.slice(begin..end),
        })
    }
}

/// Returns the bytes of a packet.
pub fn encode(packet: &Packet) -> Bytes {
    let mut bytes = BytesMut::with_capacity(HEAD_SIZE + packet.payload.len());
    bytes.put_u8(VERSION << 6);
    bytes.put_u8(u8::from(packet.marker) << 7 | packet.payload_type & 0x7f);
    bytes.put_u16(packet.sequence);
    bytes.put_u32(packet.timestamp);
    bytes.put_u32(packet.ssrc);
    bytes.put_slice(&packet.payload);
    bytes.freeze()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    prop_compose! {
        fn packet()(
            payload_type in 0..128_u8,
            marker in any::<bool>(),
            sequence in any::<u16>(),
            timestamp in any::<u32>(),
            ssrc in any::<u32>(),
            payload in prop::collection::vec(any::<u8>(), 0..400),
        ) -> Packet {
            Packet { payload_type, marker, sequence, timestamp, ssrc, payload: payload.into() }
        }
    }

    proptest! {
        #[test]
        fn packets_survive_encoding(packet in packet()) {
            prop_assert_eq!(Packet::parse(&encode(&packet)), Ok(packet));
        }

        #[test]
        fn optional_parts_are_removed(
            packet in packet(),
            sources in 0..16_u8,
            extension in prop::option::of(0..20_u16),
            padding in 0..40_u8,
        ) {
            let plain = encode(&packet);
            let mut bytes = plain[..HEAD_SIZE].to_vec();
            bytes[0] |= sources;
            bytes.extend(vec![7; 4 * usize::from(sources)]);
            if let Some(words) = extension {
                bytes[0] |= 0x10;
                bytes.extend([0xbe, 0xde]);
                bytes.extend(words.to_be_bytes());
                bytes.extend(vec![7; 4 * usize::from(words)]);
            }
            bytes.extend(&plain[HEAD_SIZE..]);
            if padding > 0 {
                bytes[0] |= 0x20;
                bytes.extend(vec![7; usize::from(padding) - 1]);
                bytes.push(padding);
            }
            prop_assert_eq!(Packet::parse(&bytes.into()), Ok(packet));
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let mut bytes = bytes;
            let _ = Packet::parse(&bytes.clone().into());
            if let Some(first) = bytes.first_mut() {
                *first = 0x80 | *first & 0x3f;
            }
            let _ = Packet::parse(&bytes.into());
        }
    }

    #[test]
    fn other_datagrams_are_refused() {
        for (bytes, expected) in [
            (b"".as_slice(), PacketError::TooShort),
            (
                b"\x80\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00",
                PacketError::TooShort,
            ),
            (b"GET / HTTP/1.1\r\n", PacketError::Version(1)),
            (
                b"\x81\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00",
                PacketError::TooShort,
            ),
            (
                b"\xa0\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00",
                PacketError::Padding,
            ),
            (
                b"\xa0\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x02",
                PacketError::Padding,
            ),
            (
                b"\xa0\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00",
                PacketError::Padding,
            ),
        ] {
            assert_eq!(Packet::parse(&Bytes::from_static(bytes)), Err(expected));
        }
    }
}
