//! WAV files, read and written piece by piece without I/O.
//!
//! [`WavReader`] takes the bytes of a file in chunks of any length and returns 16-bit samples, and
//! [`WavWriter`] returns the bytes to write. The file may be a pipe: neither needs to seek.

mod reader;
mod writer;

pub use reader::WavReader;
pub use writer::WavWriter;

/// The rate and channels of a WAV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WavSpec {
    /// Samples of each channel per second.
    pub rate: u32,
    /// The number of channels. Samples of all channels alternate.
    pub channels: u16,
}

/// An error in a WAV file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WavError {
    /// The file does not begin like a WAV file.
    #[error("not a WAV file: it does not begin with RIFF and WAVE")]
    NotWav,
    /// The file has a size or layout that is invalid in a WAV file.
    #[error("invalid WAV file: {0}")]
    Invalid(&'static str),
    /// The encoding of the samples is not supported.
    #[error(
        "unsupported encoding in WAV file (format {format}, {bits} bits): convert it to PCM, \
         μ-law or A-law"
    )]
    Unsupported {
        /// The number of the encoding: 1 is PCM, 3 is floating point, 6 is A-law, 7 is μ-law.
        format: u16,
        /// The bits of a sample.
        bits: u16,
    },
    /// The file ended before the first sample.
    #[error("WAV file ends within its header")]
    Truncated,
}

/// Appends the mean of all channels to `mono`. An incomplete last group is ignored.
pub fn mix_to_mono(samples: &[i16], channels: u16, mono: &mut Vec<i16>) {
    match channels {
        0 | 1 => mono.extend_from_slice(samples),
        channels => mono.extend(samples.chunks_exact(usize::from(channels)).map(|group| {
            let sum: i32 = group.iter().map(|&sample| i32::from(sample)).sum();
            (sum / i32::from(channels)) as i16
        })),
    }
}

#[cfg(test)]
mod tests;
