//! The parser, which accepts bytes in pieces of any size.

use bytes::{Buf as _, BytesMut};

use crate::carrier::audiosocket::message::{HEAD_SIZE, Message, kind, rate_of_kind};
use crate::carrier::audiosocket::uuid::CallId;

/// A parser of one connection. It keeps the received part of an incomplete message, which is at
/// most 64 KiB.
#[derive(Debug, Default)]
pub struct Parser {
    buffer: BytesMut,
}

/// Bytes that are not a message. No other message can be read from the connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// The kind is unknown: the peer does not speak AudioSocket.
    #[error("unknown message kind {kind:#04x}: the peer does not speak AudioSocket")]
    UnknownKind {
        /// The kind.
        kind: u8,
    },
    /// The length does not fit the kind.
    #[error("invalid length of a message: kind {kind:#04x} with {length} bytes")]
    WrongLength {
        /// The kind.
        kind: u8,
        /// The length in bytes.
        length: u16,
    },
    /// The byte is not a key of a telephone.
    #[error("invalid key {byte:#04x}")]
    InvalidKey {
        /// The byte.
        byte: u8,
    },
}

impl Parser {
    /// Creates a parser.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the buffer, to which the caller adds the bytes that have arrived.
    pub fn buffer(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// Returns true if a message has begun and is incomplete.
    pub fn is_within_message(&self) -> bool {
        !self.buffer.is_empty()
    }

    /// Takes the next message from the buffer. `None` if it is incomplete.
    ///
    /// # Errors
    /// Returns [`ParseError`] as soon as the head shows that the bytes are not a message. No other
    /// message can be read after that.
    pub fn next_message(&mut self) -> Result<Option<Message>, ParseError> {
        let Some(kind) = self.buffer.first().copied() else {
            return Ok(None);
        };
        let rate = rate_of_kind(kind);
        if rate.is_none()
            && !matches!(
                kind,
                kind::HANGUP | kind::CALL_ID | kind::DTMF | kind::ERROR
            )
        {
            return Err(ParseError::UnknownKind { kind });
        }
        let Some([_, high, low]) = self.buffer.first_chunk::<HEAD_SIZE>() else {
            return Ok(None);
        };
        let length = u16::from_be_bytes([*high, *low]);
        let fits = match kind {
            kind::CALL_ID => length == 16,
            kind::DTMF => length == 1,
            kind::HANGUP | kind::ERROR => true,
            _ => length > 0 && length % 2 == 0,
        };
        if !fits {
            return Err(ParseError::WrongLength { kind, length });
        }
        let size = HEAD_SIZE + usize::from(length);
        if self.buffer.len() < size {
            self.buffer.reserve(size - self.buffer.len());
            return Ok(None);
        }
        let mut payload = self.buffer.split_to(size);
        payload.advance(HEAD_SIZE);
        Ok(Some(match kind {
            kind::HANGUP => Message::Hangup,
            kind::CALL_ID => {
                let bytes = payload.first_chunk().copied().unwrap_or_default();
                Message::CallId(CallId::from_bytes(bytes))
            }
            kind::DTMF => match payload[0] {
                key @ (b'0'..=b'9' | b'*' | b'#' | b'A'..=b'D' | b'a'..=b'd') => {
                    Message::Dtmf(char::from(key).to_ascii_uppercase())
                }
                byte => return Err(ParseError::InvalidKey { byte }),
            },
            kind::ERROR => Message::Error(payload.first().copied()),
            _ => match rate {
                Some(rate) => Message::Audio {
                    rate,
                    payload: payload.freeze(),
                },
                None => return Err(ParseError::UnknownKind { kind }),
            },
        }))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use proptest::prelude::*;

    use super::*;
    use crate::carrier::audiosocket::{encode_audio, encode_hangup};
    use crate::pcm::SampleRate;

    /// A message of any kind with its encoding.
    fn message() -> impl Strategy<Value = (Message, Vec<u8>)> {
        let with_head = |kind: u8, payload: &[u8]| {
            let mut bytes = vec![kind];
            bytes.extend(u16::try_from(payload.len()).unwrap().to_be_bytes());
            bytes.extend(payload);
            bytes
        };
        let rate = prop::sample::select(SampleRate::ALL.to_vec());
        let samples = prop::collection::vec(any::<i16>(), 1..2000);
        prop_oneof![
            Just((Message::Hangup, encode_hangup().to_vec())),
            any::<[u8; 16]>().prop_map(move |id| {
                (Message::CallId(CallId::from_bytes(id)), with_head(1, &id))
            }),
            prop::sample::select(b"0123456789*#ABCD".to_vec())
                .prop_map(move |key| (Message::Dtmf(char::from(key)), with_head(3, &[key]))),
            any::<u8>()
                .prop_map(move |code| (Message::Error(Some(code)), with_head(0xff, &[code]))),
            (rate, samples).prop_map(|(rate, samples): (SampleRate, Vec<i16>)| {
                let payload: Vec<u8> = samples.iter().flat_map(|it| it.to_le_bytes()).collect();
                let bytes = encode_audio(rate, &payload).unwrap();
                let payload = Bytes::from(payload);
                (Message::Audio { rate, payload }, bytes.to_vec())
            }),
        ]
    }

    fn parse_in_pieces(
        bytes: &[u8],
        sizes: &[usize],
    ) -> (Vec<Message>, Option<ParseError>, Parser) {
        let (mut parser, mut found, mut rest) = (Parser::new(), Vec::new(), bytes);
        let mut sizes = sizes.iter().copied().cycle();
        while !rest.is_empty() {
            let size = sizes.next().unwrap_or(1).clamp(1, rest.len());
            let (piece, after) = rest.split_at(size);
            parser.buffer().extend_from_slice(piece);
            rest = after;
            loop {
                match parser.next_message() {
                    Ok(Some(message)) => found.push(message),
                    Ok(None) => break,
                    Err(error) => return (found, Some(error), parser),
                }
            }
        }
        (found, None, parser)
    }

    proptest! {
        #[test]
        fn messages_survive_any_split(
            messages in prop::collection::vec(message(), 1..8),
            sizes in prop::collection::vec(1..1500_usize, 1..8),
        ) {
            let (expected, bytes): (Vec<_>, Vec<_>) = messages.into_iter().unzip();
            let (found, error, parser) = parse_in_pieces(&bytes.concat(), &sizes);
            prop_assert_eq!(found, expected);
            prop_assert_eq!(error, None);
            prop_assert!(!parser.is_within_message());
        }

        #[test]
        fn any_bytes_are_bounded_and_split_the_same(
            bytes in prop::collection::vec(any::<u8>(), 0..3000),
            sizes in prop::collection::vec(1..1500_usize, 1..8),
        ) {
            let (whole, error, _) = parse_in_pieces(&bytes, &[bytes.len().max(1)]);
            let (pieces, other, mut parser) = parse_in_pieces(&bytes, &sizes);
            prop_assert_eq!(whole, pieces);
            prop_assert_eq!(error, other);
            prop_assert!(parser.buffer().capacity() <= 70 * 1024);
        }
    }

    #[test]
    fn wrong_heads_are_refused_at_once() {
        for (bytes, text) in [
            (b"\x02".as_slice(), "0x02"),
            (b"GET / HTTP/1.1", "0x47"),
            (b"\x01\x00\x0f", "kind 0x01 with 15 bytes"),
            (b"\x03\x00\x02", "kind 0x03 with 2 bytes"),
            (b"\x12\x00\x00", "kind 0x12 with 0 bytes"),
            (b"\x12\x00\x03", "kind 0x12 with 3 bytes"),
            (b"\x03\x00\x01!", "invalid key 0x21"),
        ] {
            let (_, error, _) = parse_in_pieces(bytes, &[1]);
            let error = error.unwrap().to_string();
            assert!(error.contains(text), "{error}");
        }
    }
}
