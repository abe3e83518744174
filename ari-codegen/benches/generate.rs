//! Measures the time to read, merge and emit all bundled releases:
//!
//! ```text
//! cargo bench -p ari-codegen --bench generate
//! ```
//!
//! The figures are medians over the rounds.

use std::time::Instant;

use ari_codegen::{Error, Generator};

const ROUNDS: usize = 15;

fn main() -> Result<(), Error> {
    // Under `cargo test --benches`, a single round checks that everything runs.
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        ROUNDS
    } else {
        1
    };
    let mut reading = Vec::new();
    let mut whole = Vec::new();
    let mut lines = 0;
    for _ in 0..rounds {
        let generator = Generator::bundled()?;
        let start = Instant::now();
        generator.read()?;
        reading.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        lines = generator.generate()?.lines();
        whole.push(start.elapsed().as_secs_f64());
    }
    println!(
        "13 releases, {lines} lines: read and merged in {:.0} ms, read, merged and emitted in \
         {:.0} ms",
        median(reading) * 1000.0,
        median(whole) * 1000.0
    );
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
