//! Writing WAV files.

use super::WavSpec;
use crate::{ByteOrder, Encoder, Format, SampleRate};

/// The bytes of the header before the samples.
const HEADER: usize = 44;

/// A writer of 16-bit WAV files.
///
/// The length of the samples is in the header, which comes first. Write [`header`](Self::header)
/// before the samples, and if the file can seek, once more over the first one at the end. Without
/// the second header, as in a pipe, the length is unknown, which most programs understand.
#[derive(Clone, Debug)]
pub struct WavWriter {
    spec: WavSpec,
    written: u64,
}

impl WavWriter {
    /// Creates a writer.
    pub fn new(spec: WavSpec) -> WavWriter {
        WavWriter { spec, written: 0 }
    }

    /// Appends the bytes of these samples. Those of all channels alternate.
    pub fn write(&mut self, samples: &[i16], bytes: &mut Vec<u8>) {
        self.written += 2 * samples.len() as u64;
        let linear = Format::Slin(SampleRate::Hz8000);
        if let Some(mut encoder) = Encoder::new(linear, ByteOrder::Little) {
            encoder.encode(samples, bytes);
        }
    }

    /// Returns the header for the samples that were written so far. Before the first sample, and if
    /// there are more than 4 GiB, it marks the length as unknown.
    pub fn header(&self) -> [u8; HEADER] {
        let unknown = self.written == 0;
        let data = u32::try_from(self.written)
            .ok()
            .filter(|_| !unknown)
            .unwrap_or(u32::MAX);
        let frame = self.spec.channels.saturating_mul(2);
        let bytes_per_second = self.spec.rate.saturating_mul(u32::from(frame));
        let mut header = [0; HEADER];
        let fields: [&[u8]; 13] = [
            b"RIFF",
            &data.saturating_add(HEADER as u32 - 8).to_le_bytes(),
            b"WAVE",
            b"fmt ",
            &16_u32.to_le_bytes(),
            &1_u16.to_le_bytes(),
            &self.spec.channels.to_le_bytes(),
            &self.spec.rate.to_le_bytes(),
            &bytes_per_second.to_le_bytes(),
            &frame.to_le_bytes(),
            &16_u16.to_le_bytes(),
            b"data",
            &data.to_le_bytes(),
        ];
        let mut at = 0;
        for field in fields {
            header[at..at + field.len()].copy_from_slice(field);
            at += field.len();
        }
        header
    }
}
