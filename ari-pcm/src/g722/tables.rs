//! The constants of ITU-T Recommendation G.722. Codes index the tables.

/// One half of the mirror filter. The other half is its reverse.
pub(super) const QMF: [i32; 12] = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

/// Decision levels of the lower band's quantizer with 60 levels, in units of the step size.
pub(super) const LOWER_DECISIONS: [i32; 29] = [
    35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023,
    1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
];

/// Output of the lower band's quantizer with 60 levels, by the 6-bit code.
pub(super) const LOWER_LEVELS_6: [i32; 64] = [
    -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232,
    -9360, -8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776,
    -2400, -2032, -1688, -1360, -1040, -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280,
    11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168, 2776,
    2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
];

/// Output of the lower band's quantizer with 15 levels, by the code's upper four bits. The
/// predictor uses it, so that the two lower bits can be used for data.
pub(super) const LOWER_LEVELS_4: [i32; 16] = [
    0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584,
    1200, 0,
];

/// Change of the logarithmic step size in the lower band, by the code's upper four bits.
pub(super) const LOWER_SCALE: [i32; 16] = [
    -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60,
];

/// The decision level of the higher band's quantizer, in units of the step size.
pub(super) const HIGHER_DECISION: i32 = 564;

/// Output of the higher band's quantizer, by the 2-bit code.
pub(super) const HIGHER_LEVELS: [i32; 4] = [-7408, -1616, 7408, 1616];

/// Change of the logarithmic step size in the higher band, by the code.
pub(super) const HIGHER_SCALE: [i32; 4] = [798, -214, 798, -214];

/// The mantissa of the step size: 2048 times the powers of two from 0 to 31 thirty-seconds.
pub(super) const STEP: [i32; 32] = [
    2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
    2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
];
