//! Reading WAV files.

use super::{WavError, WavSpec};
use crate::{ByteOrder, Decoder, Format, SampleRate};

/// The longest description of the encoding that is read.
const MAX_FORMAT: u32 = 1024;

/// A reader of WAV files with PCM of 8, 16, 24 or 32 bits, floating point, μ-law or A-law.
#[derive(Clone, Debug)]
pub struct WavReader {
    state: State,
    /// Bytes that are no complete item yet.
    pending: Vec<u8>,
    source: Option<(WavSpec, Encoding)>,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// At the beginning of the file.
    Start,
    /// At the beginning of a chunk.
    Chunk,
    /// In the description of the encoding, of this length.
    Format(u32),
    /// In a chunk that is not needed, of which this many bytes follow.
    Skip(u64),
    /// In the samples, of which this many bytes follow.
    Data(u64),
    /// After the samples.
    End,
}

#[derive(Clone, Copy, Debug)]
enum Encoding {
    /// Unsigned, in contrast to all others.
    Pcm8,
    Pcm {
        bytes: usize,
    },
    Float {
        bytes: usize,
    },
    Law(Format),
}

impl Encoding {
    fn bytes(self) -> usize {
        match self {
            Encoding::Pcm8 | Encoding::Law(_) => 1,
            Encoding::Pcm { bytes } | Encoding::Float { bytes } => bytes,
        }
    }
}

impl Default for WavReader {
    fn default() -> WavReader {
        WavReader::new()
    }
}

impl WavReader {
    /// Creates a reader.
    pub fn new() -> WavReader {
        WavReader {
            state: State::Start,
            pending: Vec::new(),
            source: None,
        }
    }

    /// Returns the rate and channels, or `None` before they were read.
    pub fn spec(&self) -> Option<WavSpec> {
        self.source.map(|(spec, _)| spec)
    }

    /// Reads the next bytes of the file, and appends the samples in them. Those of all channels
    /// alternate.
    ///
    /// # Errors
    ///
    /// Returns [`WavError`] if the bytes are not of a WAV file or its encoding is not supported.
    pub fn read(&mut self, bytes: &[u8], samples: &mut Vec<i16>) -> Result<(), WavError> {
        let mut rest = bytes;
        loop {
            match self.state {
                State::Start => {
                    let Some(head) = self.take::<12>(&mut rest) else {
                        return Ok(());
                    };
                    if !head.starts_with(b"RIFF") || !head.ends_with(b"WAVE") {
                        return Err(WavError::NotWav);
                    }
                    self.state = State::Chunk;
                }
                State::Chunk => {
                    let Some([a, b, c, d, length @ ..]) = self.take::<8>(&mut rest) else {
                        return Ok(());
                    };
                    self.begin_chunk(&[a, b, c, d], u32::from_le_bytes(length))?;
                }
                State::Format(length) => {
                    if !self.collect(&mut rest, length as usize) {
                        return Ok(());
                    }
                    let format = std::mem::take(&mut self.pending);
                    self.source = Some(parse_format(&format)?);
                    self.state = State::Skip(u64::from(length % 2));
                }
                State::Skip(length) => {
                    let (_, left) = split_off(&mut rest, length);
                    if left > 0 {
                        self.state = State::Skip(left);
                        return Ok(());
                    }
                    self.state = State::Chunk;
                }
                State::Data(length) => {
                    let (data, left) = split_off(&mut rest, length);
                    self.decode(data, samples);
                    self.state = if left > 0 {
                        State::Data(left)
                    } else {
                        State::End
                    };
                    if left > 0 {
                        return Ok(());
                    }
                }
                State::End => return Ok(()),
            }
        }
    }

    /// Checks that the file, which has ended, had a complete header.
    ///
    /// # Errors
    ///
    /// Returns [`WavError::Truncated`] if it ended before the first sample could follow.
    pub fn finish(&self) -> Result<WavSpec, WavError> {
        match (self.state, self.source) {
            (State::Data(_) | State::End, Some((spec, _))) => Ok(spec),
            _ => Err(WavError::Truncated),
        }
    }

    fn begin_chunk(&mut self, name: &[u8; 4], length: u32) -> Result<(), WavError> {
        self.state = match name {
            b"fmt " if length > MAX_FORMAT => {
                return Err(WavError::Invalid("the format is too long"));
            }
            b"fmt " => State::Format(length),
            b"data" if self.source.is_none() => {
                return Err(WavError::Invalid("samples come before their format"));
            }
            // Programs that do not know the length write these values. The samples end with the
            // file.
            b"data" if length == 0 || length == u32::MAX => State::Data(u64::MAX),
            b"data" => State::Data(u64::from(length)),
            // Chunks have an even length.
            _ => State::Skip(u64::from(length) + u64::from(length % 2)),
        };
        Ok(())
    }

    fn decode(&mut self, mut data: &[u8], samples: &mut Vec<i16>) {
        let Some((_, encoding)) = self.source else {
            return;
        };
        let size = encoding.bytes();
        if !self.pending.is_empty() {
            if !self.collect(&mut data, size) {
                return;
            }
            let sample = std::mem::take(&mut self.pending);
            decode_samples(encoding, &sample, samples);
        }
        let (whole, rest) = data.split_at(data.len() - data.len() % size);
        decode_samples(encoding, whole, samples);
        self.pending.extend_from_slice(rest);
    }

    /// Returns `N` bytes once they have arrived.
    fn take<const N: usize>(&mut self, rest: &mut &[u8]) -> Option<[u8; N]> {
        if !self.collect(rest, N) {
            return None;
        }
        let taken = self.pending.as_slice().try_into().ok();
        self.pending.clear();
        taken
    }

    /// Moves bytes to `pending` until it has `length`, and returns `true` if it has.
    fn collect(&mut self, rest: &mut &[u8], length: usize) -> bool {
        let missing = length.saturating_sub(self.pending.len()).min(rest.len());
        let (taken, after) = rest.split_at(missing);
        self.pending.extend_from_slice(taken);
        *rest = after;
        self.pending.len() >= length
    }
}

/// Splits off up to `length` bytes, and returns them with the number that is still missing.
fn split_off<'a>(rest: &mut &'a [u8], length: u64) -> (&'a [u8], u64) {
    let n = usize::try_from(length)
        .unwrap_or(usize::MAX)
        .min(rest.len());
    let (taken, after) = rest.split_at(n);
    *rest = after;
    // An unknown length stays unknown.
    (
        taken,
        if length == u64::MAX {
            length
        } else {
            length - n as u64
        },
    )
}

fn parse_format(bytes: &[u8]) -> Result<(WavSpec, Encoding), WavError> {
    let field = |at: usize| {
        bytes
            .get(at..at + 2)
            .and_then(|field| field.try_into().ok())
    };
    let [
        Some(format),
        Some(channels),
        Some(low),
        Some(high),
        Some(bits),
    ] = [0, 2, 4, 6, 14].map(|at| field(at).map(u16::from_le_bytes))
    else {
        return Err(WavError::Invalid("the format is too short"));
    };
    let rate = u32::from(high) << 16 | u32::from(low);
    if channels == 0 || rate == 0 {
        return Err(WavError::Invalid("it has no channels or no sample rate"));
    }
    // The identifier of an extensible format begins with the real format.
    let format = match (format, field(24)) {
        (0xfffe, Some(real)) => u16::from_le_bytes(real),
        _ => format,
    };
    let encoding = match (format, bits) {
        (1, 8) => Encoding::Pcm8,
        (1, 16 | 24 | 32) => Encoding::Pcm {
            bytes: usize::from(bits / 8),
        },
        (3, 32 | 64) => Encoding::Float {
            bytes: usize::from(bits / 8),
        },
        (6, 8) => Encoding::Law(Format::Alaw),
        (7, 8) => Encoding::Law(Format::Ulaw),
        _ => return Err(WavError::Unsupported { format, bits }),
    };
    Ok((WavSpec { rate, channels }, encoding))
}

/// Decodes bytes that hold whole samples, and appends the samples.
fn decode_samples(encoding: Encoding, bytes: &[u8], samples: &mut Vec<i16>) {
    let linear = Format::Slin(SampleRate::Hz8000);
    let float = |value: f64| (value * 32768.0).round() as i16;
    match encoding {
        Encoding::Pcm8 => {
            samples.extend(bytes.iter().map(|&byte| (i16::from(byte) - 128) << 8));
        }
        Encoding::Pcm { bytes: 2 } => {
            if let Some(mut decoder) = Decoder::new(linear, ByteOrder::Little) {
                decoder.decode(bytes, samples);
            }
        }
        // The two highest bytes, which are the last ones.
        Encoding::Pcm { bytes: size } => samples.extend(
            bytes
                .chunks_exact(size)
                .map(|sample| i16::from_le_bytes([sample[size - 2], sample[size - 1]])),
        ),
        Encoding::Float { bytes: 4 } => samples.extend(
            bytes
                .as_chunks()
                .0
                .iter()
                .map(|&sample| float(f64::from(f32::from_le_bytes(sample)))),
        ),
        Encoding::Float { .. } => samples.extend(
            bytes
                .as_chunks()
                .0
                .iter()
                .map(|&sample| float(f64::from_le_bytes(sample))),
        ),
        Encoding::Law(format) => {
            if let Some(mut decoder) = Decoder::new(format, ByteOrder::Little) {
                decoder.decode(bytes, samples);
            }
        }
    }
}
