//! Recognition of the beep of a machine in audio, without a call and without time.
//!
//! A sine wave satisfies `x[n-1] + x[n+1] = 2 cos(w) x[n]`. The factor that fits a frame best is its
//! frequency, and what remains tells tones from speech: a voice is never that pure for long.

use std::time::Duration;

/// The duration of a frame.
pub(crate) const FRAME: Duration = Duration::from_millis(20);

/// The shortest beep, in frames. No word of Asterisk's English sounds has more than five such frames.
const MIN_FRAMES: u32 = 8;

/// The longest beep, in frames. Longer tones are those of networks, faxes and modems.
const MAX_FRAMES: u32 = 125;

/// The number of frames without the tone after which it is over. Packets may be lost.
const END_FRAMES: u32 = 3;

/// The frequencies of beeps, in hertz.
const FREQUENCIES: std::ops::RangeInclusive<f64> = 300.0..=2500.0;

/// The largest part of a tone's power that is none of the tone.
const MAX_RESIDUAL: f64 = 0.01;

/// The largest change of the frequency within a tone, as a part of it.
const MAX_DRIFT: f64 = 0.02;

/// A tone that is heard.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tone {
    frequency: f64,
    frames: u32,
    /// The number of frames since it was heard last.
    missing: u32,
}

/// A listener to frames, in their order.
#[derive(Debug)]
pub(crate) struct BeepListener {
    rate: f64,
    /// The loudness below which sound is silence.
    threshold: u16,
    tone: Option<Tone>,
    silent_frames: u32,
}

/// A beep that is over: its frequency in hertz, and its duration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct HeardBeep {
    pub(crate) frequency: f64,
    pub(crate) duration: Duration,
}

impl BeepListener {
    pub(crate) fn new(rate: u32, threshold: u16) -> Self {
        BeepListener {
            rate: f64::from(rate),
            threshold,
            tone: None,
            silent_frames: 0,
        }
    }

    /// Adds a frame. Returns a beep that is over.
    pub(crate) fn push(&mut self, samples: &[i16]) -> Option<HeardBeep> {
        let is_silent = loudness(samples) < f64::from(self.threshold);
        self.silent_frames = if is_silent { self.silent_frames + 1 } else { 0 };
        let frequency = match is_silent {
            true => None,
            false => frequency(samples, self.rate),
        };
        match (&mut self.tone, frequency) {
            (Some(tone), Some(frequency))
                if (frequency - tone.frequency).abs() <= tone.frequency * MAX_DRIFT =>
            {
                tone.frames += 1 + tone.missing;
                tone.missing = 0;
                return None;
            }
            (Some(tone), _) if tone.missing + 1 < END_FRAMES => {
                tone.missing += 1;
                return None;
            }
            _ => {}
        }
        let new = frequency.map(|frequency| Tone {
            frequency,
            frames: 1,
            missing: 0,
        });
        let ended = std::mem::replace(&mut self.tone, new)?;
        let is_beep = (MIN_FRAMES..=MAX_FRAMES).contains(&ended.frames);
        is_beep.then(|| HeardBeep {
            frequency: ended.frequency,
            duration: FRAME * ended.frames,
        })
    }

    /// Returns the duration of the silence that has not ended.
    pub(crate) fn silence(&self) -> Duration {
        FRAME * self.silent_frames
    }
}

/// Returns the average of the samples without their signs.
fn loudness(samples: &[i16]) -> f64 {
    let sum: u32 = samples.iter().map(|it| u32::from(it.unsigned_abs())).sum();
    f64::from(sum) / samples.len().max(1) as f64
}

/// Returns the frequency of a frame that is a tone.
fn frequency(samples: &[i16], rate: f64) -> Option<f64> {
    let triples = || {
        samples.windows(3).filter_map(|it| match *it {
            [before, sample, after] => Some((
                f64::from(sample),
                f64::from(i32::from(before) + i32::from(after)),
            )),
            _ => None,
        })
    };
    let power: f64 = triples().map(|(sample, _)| sample * sample).sum();
    let product: f64 = triples().map(|(sample, around)| sample * around).sum();
    let factor = product / power;
    let residual: f64 = triples()
        .map(|(sample, around)| (around - factor * sample).powi(2))
        .sum();
    // The frequency of a factor that is none of a sine is no number.
    let frequency = (factor / 2.0).acos() / std::f64::consts::TAU * rate;
    let is_tone = residual <= power * MAX_RESIDUAL && FREQUENCIES.contains(&frequency);
    is_tone.then_some(frequency)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 8000;

    /// Returns a tone as a phone sends it: with noise, and rounded.
    fn tone(frequency: f64, milliseconds: u32, volume: f64) -> Vec<i16> {
        let mut noise = 12345_u32;
        let sample = |at: u32| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = f64::from(noise >> 16) / 65536.0 - 0.5;
            let phase = std::f64::consts::TAU * frequency * f64::from(at) / f64::from(RATE);
            (volume * (phase.sin() + noise / 50.0)) as i16
        };
        (0..milliseconds * 8).map(sample).collect()
    }

    /// A voice: several harmonics of a pitch that moves.
    fn voice(milliseconds: u32) -> Vec<i16> {
        let mut phase = 0.0_f64;
        let sample = |at: u32| {
            let pitch = 180.0 + 40.0 * (f64::from(at) / 900.0).sin();
            phase += std::f64::consts::TAU * pitch / f64::from(RATE);
            let harmonics = (1..6).map(|it| (phase * f64::from(it)).sin() / f64::from(it));
            (4000.0 * harmonics.sum::<f64>()) as i16
        };
        (0..milliseconds * 8).map(sample).collect()
    }

    fn silence(milliseconds: u32) -> Vec<i16> {
        vec![0; milliseconds as usize * 8]
    }

    /// Returns what was heard, in hertz and milliseconds.
    fn heard(parts: &[Vec<i16>]) -> Vec<(i64, u128)> {
        let mut listener = BeepListener::new(RATE, 256);
        let samples = parts.concat();
        let beeps = samples.chunks(160).filter_map(|it| listener.push(it));
        beeps
            .map(|it| (it.frequency.round() as i64, it.duration.as_millis()))
            .collect()
    }

    #[test]
    fn beeps_are_told_from_speech() {
        let two = |one: Vec<i16>, other: Vec<i16>| -> Vec<i16> {
            let both = one.iter().zip(&other);
            both.map(|(one, other)| one / 2 + other / 2).collect()
        };
        // (what is sent, range of frequencies, range of durations)
        let cases = [
            ("a beep", vec![tone(1000.0, 400, 8000.0)], Some((1000, 400))),
            (
                "a low one",
                vec![tone(440.0, 200, 8000.0)],
                Some((440, 200)),
            ),
            (
                "a high one",
                vec![tone(1400.0, 600, 8000.0)],
                Some((1400, 600)),
            ),
            (
                "a quiet one",
                vec![tone(850.0, 400, 800.0)],
                Some((850, 400)),
            ),
            (
                "after speech",
                vec![voice(2000), tone(1000.0, 400, 8000.0)],
                Some((1000, 400)),
            ),
            (
                "with a lost packet",
                vec![
                    tone(1000.0, 100, 8000.0),
                    silence(20),
                    tone(1000.0, 100, 8000.0),
                ],
                Some((1000, 220)),
            ),
            ("speech", vec![voice(4000)], None),
            ("a click", vec![tone(1000.0, 100, 8000.0)], None),
            (
                "a tone of the network",
                vec![tone(425.0, 4000, 8000.0)],
                None,
            ),
            (
                "two tones, as of a key",
                vec![two(tone(770.0, 400, 8000.0), tone(1336.0, 400, 8000.0))],
                None,
            ),
            ("too quiet", vec![tone(1000.0, 400, 200.0)], None),
            ("silence", vec![silence(4000)], None),
        ];
        for (name, mut parts, expected) in cases {
            parts.insert(0, silence(300));
            parts.push(silence(300));
            let found = heard(&parts);
            match (expected, found.as_slice()) {
                (None, []) => {}
                (Some((frequency, duration)), [(hertz, time)]) => {
                    assert!((hertz - frequency).abs() <= 15, "{name}: {hertz} Hz");
                    assert!(time.abs_diff(duration) <= 40, "{name}: {time} ms");
                }
                _ => panic!("{name}: {found:?}"),
            }
        }
    }

    #[test]
    fn silence_is_measured() {
        let mut listener = BeepListener::new(RATE, 256);
        for (samples, expected) in [
            (silence(500), 500),
            (tone(1000.0, 20, 8000.0), 0),
            (silence(200), 200),
        ] {
            samples.chunks(160).for_each(|it| _ = listener.push(it));
            assert_eq!(listener.silence().as_millis(), expected);
        }
    }
}
