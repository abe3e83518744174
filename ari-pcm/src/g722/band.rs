//! One band: quantizer with adaptive step size, and predictor with two poles and six zeros.

use super::qmf::saturate;
use super::tables::*;

/// The state of a band, the same in encoder and decoder.
#[derive(Clone, Debug)]
pub(super) struct Band {
    /// The prediction, and the share of the zeros in it.
    predicted: i32,
    predicted_by_zeros: i32,
    /// The last two reconstructed values, latest first.
    reconstructed: [i32; 2],
    /// The last two sums of difference and zeros' prediction, latest first.
    partial: [i32; 2],
    /// The coefficients of the poles.
    poles: [i32; 2],
    /// The last six quantized differences, latest first.
    differences: [i32; 6],
    /// The coefficients of the zeros.
    zeros: [i32; 6],
    /// The step size: its logarithm and the value itself.
    log_step: i32,
    step: i32,
}

const START: Band = Band {
    predicted: 0,
    predicted_by_zeros: 0,
    reconstructed: [0; 2],
    partial: [0; 2],
    poles: [0; 2],
    differences: [0; 6],
    zeros: [0; 6],
    log_step: 0,
    step: 0,
};

/// The initial state of the lower band.
pub(super) const LOWER: Band = Band { step: 32, ..START };

/// The initial state of the higher band.
pub(super) const HIGHER: Band = Band { step: 8, ..START };

impl Band {
    /// Returns the 6-bit code of a value in the lower band.
    pub(super) fn quantize_lower(&self, value: i32) -> u8 {
        let (negative, magnitude) = self.difference(value);
        let level = LOWER_DECISIONS
            .iter()
            .take_while(|&&decision| magnitude >= (decision * self.step) >> 12)
            .count();
        // Codes count down from the smallest level. The negative ones have 31 as their highest,
        // except that the two smallest are above the positive ones.
        let code = match (negative, level) {
            (true, 0..2) => 63 - level,
            (true, _) => 33 - level,
            (false, _) => 61 - level,
        };
        code as u8
    }

    /// Returns the 2-bit code of a value in the higher band.
    pub(super) fn quantize_higher(&self, value: i32) -> u8 {
        let (negative, magnitude) = self.difference(value);
        let large = magnitude >= (HIGHER_DECISION * self.step) >> 12;
        u8::from(!large) | u8::from(!negative) << 1
    }

    /// Returns the difference of a value from the prediction: sign, and magnitude, which is less
    /// by one for negative ones.
    fn difference(&self, value: i32) -> (bool, i32) {
        let difference = saturate(value - self.predicted);
        (
            difference < 0,
            if difference < 0 {
                !difference
            } else {
                difference
            },
        )
    }

    /// Returns the value of a 6-bit code in the lower band, in 15 bits.
    pub(super) fn reconstruct_lower(&self, code: u8) -> i32 {
        let difference = (self.step * LOWER_LEVELS_6[usize::from(code & 63)]) >> 15;
        (self.predicted + difference).clamp(-16384, 16383)
    }

    /// Returns the value of a 2-bit code in the higher band, in 15 bits.
    pub(super) fn reconstruct_higher(&self, code: u8) -> i32 {
        let difference = (self.step * HIGHER_LEVELS[usize::from(code & 3)]) >> 15;
        (self.predicted + difference).clamp(-16384, 16383)
    }

    /// Adapts the lower band to a code.
    pub(super) fn adapt_lower(&mut self, code: u8) {
        let code = usize::from(code >> 2 & 15);
        let difference = (self.step * LOWER_LEVELS_4[code]) >> 15;
        self.scale(LOWER_SCALE[code], 18432, 8);
        self.predict(difference);
    }

    /// Adapts the higher band to a code.
    pub(super) fn adapt_higher(&mut self, code: u8) {
        let code = usize::from(code & 3);
        let difference = (self.step * HIGHER_LEVELS[code]) >> 15;
        self.scale(HIGHER_SCALE[code], 22528, 10);
        self.predict(difference);
    }

    /// Adapts the step size. `max` limits its logarithm, and `unit` is the exponent at which the
    /// mantissa is not shifted.
    fn scale(&mut self, change: i32, max: i32, unit: i32) {
        self.log_step = (((self.log_step * 127) >> 7) + change).clamp(0, max);
        let mantissa = STEP[(self.log_step >> 6 & 31) as usize];
        let shift = unit - (self.log_step >> 11);
        self.step = (if shift < 0 {
            mantissa << -shift
        } else {
            mantissa >> shift
        }) << 2;
    }

    /// Adapts the predictor to a quantized difference, and computes the next prediction.
    fn predict(&mut self, difference: i32) {
        let reconstructed = saturate(self.predicted + difference);
        let partial = saturate(self.predicted_by_zeros + difference);
        let [agrees, agreed_before] = self.partial.map(|earlier| same_sign(partial, earlier));

        let first = saturate(4 * self.poles[0]);
        let first = saturate(if agrees { -first } else { first });
        let step = if agreed_before { 128 } else { -128 };
        let second = (step + (first >> 7) + ((self.poles[1] * 32512) >> 15)).clamp(-12288, 12288);

        let step = if agrees { 192 } else { -192 };
        let limit = 15360 - second;
        let first = saturate(step + ((self.poles[0] * 32640) >> 15)).clamp(-limit, limit);
        self.poles = [first, second];

        let step = if difference == 0 { 0 } else { 128 };
        for (zero, &earlier) in self.zeros.iter_mut().zip(&self.differences) {
            let step = if same_sign(difference, earlier) {
                step
            } else {
                -step
            };
            *zero = saturate(step + ((*zero * 32640) >> 15));
        }

        self.differences.copy_within(..5, 1);
        self.differences[0] = difference;
        self.reconstructed = [reconstructed, self.reconstructed[0]];
        self.partial = [partial, self.partial[0]];

        let weighted =
            |(&coefficient, &value): (&i32, &i32)| (coefficient * saturate(2 * value)) >> 15;
        let add = |sum, value| saturate(sum + value);
        let by_poles = self
            .poles
            .iter()
            .zip(&self.reconstructed)
            .map(weighted)
            .fold(0, add);
        let by_zeros = self
            .zeros
            .iter()
            .zip(&self.differences)
            .map(weighted)
            .fold(0, add);
        self.predicted_by_zeros = by_zeros;
        self.predicted = saturate(by_poles + by_zeros);
    }
}

/// Returns `true` if neither or both values are negative.
fn same_sign(one: i32, other: i32) -> bool {
    (one < 0) == (other < 0)
}
