//! The messages, and their encoding.

use bytes::{BufMut as _, Bytes, BytesMut};

use crate::carrier::audiosocket::uuid::CallId;
use crate::pcm::SampleRate;

/// The size of kind and length.
pub(super) const HEAD_SIZE: usize = 3;

/// The kinds of messages without audio.
pub(super) mod kind {
    pub(crate) const HANGUP: u8 = 0x00;
    pub(crate) const CALL_ID: u8 = 0x01;
    pub(crate) const DTMF: u8 = 0x03;
    pub(crate) const ERROR: u8 = 0xff;
}

/// The kind of messages with linear PCM at the lowest of [`SampleRate::ALL`]. The others follow.
const FIRST_AUDIO: u8 = 0x10;

/// Returns the kind of messages with audio at a sample rate.
const fn kind_of_rate(rate: SampleRate) -> u8 {
    FIRST_AUDIO + rate as u8
}

/// Returns the sample rate of a kind of messages. `None` if they carry no audio.
pub(super) fn rate_of_kind(kind: u8) -> Option<SampleRate> {
    SampleRate::ALL
        .into_iter()
        .find(|rate| kind_of_rate(*rate) == kind)
}

/// A message from Asterisk.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Message {
    /// The end of the call. Asterisk usually closes the connection instead.
    Hangup,
    /// The id of the call: the first message of each connection.
    CallId(CallId),
    /// A key that was pressed. Asterisk 20.14, 21.9, 22.4 and later.
    Dtmf(char),
    /// Linear PCM: 16-bit samples, little-endian, one channel.
    ///
    /// A channel whose format is not linear PCM sends its own format here, as if it were linear PCM
    /// at 8 kHz. Name a linear format when you create the channel.
    Audio {
        /// The sample rate.
        rate: SampleRate,
        /// The samples. Never empty, and always whole samples.
        payload: Bytes,
    },
    /// An error, with its code if it has one. Asterisk does not send errors.
    Error(Option<u8>),
}

/// A payload that does not fit a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid size of audio, {length} bytes: send 2 to 65534 bytes of whole samples")]
#[non_exhaustive]
pub struct InvalidPayload {
    /// The length of the payload in bytes.
    pub length: usize,
}

/// Returns a message with audio, which must be written in one piece. Samples are little-endian.
///
/// # Errors
/// Returns [`InvalidPayload`] if the payload is empty, longer than 65,534 bytes, or ends within a
/// sample. Asterisk ends the call if it receives an empty message.
pub fn encode_audio(rate: SampleRate, payload: &[u8]) -> Result<Bytes, InvalidPayload> {
    let length = payload.len();
    match u16::try_from(length) {
        Ok(short) if short > 0 && short % 2 == 0 => {
            let mut message = BytesMut::with_capacity(HEAD_SIZE + length);
            message.put_u8(kind_of_rate(rate));
            message.put_u16(short);
            message.put_slice(payload);
            Ok(message.freeze())
        }
        _ => Err(InvalidPayload { length }),
    }
}

/// Returns the message that hangs up.
pub const fn encode_hangup() -> Bytes {
    Bytes::from_static(&[kind::HANGUP, 0, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_have_the_kinds_of_asterisk() {
        for (kind, hz) in [
            (0x10, 8_000),
            (0x11, 12_000),
            (0x12, 16_000),
            (0x13, 24_000),
            (0x14, 32_000),
            (0x15, 44_100),
            (0x16, 48_000),
            (0x17, 96_000),
            (0x18, 192_000),
        ] {
            let rate = rate_of_kind(kind).unwrap();
            assert_eq!(rate.hz(), hz);
            let message = encode_audio(rate, &[1, 2]).unwrap();
            assert_eq!(*message, [kind, 0, 2, 1, 2]);
        }
        assert_eq!((rate_of_kind(0x0f), rate_of_kind(0x19)), (None, None));
        for length in [0, 3, 65_536] {
            let refused = encode_audio(SampleRate::Hz8000, &vec![0; length]);
            assert_eq!(refused, Err(InvalidPayload { length }));
        }
    }
}
