//! Conversion between PCM and the bytes on the wire.

use audio_codec_algorithms::{decode_alaw, decode_ulaw, encode_alaw, encode_ulaw};

use crate::{ByteOrder, Format, g722};

/// A converter from bytes on the wire to samples at [`Format::sample_rate`].
///
/// G.722 has a state, so each direction of a call needs a converter of its own.
#[derive(Clone, Debug)]
pub struct Decoder(Decode);

#[derive(Clone, Debug)]
enum Decode {
    Ulaw,
    Alaw,
    G722(Box<g722::Decoder>),
    Slin(ByteOrder),
}

impl Decoder {
    /// Creates a decoder, or returns `None` if the format is not [`Format::is_convertible`]. The
    /// byte order matters for [`Format::Slin`] only.
    pub fn new(format: Format, byte_order: ByteOrder) -> Option<Decoder> {
        Some(Decoder(match format {
            Format::Ulaw => Decode::Ulaw,
            Format::Alaw => Decode::Alaw,
            Format::G722 => Decode::G722(Box::default()),
            Format::Slin(_) => Decode::Slin(byte_order),
            Format::Gsm | Format::G729 | Format::Opus => return None,
        }))
    }

    /// Appends the samples of a packet. An incomplete linear sample at the end is ignored.
    pub fn decode(&mut self, bytes: &[u8], samples: &mut Vec<i16>) {
        match &mut self.0 {
            Decode::Ulaw => samples.extend(bytes.iter().map(|&byte| decode_ulaw(byte))),
            Decode::Alaw => samples.extend(bytes.iter().map(|&byte| decode_alaw(byte))),
            Decode::G722(decoder) => {
                samples.reserve(2 * bytes.len());
                for &byte in bytes {
                    samples.extend(decoder.decode(byte));
                }
            }
            // A loop for each order, because a function pointer would be called for each sample.
            Decode::Slin(order) => {
                let (pairs, _rest) = bytes.as_chunks::<2>();
                match order {
                    ByteOrder::Little => {
                        samples.extend(pairs.iter().map(|&pair| i16::from_le_bytes(pair)));
                    }
                    ByteOrder::Big => {
                        samples.extend(pairs.iter().map(|&pair| i16::from_be_bytes(pair)));
                    }
                }
            }
        }
    }
}

/// A converter from samples at [`Format::sample_rate`] to bytes on the wire.
///
/// G.722 has a state, so each direction of a call needs a converter of its own.
#[derive(Clone, Debug)]
pub struct Encoder(Encode);

#[derive(Clone, Debug)]
enum Encode {
    Ulaw,
    Alaw,
    /// The encoder, and a sample that waits for its neighbour.
    G722(Box<g722::Encoder>, Option<i16>),
    Slin(ByteOrder),
}

impl Encoder {
    /// Creates an encoder, or returns `None` if the format is not [`Format::is_convertible`]. The
    /// byte order matters for [`Format::Slin`] only.
    pub fn new(format: Format, byte_order: ByteOrder) -> Option<Encoder> {
        Some(Encoder(match format {
            Format::Ulaw => Encode::Ulaw,
            Format::Alaw => Encode::Alaw,
            Format::G722 => Encode::G722(Box::default(), None),
            Format::Slin(_) => Encode::Slin(byte_order),
            Format::Gsm | Format::G729 | Format::Opus => return None,
        }))
    }

    /// Appends the bytes of these samples. G.722 has one byte for two samples, so it keeps an odd
    /// one for the next call.
    pub fn encode(&mut self, samples: &[i16], bytes: &mut Vec<u8>) {
        match &mut self.0 {
            Encode::Ulaw => bytes.extend(samples.iter().map(|&sample| encode_ulaw(sample))),
            Encode::Alaw => bytes.extend(samples.iter().map(|&sample| encode_alaw(sample))),
            Encode::G722(encoder, odd) => {
                for &sample in samples {
                    match odd.take() {
                        Some(first) => bytes.push(encoder.encode([first, sample])),
                        None => *odd = Some(sample),
                    }
                }
            }
            Encode::Slin(order) => {
                let start = bytes.len();
                bytes.resize(start + 2 * samples.len(), 0);
                let (pairs, _rest) = bytes[start..].as_chunks_mut::<2>();
                let pairs = pairs.iter_mut().zip(samples);
                match order {
                    ByteOrder::Little => pairs.for_each(|(pair, it)| *pair = it.to_le_bytes()),
                    ByteOrder::Big => pairs.for_each(|(pair, it)| *pair = it.to_be_bytes()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(format: Format, bytes: &[u8]) -> Vec<i16> {
        let mut samples = Vec::new();
        Decoder::new(format, ByteOrder::Big)
            .unwrap()
            .decode(bytes, &mut samples);
        samples
    }

    fn encode(format: Format, samples: &[i16]) -> Vec<u8> {
        let mut bytes = Vec::new();
        Encoder::new(format, ByteOrder::Big)
            .unwrap()
            .encode(samples, &mut bytes);
        bytes
    }

    /// A code by the definition: the magnitudes from `low` on, up to the next code's, become
    /// `level`, in 16 bits.
    struct Code {
        negative: bool,
        low: i32,
        level: i32,
    }

    /// μ-law: sign, three bits of exponent, four of mantissa, all inverted; 14 bits, biased by 33.
    fn ulaw(byte: u8) -> Code {
        let bits = i32::from(!byte);
        let (exponent, mantissa) = (bits >> 4 & 7, bits & 15);
        let low = ((2 * mantissa + 32) << exponent) - 33;
        let level = ((2 * mantissa + 33) << exponent) - 33;
        Code {
            negative: bits & 0x80 != 0,
            low: 4 * low,
            level: 4 * level,
        }
    }

    /// A-law: every second bit inverted; 13 bits, and two linear segments at the bottom.
    fn alaw(byte: u8) -> Code {
        let bits = i32::from(byte ^ 0x55);
        let (exponent, mantissa) = (bits >> 4 & 7, bits & 15);
        let (low, shift) = if exponent == 0 {
            (2 * mantissa, 0)
        } else {
            (2 * mantissa + 32, exponent - 1)
        };
        Code {
            negative: bits & 0x80 == 0,
            low: 8 * (low << shift),
            level: 8 * ((low + 1) << shift),
        }
    }

    #[test]
    fn g711_equals_its_definition_for_every_byte_and_sample() {
        let every_byte: Vec<u8> = (0..=255).collect();
        let every_sample: Vec<i16> = (i16::MIN..=i16::MAX).collect();
        for (format, code, unit) in [
            (Format::Ulaw, ulaw as fn(u8) -> Code, 4),
            (Format::Alaw, alaw as fn(u8) -> Code, 16),
        ] {
            let level = |byte| {
                let Code {
                    negative, level, ..
                } = code(byte);
                (if negative { -level } else { level }) as i16
            };
            let levels: Vec<i16> = every_byte.iter().map(|&byte| level(byte)).collect();
            assert_eq!(decode(format, &every_byte), levels, "{format}");
            let mut lows: Vec<i32> = every_byte.iter().map(|&byte| code(byte).low).collect();
            lows.sort_unstable();
            let encoded = encode(format, &every_sample);
            for (&sample, &byte) in every_sample.iter().zip(&encoded) {
                let got = code(byte);
                assert_eq!(got.negative, sample < 0, "{format} {sample}");
                let magnitude = i32::from(sample).abs();
                let next = lows.partition_point(|&low| low <= got.low);
                let next = lows.get(next).copied().unwrap_or(i32::MAX);
                // Negative samples are rounded to 14 or 13 bits before, by up to one unit.
                let slack = if sample < 0 { unit } else { 0 };
                let inside = got.low - slack <= magnitude && magnitude < next.saturating_add(slack);
                assert!(inside, "{format} {sample}: {} to {next}", got.low);
            }
            // Decoded samples encode to the same byte, except for the two zeros of μ-law.
            for (&byte, &level) in every_byte
                .iter()
                .zip(&levels)
                .filter(|&(_, &level)| level != 0)
            {
                assert_eq!(encode(format, &[level]), [byte], "{format} {level}");
            }
        }
    }

    #[test]
    fn linear_samples_have_the_byte_order_of_the_carrier() {
        let format = Format::Slin(crate::SampleRate::Hz16000);
        for (order, bytes) in [
            (ByteOrder::Little, [0x34, 0x12]),
            (ByteOrder::Big, [0x12, 0x34]),
        ] {
            let (mut wire, mut samples) = (Vec::new(), Vec::new());
            Encoder::new(format, order)
                .unwrap()
                .encode(&[0x1234], &mut wire);
            assert_eq!(wire, bytes);
            wire.push(7);
            Decoder::new(format, order)
                .unwrap()
                .decode(&wire, &mut samples);
            assert_eq!(samples, [0x1234]);
        }
    }

    #[test]
    fn silence_is_silent() {
        for format in Format::ALL
            .into_iter()
            .filter(|format| format.is_convertible())
        {
            let silence = format.silence().unwrap();
            // An adaptive encoder keeps changing its codes for zeros.
            if format != Format::G722 {
                assert!(encode(format, &[0; 640]).ends_with(silence), "{format}");
            }
            let samples = decode(format, &silence.repeat(320));
            assert!(
                samples.iter().all(|&s| s.abs() <= 8),
                "{format}: {samples:?}"
            );
        }
    }
}
