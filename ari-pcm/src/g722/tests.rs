use super::tables::STEP;
use super::*;
use ari_test_support::signal::{amplitude, db, noise, sine};

fn encode(samples: &[i16]) -> Vec<u8> {
    let mut encoder = Encoder::default();
    samples
        .as_chunks::<2>()
        .0
        .iter()
        .map(|&pair| encoder.encode(pair))
        .collect()
}

fn decode(bytes: &[u8]) -> Vec<i16> {
    let mut decoder = Decoder::default();
    bytes
        .iter()
        .flat_map(|&byte| decoder.decode(byte))
        .collect()
}

#[test]
fn step_sizes_are_powers_of_two() {
    for (i, &step) in STEP.iter().enumerate() {
        let exact = 2048.0 * (i as f64 / 32.0).exp2();
        assert!(
            (exact - f64::from(step)).abs() <= 1.0,
            "{i}: {step}, {exact}"
        );
    }
}

#[test]
fn tones_keep_pitch_and_level() {
    for frequency in [100.0, 440.0, 1000.0, 3000.0, 5000.0, 6500.0] {
        let amplitude_in = 8000.0;
        let heard = decode(&encode(&sine(frequency, 16_000, 16_000, amplitude_in)));
        let settled = &heard[4000..];
        let gain = db(amplitude(settled, frequency, 16_000) / amplitude_in);
        assert!(gain.abs() < 0.5, "{frequency} Hz: {gain} dB");
        let level = |samples: &[i16]| {
            (samples.iter().map(|&s| f64::from(s).powi(2)).sum::<f64>() / samples.len() as f64)
                .sqrt()
        };
        let tone = amplitude(settled, frequency, 16_000) / 2_f64.sqrt();
        let rest = (level(settled).powi(2) - tone.powi(2)).max(0.0).sqrt();
        assert!(
            db(rest / tone) < -15.0,
            "{frequency} Hz: noise {} dB",
            db(rest / tone)
        );
    }
}

/// No input makes the arithmetic overflow, which would panic in a test build.
#[test]
fn extreme_signals_are_limited() {
    let square: Vec<i16> = (0..32_000)
        .map(|i| if i / 40 % 2 == 0 { i16::MAX } else { i16::MIN })
        .collect();
    let loud: Vec<i16> = noise(32_000, 7)
        .into_iter()
        .map(|s| s.saturating_mul(4))
        .collect();
    for signal in [square, loud] {
        assert_eq!(decode(&encode(&signal)).len(), signal.len());
    }
    let bytes: Vec<u8> = noise(64_000, 3)
        .into_iter()
        .map(|s| (s >> 4) as u8)
        .collect();
    decode(&bytes);
    for byte in 0..=255 {
        decode(&[byte; 4000]);
    }
}

/// A walk in integers, which is the same on all platforms, from silence to full scale.
fn walk() -> Vec<i16> {
    let mut value = 0;
    let steps = noise(32_000, 722);
    steps
        .iter()
        .enumerate()
        .map(|(i, &step)| {
            let scaled = i32::from(step) * (i as i32 / 100) / 1600;
            value = (value + scaled) * 15 / 16;
            value.clamp(-32_768, 32_767) as i16
        })
        .collect()
}

fn hash(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Asterisk 16 and 22 give the same bytes for this signal, and the same samples for the bytes.
#[test]
fn result_equals_that_of_asterisk() {
    let bytes = encode(&walk());
    let samples = decode(&bytes);
    assert_eq!(hash(bytes), 0x34d7_56e9_26c8_82e8);
    assert_eq!(
        hash(samples.into_iter().flat_map(i16::to_le_bytes)),
        0x3779_6c17_0167_1edb
    );
}
