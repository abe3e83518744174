//! Audio signals, and their analysis.

use std::f64::consts::TAU;

/// Returns `n` samples of a sine.
pub fn sine(frequency: f64, rate: u32, n: usize, amplitude: f64) -> Vec<i16> {
    let step = TAU * frequency / f64::from(rate);
    (0..n)
        .map(|i| (amplitude * (step * i as f64).sin()).round() as i16)
        .collect()
}

/// Returns the amplitude of one frequency in a signal, windowed so that others do not leak in.
pub fn amplitude(samples: &[i16], frequency: f64, rate: u32) -> f64 {
    let step = TAU * frequency / f64::from(rate);
    let n = samples.len() as f64;
    let (mut re, mut im, mut weight) = (0.0, 0.0, 0.0);
    for (i, &sample) in samples.iter().enumerate() {
        let i = i as f64;
        let phase = TAU * i / n;
        // Blackman-Nuttall: side lobes below -98 dB.
        let window = 0.363_581_9 - 0.489_177_5 * phase.cos() + 0.136_599_5 * (2.0 * phase).cos()
            - 0.010_641_1 * (3.0 * phase).cos();
        let (sin, cos) = (step * i).sin_cos();
        re += window * f64::from(sample) * cos;
        im += window * f64::from(sample) * sin;
        weight += window;
    }
    2.0 * re.hypot(im) / weight
}

/// Returns the ratio of the root mean squares of a signal without one frequency and of this
/// frequency.
pub fn residual(samples: &[i16], frequency: f64, rate: u32) -> f64 {
    let step = TAU * frequency / f64::from(rate);
    let wave = |i: usize| (step * i as f64).sin_cos();
    // The amplitudes of sine and cosine, by least squares.
    let (mut ss, mut sc, mut cc, mut xs, mut xc) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (i, &sample) in samples.iter().enumerate() {
        let ((s, c), x) = (wave(i), f64::from(sample));
        (ss, sc, cc, xs, xc) = (ss + s * s, sc + s * c, cc + c * c, xs + x * s, xc + x * c);
    }
    let determinant = ss * cc - sc * sc;
    let (a, b) = (
        (xs * cc - xc * sc) / determinant,
        (xc * ss - xs * sc) / determinant,
    );
    let (mut tone, mut rest) = (0.0, 0.0);
    for (i, &sample) in samples.iter().enumerate() {
        let (s, c) = wave(i);
        let fitted = a * s + b * c;
        (tone, rest) = (
            tone + fitted.powi(2),
            rest + (f64::from(sample) - fitted).powi(2),
        );
    }
    (rest / tone).sqrt()
}

/// Returns a ratio in decibels.
pub fn db(ratio: f64) -> f64 {
    20.0 * ratio.max(1e-12).log10()
}

/// Returns pseudo-random samples, the same for the same seed.
pub fn noise(n: usize, mut seed: u64) -> Vec<i16> {
    (0..n)
        .map(|_| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963);
            (seed >> 48) as i16 / 2
        })
        .collect()
}
