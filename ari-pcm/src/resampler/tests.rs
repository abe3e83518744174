use proptest::prelude::*;

use super::*;
use crate::SampleRate;
use ari_test_support::signal::{amplitude, db, noise, residual, sine};

fn resample(samples: &[i16], from: u32, to: u32) -> Vec<i16> {
    let mut resampler = Resampler::new(from, to).unwrap();
    let mut output = Vec::new();
    resampler.push(samples, &mut output);
    resampler.finish(&mut output);
    output
}

fn pairs() -> Vec<(u32, u32)> {
    let mut rates: Vec<u32> = SampleRate::ALL.iter().map(|rate| rate.hz()).collect();
    // Rates of WAV files, and one that has no common factor with the others.
    rates.extend([11_025, 22_050, 17_011]);
    rates
        .iter()
        .flat_map(|&from| rates.iter().map(move |&to| (from, to)))
        .collect()
}

#[test]
fn pass_band_is_flat_and_what_the_lower_rate_cannot_represent_is_gone() {
    let level = 12_000.0;
    // Each kind of ratio: up, down, with many phases, and with interpolated ones.
    for (from, to) in [
        (8_000, 16_000),
        (16_000, 8_000),
        (16_000, 24_000),
        (24_000, 16_000),
        (48_000, 8_000),
        (44_100, 16_000),
        (8_000, 44_100),
        (22_050, 16_000),
        (8_000, 17_011),
        (17_011, 8_000),
    ] {
        let nyquist = f64::from(from.min(to)) / 2.0;
        for share in [0.02, 0.3, 0.6, 0.8, 0.85] {
            let frequency = share * nyquist;
            let n = from as usize / 8;
            let output = resample(&sine(frequency, from, n, level), from, to);
            let inside = &output[output.len() / 8..output.len() * 7 / 8];
            let gain = db(amplitude(inside, frequency, to) / level);
            assert!(
                gain.abs() < 0.1,
                "{from} to {to}, {frequency} Hz: {gain} dB"
            );
            // Images above the input's range, and errors of the interpolation.
            let rest = db(residual(inside, frequency, to));
            assert!(
                rest < -65.0,
                "{from} to {to}, beside {frequency} Hz: {rest} dB"
            );
        }
        if to < from {
            for share in [1.0, 1.05, 1.2, 1.5, 1.9] {
                let frequency = share * nyquist + 30.0;
                if frequency < f64::from(from) / 2.0 - 30.0 {
                    let output =
                        resample(&sine(frequency, from, from as usize / 8, level), from, to);
                    let inside = &output[output.len() / 8..output.len() * 7 / 8];
                    let peak = inside.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0);
                    let rest = db(f64::from(peak) / level);
                    assert!(rest < -64.0, "{from} to {to}, {frequency} Hz: {rest} dB");
                }
            }
        }
    }
}

#[test]
fn signal_is_not_shifted() {
    for (from, to) in pairs() {
        let mut click = vec![0; from as usize / 50];
        let at = from as usize / 100;
        click[at] = i16::MAX;
        let output = resample(&click, from, to);
        let peak = (0..output.len()).max_by_key(|&i| output[i]).unwrap();
        let expected = at as f64 * f64::from(to) / f64::from(from);
        assert!(
            (peak as f64 - expected).abs() <= 1.0,
            "{from} to {to}: {peak}, not {expected}"
        );
    }
}

#[test]
fn loud_signals_are_limited_without_wrapping() {
    let square: Vec<i16> = (0..4000)
        .map(|i| if i / 20 % 2 == 0 { i16::MAX } else { i16::MIN })
        .collect();
    let output = resample(&square, 16_000, 48_000);
    for (i, &sample) in output.iter().enumerate() {
        let (input, within) = (square[i / 3], i % 60);
        if (6..54).contains(&within) {
            assert!(
                (i32::from(sample) - i32::from(input)).abs() < 9000,
                "{i}: {sample}, {input}"
            );
        }
    }
}

#[test]
fn rates_out_of_range_are_refused() {
    for (from, to, wrong) in [(0, 8000, 0), (8000, 1, 1), (u32::MAX, 8000, u32::MAX)] {
        assert_eq!(
            Resampler::new(from, to).unwrap_err(),
            UnsupportedRate(wrong)
        );
    }
}

#[test]
fn state_of_a_session_is_small_and_the_filter_is_shared() {
    let mut one = Resampler::new(48_000, 16_000).unwrap();
    let other = Resampler::new(48_000, 16_000).unwrap();
    let (Some(a), Some(b)) = (&one.filter, &other.filter) else {
        panic!("no filter")
    };
    assert!(Arc::ptr_eq(a, b));
    let mut output = Vec::new();
    one.push(&noise(480_000, 1), &mut output);
    assert!(
        one.history.capacity() * size_of::<f32>() < 10_000,
        "{}",
        one.history.capacity()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// For every division of a signal into chunks, the result is the same to the last bit, and as
    /// long as the input.
    #[test]
    fn chunks_give_the_same_as_the_whole(
        pair in 0..pairs().len(),
        cuts in prop::collection::vec(0_usize..1500, 0..8),
        seed: u64,
    ) {
        let (from, to) = pairs()[pair];
        let signal = noise(cuts.iter().sum(), seed);
        let whole = resample(&signal, from, to);
        let exact = (signal.len() as u64 * u64::from(to)).div_ceil(u64::from(from));
        prop_assert_eq!(whole.len() as u64, exact);

        let mut resampler = Resampler::new(from, to).unwrap();
        let (mut rest, mut output) = (&signal[..], Vec::new());
        // A finished stream does not affect the next one.
        resampler.push(&signal, &mut output);
        resampler.reset();
        output.clear();
        for cut in cuts {
            let (chunk, after) = rest.split_at(cut);
            resampler.push(chunk, &mut output);
            rest = after;
        }
        resampler.finish(&mut output);
        prop_assert!(output == whole);
    }
}
