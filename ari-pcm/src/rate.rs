//! The sample rates of Asterisk.

use std::fmt;
use std::time::Duration;

/// The length of a frame, which all carriers share: 20 ms.
pub const FRAME: Duration = Duration::from_millis(20);

/// The number of frames in a second.
pub const FRAMES_PER_SECOND: u32 = 50;

/// A sample rate for which Asterisk has a linear format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SampleRate {
    /// 8 kHz, the rate of the telephone network.
    Hz8000,
    /// 12 kHz.
    Hz12000,
    /// 16 kHz, wideband telephony and most speech recognition.
    Hz16000,
    /// 24 kHz, many speech models.
    Hz24000,
    /// 32 kHz.
    Hz32000,
    /// 44.1 kHz, compact discs.
    Hz44100,
    /// 48 kHz, Opus and WebRTC.
    Hz48000,
    /// 96 kHz.
    Hz96000,
    /// 192 kHz.
    Hz192000,
}

impl SampleRate {
    /// All rates, lowest first.
    pub const ALL: [SampleRate; 9] = [
        SampleRate::Hz8000,
        SampleRate::Hz12000,
        SampleRate::Hz16000,
        SampleRate::Hz24000,
        SampleRate::Hz32000,
        SampleRate::Hz44100,
        SampleRate::Hz48000,
        SampleRate::Hz96000,
        SampleRate::Hz192000,
    ];

    /// Returns the number of samples per second.
    pub const fn hz(self) -> u32 {
        match self {
            SampleRate::Hz8000 => 8_000,
            SampleRate::Hz12000 => 12_000,
            SampleRate::Hz16000 => 16_000,
            SampleRate::Hz24000 => 24_000,
            SampleRate::Hz32000 => 32_000,
            SampleRate::Hz44100 => 44_100,
            SampleRate::Hz48000 => 48_000,
            SampleRate::Hz96000 => 96_000,
            SampleRate::Hz192000 => 192_000,
        }
    }

    /// Returns the number of samples in a frame of 20 ms.
    pub const fn frame_samples(self) -> usize {
        (self.hz() / FRAMES_PER_SECOND) as usize
    }

    /// Returns the duration of a number of samples.
    pub fn duration(self, samples: u64) -> Duration {
        units_to_duration(samples, self.hz())
    }

    /// Returns the number of whole samples in a duration.
    pub fn samples(self, duration: Duration) -> u64 {
        duration_to_units(duration, self.hz())
    }
}

/// Returns the duration of `units`, of which a second has `per_second`.
pub fn units_to_duration(units: u64, per_second: u32) -> Duration {
    let per_second = u64::from(per_second.max(1));
    let nanos = units % per_second * 1_000_000_000 / per_second;
    Duration::from_secs(units / per_second) + Duration::from_nanos(nanos)
}

/// Returns the number of whole units in a duration if a second has `per_second`. A duration that
/// [`units_to_duration`] returned gives the same number again. Durations of more units than a `u64`
/// can hold give its maximum.
pub fn duration_to_units(duration: Duration, per_second: u32) -> u64 {
    let per_second = u64::from(per_second);
    // One nanosecond makes up for the rounding of the other direction. A unit is much longer.
    let nanos = u64::from(duration.subsec_nanos()) + 1;
    let whole = duration.as_secs().saturating_mul(per_second);
    whole.saturating_add(nanos * per_second / 1_000_000_000)
}

impl fmt::Display for SampleRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} Hz", self.hz())
    }
}

/// A sample rate that Asterisk has no linear format for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unsupported sample rate {0} Hz: use 8000, 12000, 16000, 24000, 32000, 44100, 48000, 96000 or \
     192000"
)]
pub struct UnsupportedRate(pub u32);

impl TryFrom<u32> for SampleRate {
    type Error = UnsupportedRate;

    fn try_from(hz: u32) -> Result<SampleRate, UnsupportedRate> {
        SampleRate::ALL
            .into_iter()
            .find(|rate| rate.hz() == hz)
            .ok_or(UnsupportedRate(hz))
    }
}

impl From<SampleRate> for u32 {
    fn from(rate: SampleRate) -> u32 {
        rate.hz()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_samples_convert_exactly() {
        for rate in SampleRate::ALL {
            assert_eq!(SampleRate::try_from(rate.hz()), Ok(rate));
            assert_eq!(rate.duration(rate.frame_samples() as u64), FRAME);
            for samples in (0..200_000).step_by(7) {
                assert_eq!(rate.samples(rate.duration(samples)), samples, "{rate}");
            }
        }
        assert_eq!(SampleRate::Hz192000.samples(Duration::MAX), u64::MAX);
        assert_eq!(SampleRate::try_from(22_050), Err(UnsupportedRate(22_050)));
    }
}
