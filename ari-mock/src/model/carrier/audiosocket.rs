//! Media over AudioSocket: messages of a kind, a length and a payload.

use ari_pcm::ByteOrder;
use tokio::sync::mpsc;

use crate::model::audio::{Audio, AudioDecoder, AudioEncoder, AudioFormat};

/// The bytes of the kind and the length.
const HEAD_LENGTH: usize = 3;

const HANGUP: u8 = 0x00;
const UUID: u8 = 0x01;
const KEY: u8 = 0x03;

/// The formats of the kinds from 0x10 on.
const AUDIO_KINDS: &[&str] = &[
    "slin", "slin12", "slin16", "slin24", "slin32", "slin44", "slin48", "slin96", "slin192",
];
const FIRST_AUDIO_KIND: u8 = 0x10;

/// The AudioSocket side of a channel. The connection ends when it is dropped.
pub(crate) struct AudioSocketMedia {
    pub(crate) format: &'static AudioFormat,
    encoder: Option<AudioEncoder>,
    messages: mpsc::UnboundedSender<Vec<u8>>,
}

fn message(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap_or(u16::MAX);
    let mut message = vec![kind];
    message.extend(length.to_be_bytes());
    message.extend(&payload[..usize::from(length)]);
    message
}

impl AudioSocketMedia {
    /// Sends the UUID, which comes before everything else.
    pub(crate) fn new(
        format: &'static AudioFormat,
        uuid: &str,
        messages: mpsc::UnboundedSender<Vec<u8>>,
    ) -> Self {
        let digits: String = uuid.chars().filter(char::is_ascii_hexdigit).collect();
        let bytes: Vec<u8> = (0..digits.len() / 2)
            .filter_map(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).ok())
            .collect();
        let media = AudioSocketMedia {
            format,
            encoder: AudioEncoder::new(format, ByteOrder::Little),
            messages,
        };
        media.send_message(UUID, &bytes);
        media
    }

    fn send_message(&self, kind: u8, payload: &[u8]) {
        // Fails if the connection has just ended.
        let _ = self.messages.send(message(kind, payload));
    }

    /// Sends audio. Audio in another format than signed linear is sent as if it were signed linear.
    pub(crate) fn send(&mut self, audio: &Audio) {
        let kind = AUDIO_KINDS
            .iter()
            .position(|name| *name == self.format.name);
        let kind = FIRST_AUDIO_KIND + kind.unwrap_or_default() as u8;
        if let Some(encoder) = &mut self.encoder {
            let payload = encoder.encode(audio);
            self.send_message(kind, &payload);
        }
    }

    pub(crate) fn send_key(&self, key: char) {
        let mut text = [0; 4];
        self.send_message(KEY, key.encode_utf8(&mut text).as_bytes());
    }
}

/// The messages of the program, from bytes as they arrive.
#[derive(Debug)]
pub(crate) struct AudioSocketReader {
    bytes: Vec<u8>,
    has_all_rates: bool,
}

/// The state of a connection after some bytes.
#[derive(Debug, PartialEq)]
pub(crate) enum AudioSocketProgress {
    Audio(Audio),
    HangUp,
    /// A message at which the server ends the call, with the reason.
    Refused(String),
    /// The rest of a head is missing.
    IncompleteHead,
    /// The rest of a payload is missing.
    IncompletePayload,
    /// No bytes are left.
    Idle,
}

impl AudioSocketReader {
    pub(crate) fn new(has_all_rates: bool) -> Self {
        AudioSocketReader {
            bytes: Vec::new(),
            has_all_rates,
        }
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    /// Takes the next message.
    pub(crate) fn next(&mut self) -> AudioSocketProgress {
        let &[kind, high, low, ref rest @ ..] = &self.bytes[..] else {
            return match self.bytes.is_empty() {
                true => AudioSocketProgress::Idle,
                false => AudioSocketProgress::IncompleteHead,
            };
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        if kind == HANGUP {
            return AudioSocketProgress::HangUp;
        }
        let number = kind.checked_sub(FIRST_AUDIO_KIND).map(usize::from);
        let name = number.and_then(|number| AUDIO_KINDS.get(number));
        let name = name.filter(|_| self.has_all_rates || kind == FIRST_AUDIO_KIND);
        let Some(format) = name.and_then(|name| AudioFormat::find(name)) else {
            return AudioSocketProgress::Refused(format!("of kind 0x{kind:02x}"));
        };
        if length == 0 {
            return AudioSocketProgress::Refused("without a payload".to_owned());
        }
        let Some(payload) = rest.get(..length) else {
            return AudioSocketProgress::IncompletePayload;
        };
        // Linear samples have no state.
        let decoder = AudioDecoder::new(format, ByteOrder::Little);
        let audio = decoder.map(|mut decoder| decoder.decode(payload));
        self.bytes.drain(..HEAD_LENGTH + length);
        match audio {
            Some(audio) => AudioSocketProgress::Audio(audio),
            None => self.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read() {
        let audio = |rate, samples: &[i16]| {
            AudioSocketProgress::Audio(Audio {
                rate,
                samples: samples.to_vec(),
            })
        };
        let refused = |why: &str| AudioSocketProgress::Refused(why.to_owned());
        for (bytes, all_rates, expected) in [
            (&[][..], true, AudioSocketProgress::Idle),
            (&[0x10, 0], true, AudioSocketProgress::IncompleteHead),
            (
                &[0x10, 0, 2, 1],
                true,
                AudioSocketProgress::IncompletePayload,
            ),
            (&[0x10, 0, 2, 1, 2], false, audio(8_000, &[0x0201])),
            (&[0x12, 0, 3, 1, 2, 3], true, audio(16_000, &[0x0201])),
            (&[0x12, 0, 2, 1, 2], false, refused("of kind 0x12")),
            (&[0x00, 0, 0], true, AudioSocketProgress::HangUp),
            (&[0x03, 0, 1, b'1'], true, refused("of kind 0x03")),
            (&[0x10, 0, 0], true, refused("without a payload")),
        ] {
            let mut reader = AudioSocketReader::new(all_rates);
            reader.push(bytes);
            assert_eq!(reader.next(), expected, "{bytes:?}");
        }
    }

    #[test]
    fn uuid_is_sent_first() {
        let (sender, mut sent) = mpsc::unbounded_channel();
        let format = AudioFormat::find("slin16").unwrap();
        let uuid = "40325ec2-5efd-4bd3-805f-53576e581d13";
        let mut media = AudioSocketMedia::new(format, uuid, sender);
        media.send(&Audio::silence(16_000));
        media.send_key('5');
        let first = sent.try_recv().unwrap();
        assert_eq!(first[..5], [1, 0, 16, 0x40, 0x32]);
        assert_eq!(sent.try_recv().unwrap()[..3], [0x12, 2, 128]);
        assert_eq!(sent.try_recv().unwrap(), [3, 0, 1, b'5']);
    }
}
