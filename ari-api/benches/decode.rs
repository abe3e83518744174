//! Speed of decoding events, compared with decoding the same texts into `serde_json::Value`:
//!
//! ```text
//! cargo bench -p ari-api --bench decode
//! ```
//!
//! Every round measures all candidates one after the other, so that a noisy machine slows them
//! alike. The figures are medians over the rounds, and the ratios are medians of each round's
//! ratio.

use std::hint::black_box;
use std::time::{Duration, Instant};

use ari_api::Event;
use ari_api::stream::{EventType, find_event_type};
use serde_json::Value;

/// Written for this benchmark: the events of an inbound call with a menu, a recording and a bridge.
const EVENTS: &str = include_str!("events.jsonl");
const ROUNDS: usize = 61;
const ROUND: Duration = Duration::from_millis(20);

/// A way of processing an event, and its name.
type Candidate = (&'static str, fn(&str));

const CANDIDATES: [Candidate; 3] = [
    ("serde_json::Value", |raw| {
        drop(black_box(serde_json::from_str::<Value>(raw)))
    }),
    ("Event", |raw| drop(black_box(Event::decode(raw)))),
    ("only the kind", |raw| {
        drop(black_box(find_event_type(raw, "type")))
    }),
];

fn main() {
    let events: Vec<&str> = EVENTS.lines().collect();
    let bytes: usize = events.iter().map(|event| event.len()).sum();
    for event in &events {
        let decoded = Event::decode(event);
        assert!(
            matches!(&decoded, Ok(event) if !matches!(event, Event::Unknown { .. })),
            "{event}"
        );
    }
    // As a test (`cargo test --benches`), one round shows that everything runs.
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        ROUNDS
    } else {
        1
    };
    let rounds: Vec<[f64; 3]> = (0..rounds)
        .map(|_| CANDIDATES.map(|(_, look)| nanoseconds(&events, look)))
        .collect();
    println!(
        "{} events, {} bytes each on average",
        events.len(),
        bytes / events.len()
    );
    for (index, (name, _)) in CANDIDATES.iter().enumerate() {
        let time = median(rounds.iter().map(|round| round[index]));
        let speed = median(rounds.iter().map(|round| round[0] / round[index]));
        println!("{name:<20} {time:>8.0} ns an event, {speed:>6.2} times serde_json::Value");
    }
}

/// Returns nanoseconds per event over the whole mix.
fn nanoseconds(events: &[&str], look: fn(&str)) -> f64 {
    let start = Instant::now();
    let mut passes = 0_u32;
    while passes == 0 || start.elapsed() < ROUND {
        for event in events {
            look(black_box(event));
        }
        passes += 1;
    }
    start.elapsed().as_nanos() as f64 / f64::from(passes) / events.len() as f64
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
