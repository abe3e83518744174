//! Samples: conversion between sample rates, mixing, and buffers from which frames are taken.

use std::collections::VecDeque;
use std::time::Duration;

/// The duration of a frame, and the period of Asterisk's timer.
pub(crate) const FRAME_DURATION: Duration = Duration::from_millis(20);

/// Frames per second.
const FRAME_RATE: u32 = 50;

/// The largest sample of a tone.
const TONE_AMPLITUDE: f64 = 8000.0;

/// 16-bit mono samples at a sample rate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Audio {
    /// Samples per second.
    pub(crate) rate: u32,
    pub(crate) samples: Vec<i16>,
}

/// Returns the number of samples in a frame.
fn frame_length(rate: u32) -> usize {
    (rate / FRAME_RATE) as usize
}

impl Audio {
    /// Returns a frame of silence.
    pub(crate) fn silence(rate: u32) -> Self {
        Audio {
            rate,
            samples: vec![0; frame_length(rate)],
        }
    }

    /// Returns a tone of this frequency in hertz, at 8 kHz.
    pub(crate) fn tone(frequency: u32, time: Duration) -> Self {
        let count = u32::try_from(time.as_millis() * 8).unwrap_or(u32::MAX);
        let step = std::f64::consts::TAU * f64::from(frequency) / 8000.0;
        let samples = (0..count).map(|at| (TONE_AMPLITUDE * (step * f64::from(at)).sin()) as i16);
        Audio {
            rate: 8000,
            samples: samples.collect(),
        }
    }

    /// Converts the audio to another sample rate, without any state: by linear interpolation to a
    /// higher one, and by averages to a lower one.
    pub(crate) fn at_rate(&self, rate: u32) -> Audio {
        if rate == self.rate || self.samples.is_empty() {
            return Audio {
                rate,
                samples: self.samples.clone(),
            };
        }
        let (from, to) = (self.rate as usize, rate as usize);
        let length = self.samples.len() * to / from;
        let outputs = 0..length;
        let samples = match from < to {
            true => outputs.map(|at| self.interpolate(at * from, to)).collect(),
            false => outputs
                .map(|at| self.average(at * from / to, (at + 1) * from / to))
                .collect(),
        };
        Audio { rate, samples }
    }

    /// Returns the value at a position, in units of a sample divided by `scale`.
    fn interpolate(&self, position: usize, scale: usize) -> i16 {
        let last = self.samples.len() - 1;
        let at = |index: usize| i64::from(self.samples[index.min(last)]);
        let (index, part) = (position / scale, (position % scale) as i64);
        let (here, next) = (at(index), at(index + 1));
        (here + (next - here) * part / scale as i64) as i16
    }

    fn average(&self, from: usize, to: usize) -> i16 {
        let to = to.clamp(from + 1, self.samples.len());
        let sum: i64 = self.samples[from..to]
            .iter()
            .map(|one| i64::from(*one))
            .sum();
        (sum / (to - from) as i64) as i16
    }

    /// Adds other audio of the same rate. The sum is limited to 16 bits.
    pub(crate) fn mix(&mut self, other: &Audio) {
        let longer = self.samples.len().max(other.samples.len());
        self.samples.resize(longer, 0);
        for (sample, other) in self.samples.iter_mut().zip(&other.samples) {
            *sample = sample.saturating_add(*other);
        }
    }
}

/// Audio that waits to be taken in frames. It has the rate of the audio that came first after it
/// was empty.
#[derive(Debug, Default)]
pub(crate) struct AudioBuffer {
    rate: u32,
    samples: VecDeque<i16>,
}

impl AudioBuffer {
    pub(crate) fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// Returns the rate of the last audio; 0 if there was none.
    pub(crate) fn rate(&self) -> u32 {
        self.rate
    }

    pub(crate) fn push(&mut self, audio: &Audio) {
        if self.samples.is_empty() {
            self.rate = audio.rate;
        }
        self.samples.extend(audio.at_rate(self.rate).samples);
    }

    /// Appends audio, and drops the oldest if there is more than a second of it.
    pub(crate) fn push_bounded(&mut self, audio: &Audio) {
        self.push(audio);
        let excess = self.samples.len().saturating_sub(self.rate as usize);
        self.samples.drain(..excess);
    }

    /// Removes a frame. The last one is filled up with silence.
    pub(crate) fn take_frame(&mut self) -> Option<Audio> {
        if self.samples.is_empty() {
            return None;
        }
        let length = frame_length(self.rate);
        let available = length.min(self.samples.len());
        let mut samples: Vec<_> = self.samples.drain(..available).collect();
        samples.resize(length, 0);
        Some(Audio {
            rate: self.rate,
            samples,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversion_keeps_duration_and_level() {
        for (from, to) in [
            (8_000, 16_000),
            (16_000, 8_000),
            (8_000, 48_000),
            (44_100, 8_000),
            (24_000, 16_000),
        ] {
            let level = Audio {
                rate: from,
                samples: vec![1000; frame_length(from)],
            };
            let converted = level.at_rate(to);
            assert_eq!(
                converted.samples,
                vec![1000; frame_length(to)],
                "{from} {to}"
            );
        }
        let ramp = Audio {
            rate: 8_000,
            samples: vec![0, 100, -100],
        };
        assert_eq!(ramp.at_rate(16_000).samples, [0, 50, 100, 0, -100, -100]);
    }

    #[test]
    fn frames_are_taken_from_a_buffer() {
        let mut buffer = AudioBuffer::default();
        buffer.push(&Audio {
            rate: 8_000,
            samples: vec![1; 200],
        });
        buffer.push(&Audio {
            rate: 16_000,
            samples: vec![1; 80],
        });
        let frames: Vec<_> = std::iter::from_fn(|| buffer.take_frame()).collect();
        let sums = frames.iter().map(|frame| frame.samples.iter().sum::<i16>());
        assert_eq!(sums.collect::<Vec<_>>(), [160, 80]);
        assert!(frames.iter().all(|frame| frame.samples.len() == 160));
    }
}
