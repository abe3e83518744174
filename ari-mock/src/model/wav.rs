//! WAV files.

use std::time::Duration;

use bytes::Bytes;

/// Bytes of a recording per millisecond: 8000 samples of two bytes per second.
pub(crate) const BYTES_PER_MILLISECOND: usize = 16;

/// Returns the samples of a 500 Hz tone. Callers of the fake send no audio, but programs that look
/// for sound in recordings should find some.
pub(crate) fn tone_samples() -> impl Iterator<Item = i16> {
    (0_u32..).map(|sample| if sample % 16 < 8 { 4096 } else { -4096 })
}

/// Returns a WAV file of a steady tone.
pub(crate) fn wav_file(length: Duration, before: Option<&Bytes>) -> Bytes {
    let millis = usize::try_from(length.as_millis()).unwrap_or_default();
    let before = before.map_or(0, |file| file.len().saturating_sub(44));
    let size = before + millis * BYTES_PER_MILLISECOND;
    let length = |size: usize| u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes();
    let mut file = Vec::with_capacity(44 + size);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&length(size + 36));
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16u32.to_le_bytes());
    // PCM, one channel.
    file.extend_from_slice(&[1, 0, 1, 0]);
    file.extend_from_slice(&8000u32.to_le_bytes());
    file.extend_from_slice(&16_000u32.to_le_bytes());
    file.extend_from_slice(&[2, 0, 16, 0]);
    file.extend_from_slice(b"data");
    file.extend_from_slice(&length(size));
    let samples = tone_samples().flat_map(i16::to_le_bytes);
    file.extend(samples.take(size));
    file.into()
}

pub(crate) fn wav_length(file: &Bytes) -> Duration {
    let millis = file.len().saturating_sub(44) / BYTES_PER_MILLISECOND;
    Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
}
