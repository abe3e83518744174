//! The formats of audio on the wire.

use ari_pcm::{ByteOrder, Decoder, Encoder, Format, SampleRate};

use super::samples::Audio;

/// A format that a media channel can have.
#[derive(Debug, PartialEq)]
pub(crate) struct AudioFormat {
    pub(crate) name: &'static str,
    /// Samples per second.
    pub(crate) rate: u32,
    /// The format if it can be translated. Frames of the others are counted, but they are silent.
    translated: Option<Format>,
    /// The bytes of 20 milliseconds; 0 if they vary, so that a WebSocket passes messages through.
    pub(crate) frame_size: usize,
    /// The payload type that Asterisk sends, if it has one for this format.
    pub(crate) payload_type: Option<u8>,
}

const fn translated(name: &'static str, format: Format) -> AudioFormat {
    AudioFormat {
        name,
        rate: format.sample_rate().hz(),
        translated: Some(format),
        frame_size: match format.frame_bytes() {
            Some(size) => size,
            None => 0,
        },
        payload_type: Some(format.rtp_payload_type()),
    }
}

const fn linear(name: &'static str, rate: SampleRate) -> AudioFormat {
    translated(name, Format::Slin(rate))
}

const fn untranslated(
    name: &'static str,
    rate: u32,
    frame_size: usize,
    payload_type: Option<u8>,
) -> AudioFormat {
    AudioFormat {
        name,
        rate,
        translated: None,
        frame_size,
        payload_type,
    }
}

const FORMATS: &[AudioFormat] = &[
    translated("ulaw", Format::Ulaw),
    translated("alaw", Format::Alaw),
    translated("g722", Format::G722),
    linear("slin", SampleRate::Hz8000),
    linear("slin8", SampleRate::Hz8000),
    linear("slin12", SampleRate::Hz12000),
    linear("slin16", SampleRate::Hz16000),
    linear("slin24", SampleRate::Hz24000),
    linear("slin32", SampleRate::Hz32000),
    linear("slin44", SampleRate::Hz44100),
    linear("slin48", SampleRate::Hz48000),
    linear("slin96", SampleRate::Hz96000),
    linear("slin192", SampleRate::Hz192000),
    untranslated("gsm", 8_000, 33, Some(3)),
    untranslated("g726", 8_000, 80, Some(111)),
    untranslated("ilbc", 8_000, 38, None),
    untranslated("g729", 8_000, 0, Some(18)),
    untranslated("opus", 48_000, 0, Some(107)),
    untranslated("speex", 8_000, 0, Some(110)),
];

impl AudioFormat {
    pub(crate) fn find(name: &str) -> Option<&'static AudioFormat> {
        FORMATS.iter().find(|format| format.name == name)
    }

    pub(crate) fn is_linear(&self) -> bool {
        matches!(self.translated, Some(Format::Slin(_)))
    }

    /// Returns the rate of timestamps in RTP.
    pub(crate) fn rtp_clock(&self) -> u32 {
        self.translated.map_or(self.rate, Format::rtp_clock)
    }
}

/// The conversion of what a program sends to samples. Some formats keep a state between packets.
#[derive(Debug)]
pub(crate) struct AudioDecoder {
    rate: u32,
    decoder: Decoder,
}

impl AudioDecoder {
    /// Returns `None` if the format cannot be translated.
    pub(crate) fn new(format: &AudioFormat, order: ByteOrder) -> Option<Self> {
        Some(AudioDecoder {
            rate: format.rate,
            decoder: Decoder::new(format.translated?, order)?,
        })
    }

    pub(crate) fn decode(&mut self, bytes: &[u8]) -> Audio {
        let mut samples = Vec::new();
        self.decoder.decode(bytes, &mut samples);
        Audio {
            rate: self.rate,
            samples,
        }
    }
}

/// The conversion of samples to what a program receives. Some formats keep a state between packets.
#[derive(Debug)]
pub(crate) struct AudioEncoder {
    rate: u32,
    encoder: Encoder,
}

impl AudioEncoder {
    /// Returns `None` if the format cannot be translated.
    pub(crate) fn new(format: &AudioFormat, order: ByteOrder) -> Option<Self> {
        Some(AudioEncoder {
            rate: format.rate,
            encoder: Encoder::new(format.translated?, order)?,
        })
    }

    pub(crate) fn encode(&mut self, audio: &Audio) -> Vec<u8> {
        let mut bytes = Vec::new();
        let samples = audio.at_rate(self.rate).samples;
        self.encoder.encode(&samples, &mut bytes);
        bytes
    }
}
