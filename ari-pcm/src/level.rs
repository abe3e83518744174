//! Levels of audio.

/// The level of some samples, in decibels relative to full scale (dBFS).
///
/// 0 dBFS is a square wave at full scale, so that a sine at full scale has a root mean square of
/// −3 dBFS. Digital silence is negative infinity. Speech on the telephone is between −40 and −15.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// The root mean square.
    pub rms: f32,
    /// The highest magnitude.
    pub peak: f32,
}

impl Level {
    /// The level of silence.
    pub const SILENCE: Level = Level {
        rms: f32::NEG_INFINITY,
        peak: f32::NEG_INFINITY,
    };

    /// Returns the level of these samples. It is [`SILENCE`](Self::SILENCE) if there are none.
    pub fn from_samples(samples: &[i16]) -> Level {
        if samples.is_empty() {
            return Level::SILENCE;
        }
        let (mut peak, mut energy) = (0, 0_u64);
        for &sample in samples {
            let magnitude = sample.unsigned_abs();
            peak = peak.max(magnitude);
            energy += u64::from(u32::from(magnitude).pow(2));
        }
        let mean = energy as f64 / samples.len() as f64;
        Level {
            rms: decibels(mean.sqrt()),
            peak: decibels(f64::from(peak)),
        }
    }
}

fn decibels(magnitude: f64) -> f32 {
    (20.0 * (magnitude / 32768.0).log10()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use ari_test_support::signal::sine;

    #[test]
    fn levels_are_relative_to_a_square_wave_at_full_scale() {
        let full = Level::from_samples(&[i16::MIN; 10]);
        assert_eq!((full.rms, full.peak), (0.0, 0.0));
        let tone = Level::from_samples(&sine(1000.0, 16_000, 16_000, 3276.8));
        assert!(
            (tone.rms + 23.01).abs() < 0.02 && (tone.peak + 20.0).abs() < 0.02,
            "{tone:?}"
        );
        assert_eq!(Level::from_samples(&[0; 10]), Level::SILENCE);
        assert_eq!(Level::from_samples(&[]), Level::SILENCE);
    }
}
