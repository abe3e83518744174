//! The quadrature mirror filters: 24 taps that split a signal into two bands, and join them again.

use super::tables::QMF;

/// The last 24 values, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Delay {
    values: [i32; 24],
}

impl Delay {
    /// Returns the next value of the lower and the higher band, in 15 bits.
    pub(super) fn analyse(&mut self, [first, second]: [i16; 2]) -> (i32, i32) {
        let [even, odd] = self.filter(i32::from(first), i32::from(second));
        ((odd + even) >> 14, (odd - even) >> 14)
    }

    /// Returns the next two samples of the signal that consists of both bands.
    pub(super) fn synthesize(&mut self, low: i32, high: i32) -> [i16; 2] {
        let [even, odd] = self.filter(low + high, low - high);
        [odd, even].map(|sum| saturate(sum >> 11) as i16)
    }

    /// Adds two values, and returns the outputs of the filter's two halves, each for every second
    /// value.
    fn filter(&mut self, first: i32, second: i32) -> [i32; 2] {
        self.values.copy_within(2.., 0);
        [self.values[22], self.values[23]] = [first, second];
        let (pairs, _) = self.values.as_chunks::<2>();
        let forward = QMF.iter();
        let backward = QMF.iter().rev();
        pairs
            .iter()
            .zip(forward.zip(backward))
            .fold([0, 0], |sums, (pair, (there, back))| {
                [sums[0] + pair[0] * there, sums[1] + pair[1] * back]
            })
    }
}

/// Limits a value to 16 bits.
pub(super) fn saturate(value: i32) -> i32 {
    value.clamp(i32::from(i16::MIN), i32::from(i16::MAX))
}
