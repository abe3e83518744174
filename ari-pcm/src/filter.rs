//! The low-pass filters of resamplers, which all sessions with the same two rates share.

use std::collections::HashMap;
use std::f64::consts::PI;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

/// Zero crossings of the kernel on each side, at the lower of the two rates. The delay is the same
/// number of samples: 4 ms at 8 kHz, 2 ms at 16 kHz.
const ZERO_CROSSINGS: f64 = 32.0;

/// The middle of the transition band, relative to half of the lower rate. With the number of zero
/// crossings, the pass band ends at 0.85, and the stop band begins at 1.
const CUTOFF: f64 = 0.925;

/// The parameter of the Kaiser window, for a stop band of 70 dB.
const KAISER_BETA: f64 = 6.76;

/// The most positions between two input samples for which coefficients are stored. Between two of
/// them, coefficients are interpolated, with an error below 100 dB.
const MAX_PHASES: u32 = 640;

/// The number of products that are summed side by side, for the vector unit.
const LANES: usize = 8;

/// The filter between two rates: coefficients by the position of the output sample between two
/// input samples.
#[derive(Debug)]
pub(super) struct Filter {
    /// Input samples per output sample, as a fraction in lowest terms.
    pub(super) down: u32,
    pub(super) up: u32,
    /// Coefficients in a row, a multiple of `LANES`.
    pub(super) taps: usize,
    /// The number of positions, between which `rows` has one row more than there are.
    phases: u32,
    rows: Vec<f32>,
}

/// Filters by `up` and `down`.
type Filters = HashMap<(u32, u32), Weak<Filter>>;

/// The filters in use.
static SHARED: LazyLock<Mutex<Filters>> = LazyLock::new(Mutex::default);

impl Filter {
    /// Returns the filter between two rates in Hz, computing it if no other session uses it.
    pub(super) fn shared(from: u32, to: u32) -> Arc<Filter> {
        let divisor = greatest_common_divisor(from, to);
        let (up, down) = (to / divisor, from / divisor);
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(filter) = shared.get(&(up, down)).and_then(Weak::upgrade) {
            return filter;
        }
        let filter = Arc::new(Filter::new(up, down));
        shared.retain(|_, filter| filter.strong_count() > 0);
        shared.insert((up, down), Arc::downgrade(&filter));
        filter
    }

    fn new(up: u32, down: u32) -> Filter {
        // All lengths are in input samples.
        let stretch = (f64::from(down) / f64::from(up)).max(1.0);
        let half_width = ZERO_CROSSINGS * stretch;
        let taps = (2 * half_width.ceil() as usize).next_multiple_of(LANES);
        let phases = up.min(MAX_PHASES);
        let bandwidth = CUTOFF / stretch;

        let mut rows = Vec::with_capacity((phases as usize + 1) * taps);
        for phase in 0..=phases {
            let start = rows.len();
            let middle = f64::from(phase) / f64::from(phases) + (taps / 2 - 1) as f64;
            rows.extend((0..taps).map(|tap| {
                let distance = middle - tap as f64;
                (sinc(bandwidth * distance) * kaiser(distance / half_width)) as f32
            }));
            // Each position needs the same gain. Otherwise a constant input would produce a tone.
            let gain: f32 = rows[start..].iter().sum();
            rows[start..]
                .iter_mut()
                .for_each(|coefficient| *coefficient /= gain);
        }
        Filter {
            down,
            up,
            taps,
            phases,
            rows,
        }
    }

    /// Returns the value at `phase / up` after the middle one of these samples, of which there are
    /// `taps`.
    pub(super) fn apply(&self, samples: &[f32], phase: u32) -> f32 {
        if self.phases == self.up {
            return dot(self.row(phase as usize), samples);
        }
        let position = u64::from(phase) * u64::from(self.phases);
        let row = (position / u64::from(self.up)) as usize;
        let share = (position % u64::from(self.up)) as f32 / self.up as f32;
        let (before, after) = (dot(self.row(row), samples), dot(self.row(row + 1), samples));
        before + share * (after - before)
    }

    fn row(&self, row: usize) -> &[f32] {
        &self.rows[row * self.taps..(row + 1) * self.taps]
    }
}

/// Returns the sum of products. It has a fixed order, so that the result does not depend on how a
/// signal is cut.
fn dot(coefficients: &[f32], samples: &[f32]) -> f32 {
    let (coefficients, _) = coefficients.as_chunks::<LANES>();
    let (samples, _) = samples.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for (coefficients, samples) in coefficients.iter().zip(samples) {
        for ((sum, coefficient), sample) in sums.iter_mut().zip(coefficients).zip(samples) {
            *sum += coefficient * sample;
        }
    }
    sums.iter().sum()
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 {
        a.max(1)
    } else {
        greatest_common_divisor(b, a % b)
    }
}

fn sinc(x: f64) -> f64 {
    if x.abs() < 1e-9 {
        1.0
    } else {
        (PI * x).sin() / (PI * x)
    }
}

/// Returns the Kaiser window at `x` of −1 to 1, and 0 outside.
fn kaiser(x: f64) -> f64 {
    let inside = 1.0 - x * x;
    if inside < 0.0 {
        0.0
    } else {
        bessel_i0(KAISER_BETA * inside.sqrt()) / bessel_i0(KAISER_BETA)
    }
}

/// Returns the modified Bessel function of the first kind and order zero.
fn bessel_i0(x: f64) -> f64 {
    let quarter = x * x / 4.0;
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..32 {
        term *= quarter / f64::from(k * k);
        sum += term;
    }
    sum
}
