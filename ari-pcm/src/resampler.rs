//! Conversion between sample rates, in a stream of chunks of any length.

use std::fmt;
use std::sync::Arc;

use super::filter::Filter;
use super::rate::UnsupportedRate;

/// The lowest and highest rate in Hz that a resampler accepts.
const MIN_RATE: u32 = 4_000;
const MAX_RATE: u32 = 384_000;

/// The samples that are filtered at a time, to bound the memory for long chunks.
const BLOCK: usize = 1024;

/// A converter of one channel from one sample rate to another.
///
/// Frequencies up to 0.85 times half of the lower rate pass with less than 0.1 dB of change, and
/// those that the lower rate cannot represent are weakened by at least 65 dB. The result does not
/// depend on the division of a signal into chunks.
///
/// The output is not shifted, but it lags. The last [`delay`](Self::delay) samples of the input
/// have an effect only when further ones arrive or [`finish`](Self::finish) is called. A resampler
/// takes about 5 KiB. The filter is shared between all resamplers of the same two rates.
#[derive(Clone)]
pub struct Resampler {
    from: u32,
    to: u32,
    /// `None` if both rates are the same.
    filter: Option<Arc<Filter>>,
    /// The latest input, from the first sample that the next output sample depends on.
    history: Vec<f32>,
    /// The position of the next output sample: index in `history` of the first sample that it
    /// depends on, and the position between two samples, in units of 1 / `up`.
    start: usize,
    phase: u32,
    /// The number of samples since the beginning or the last `finish`.
    taken: u64,
    given: u64,
}

impl Resampler {
    /// Creates a resampler between two rates in Hz.
    ///
    /// # Errors
    ///
    /// Returns [`UnsupportedRate`] with the first rate that is not between 4,000 and 384,000 Hz.
    pub fn new(from: u32, to: u32) -> Result<Resampler, UnsupportedRate> {
        for rate in [from, to] {
            if !(MIN_RATE..=MAX_RATE).contains(&rate) {
                return Err(UnsupportedRate(rate));
            }
        }
        let filter = (from != to).then(|| Filter::shared(from, to));
        let mut resampler = Resampler {
            from,
            to,
            filter,
            history: Vec::new(),
            start: 0,
            phase: 0,
            taken: 0,
            given: 0,
        };
        resampler.reset();
        Ok(resampler)
    }

    /// Returns the rate of the input in Hz.
    pub fn input_rate(&self) -> u32 {
        self.from
    }

    /// Returns the rate of the output in Hz.
    pub fn output_rate(&self) -> u32 {
        self.to
    }

    /// Returns the number of input samples that must follow a sample before its output is
    /// available.
    pub fn delay(&self) -> usize {
        self.filter.as_ref().map_or(0, |filter| filter.taps / 2)
    }

    /// Adds samples, and appends the output that is ready.
    pub fn push(&mut self, samples: &[i16], output: &mut Vec<i16>) {
        let Some(filter) = self.filter.clone() else {
            output.extend_from_slice(samples);
            return;
        };
        self.taken += samples.len() as u64;
        for block in samples.chunks(BLOCK) {
            self.history
                .extend(block.iter().map(|&sample| f32::from(sample)));
            self.run(&filter, u64::MAX, output);
        }
    }

    /// Appends the output of all samples that were added, and resets the stream.
    ///
    /// The output since the last beginning then has exactly as many samples as the input's
    /// duration at the output rate, rounded up.
    pub fn finish(&mut self, output: &mut Vec<i16>) {
        if let Some(filter) = self.filter.clone() {
            let total = (self.taken * u64::from(self.to)).div_ceil(u64::from(self.from));
            self.history.resize(self.history.len() + filter.taps, 0.0);
            self.run(&filter, total, output);
        }
        self.reset();
    }

    /// Discards all samples that were added, and resets the stream.
    pub fn reset(&mut self) {
        self.history.clear();
        self.history.resize(self.delay().saturating_sub(1), 0.0);
        (self.start, self.phase, self.taken, self.given) = (0, 0, 0, 0);
    }

    /// Appends output while there is input for it, up to `total` samples since the beginning.
    fn run(&mut self, filter: &Filter, total: u64, output: &mut Vec<i16>) {
        while self.given < total
            && let Some(samples) = self.history.get(self.start..self.start + filter.taps)
        {
            // `as` rounds towards zero, and limits to the range of the type.
            output.push(filter.apply(samples, self.phase).round() as i16);
            self.given += 1;
            self.phase += filter.down;
            self.start += (self.phase / filter.up) as usize;
            self.phase %= filter.up;
        }
        let used = self.start.min(self.history.len());
        self.history.drain(..used);
        self.start -= used;
    }
}

impl fmt::Debug for Resampler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resampler")
            .field("from", &self.from)
            .field("to", &self.to)
            .finish()
    }
}

#[cfg(test)]
mod tests;
