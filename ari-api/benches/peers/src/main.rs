//! Events per second over a loopback WebSocket: this crate, other crates, and the WebSocket library
//! alone. Run it in the folder of its Cargo.toml:
//!
//! ```text
//! cargo run --release
//! ```
//!
//! A thread sends the same prepared events to each client, one client after the other in every
//! round, so that a noisy machine slows them alike. Each run has a server of its own. The figures
//! are medians over the rounds, and the ratios are medians of each round's ratio.
//! `ARI_BENCH_EVENTS` and `ARI_BENCH_ROUNDS` set the numbers of events and rounds.

mod clients;
mod flood;
mod ours;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use flood::Flood;
use ours::ReceivedEvents;

const NAMES: [&str; 4] = [
    "tokio-tungstenite alone",
    "ari-api",
    "asterisk-ari 0.3",
    "asterisk-rs-ari 0.8",
];

/// The timeout for a client to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The timeout after the last event.
const IDLE_TIMEOUT: Duration = Duration::from_secs(2);

/// One client in one round.
struct Run {
    events_a_second: f64,
    lost: u64,
    reported_lost: u64,
    out_of_order: u64,
}

fn main() {
    let events = size("ARI_BENCH_EVENTS", 300_000);
    let rounds = size("ARI_BENCH_ROUNDS", 5);
    let frames = flood::frames(flood::events(events));
    println!(
        "{events} events, {} bytes each with their frames",
        frames.len() as u64 / events
    );
    let rounds: Vec<[Run; 4]> = (0..rounds)
        .map(|_| std::array::from_fn(|index| run(index, frames.clone(), events)))
        .collect();
    for (index, name) in NAMES.iter().enumerate() {
        let runs = || rounds.iter().map(|round| &round[index]);
        let speed = median(runs().map(|run| run.events_a_second));
        let ratios = rounds.iter();
        let ratio =
            median(ratios.map(|round| round[index].events_a_second / round[0].events_a_second));
        let most = |of: fn(&Run) -> u64| runs().map(of).max().unwrap_or_default();
        println!(
            "{name:<24} {speed:>9.0} events a second, {ratio:.2} of the library alone; lost at most \
             {} ({} of them reported), out of order {}",
            most(|run| run.lost),
            most(|run| run.reported_lost),
            most(|run| run.out_of_order),
        );
    }
}

/// Makes one client read all events, in a runtime and from a server of its own.
fn run(index: usize, frames: Arc<[u8]>, events: u64) -> Run {
    let flood = Flood::listen(frames).expect("a free port");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let received = Arc::new(ReceivedEvents::default());
    let run = runtime.block_on(async {
        let (port, counts) = (flood.port, received.clone());
        let connecting = async {
            match index {
                0 => clients::bare(port, counts).await,
                1 => ours::connect(port, events as usize, counts).await,
                2 => clients::asterisk_ari(port, counts).await,
                _ => clients::asterisk_rs_ari(port, counts).await,
            }
        };
        let Ok(task) = tokio::time::timeout(CONNECT_TIMEOUT, connecting).await else {
            panic!(
                "{} did not connect within {CONNECT_TIMEOUT:?}",
                NAMES[index]
            );
        };
        flood.start();
        let start = Instant::now();
        let (mut seen, mut last) = (0, start);
        while seen < events && last.elapsed() < IDLE_TIMEOUT && start.elapsed() < flood::TIMEOUT {
            tokio::time::sleep(Duration::from_millis(1)).await;
            let now = received.events.load(Ordering::Acquire);
            if now > seen {
                (seen, last) = (now, Instant::now());
            }
        }
        task.abort();
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Run {
            events_a_second: seen as f64 / (last - start).as_secs_f64(),
            lost: events - seen,
            reported_lost: read(&received.reported_lost),
            out_of_order: read(&received.out_of_order),
        }
    });
    // A client may leave tasks behind that never end.
    runtime.shutdown_timeout(IDLE_TIMEOUT);
    run
}

fn size(variable: &str, usual: u64) -> u64 {
    let set = std::env::var(variable).ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
