//! The share of a core that the conversion of one stream of audio takes:
//!
//! ```text
//! cargo bench -p ari-media --bench pcm
//! ```

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark may end at the first problem"
)]

use std::hint::black_box;
use std::time::Instant;

use ari_media::pcm::{ByteOrder, Decoder, Encoder, Format, Resampler};

/// The length of the audio, in seconds.
const SECONDS: u32 = 60;

/// Returns noise at a rate.
fn noise(rate: u32) -> Vec<i16> {
    let mut state = 1_u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        i16::from_ne_bytes([state.to_be_bytes()[0], state.to_be_bytes()[1]])
    };
    (0..rate * SECONDS).map(next).collect()
}

/// Converts frames of 20 ms, and prints the share of a core.
fn measure(name: &str, rate: u32, mut convert: impl FnMut(&[i16])) {
    let signal = noise(rate);
    let begin = Instant::now();
    for frame in signal.chunks(rate as usize / 50) {
        convert(black_box(frame));
    }
    let share = begin.elapsed().as_secs_f64() / f64::from(SECONDS) * 100.0;
    println!("{name:<24} {share:>6.3} % of a core");
}

fn main() {
    for (from, to) in [
        (8_000, 16_000),
        (16_000, 24_000),
        (24_000, 16_000),
        (48_000, 16_000),
        (44_100, 16_000),
    ] {
        let mut resampler = Resampler::new(from, to).expect("a rate that is supported");
        let mut output = Vec::new();
        measure(&format!("{from} to {to} Hz"), from, |frame| {
            output.clear();
            resampler.push(frame, &mut output);
        });
    }
    for format in [Format::Ulaw, Format::Alaw, Format::G722] {
        let order = ByteOrder::Little;
        let mut encoder = Encoder::new(format, order).expect("a format that is supported");
        let mut decoder = Decoder::new(format, order).expect("a format that is supported");
        let (mut bytes, mut samples) = (Vec::new(), Vec::new());
        let rate = format.sample_rate().hz();
        measure(&format!("{format}, both ways"), rate, |frame| {
            bytes.clear();
            samples.clear();
            encoder.encode(frame, &mut bytes);
            decoder.decode(&bytes, &mut samples);
        });
    }
}
