//! Memory of streams of objects, and memory that remains after channels were created and destroyed:
//!
//! ```text
//! cargo bench -p ari-api --bench memory
//! ```
//!
//! The benchmark measures the resident memory of the process, which Linux reports.
//! `ARI_BENCH_CHANNELS` sets the number of channels that are created and destroyed: by default a
//! million.

#![allow(
    clippy::expect_used,
    reason = "a benchmark may end at the first problem"
)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use ari_api::Event;
use common::{CHANNEL, EVENTS, connect, size};

/// Number of channels that exist at a time.
const CONCURRENT_CHANNELS: usize = 1_000;

/// Number of streams that are opened to measure the memory of one.
const OPEN_STREAMS: usize = 100_000;

/// Duration of one batch of channels. The rate is constant: a channel that has left the application
/// is tracked for another second, so the memory depends on the rate.
const BATCH_INTERVAL: Duration = Duration::from_millis(50);

/// Number of measurements while channels are created and destroyed.
const MEASUREMENTS: usize = 10;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if resident().is_none() {
        println!("skipped: this system does not tell the memory of a process");
        return;
    }
    let channels = size("ARI_BENCH_CHANNELS", 1_000_000);
    open_streams().await;
    churn_channels(channels).await;
}

/// Measures the memory of one open stream.
async fn open_streams() {
    let (client, _session, player) = connect().await;
    let id = |number| format!("1763862531.{number}");
    player.enter((0..OPEN_STREAMS).map(id)).await;
    let mut streams = Vec::with_capacity(OPEN_STREAMS);
    let before = resident().unwrap_or_default();
    for number in 0..OPEN_STREAMS {
        streams.push(client.channel(id(number)).events());
    }
    let after = resident().unwrap_or_default();
    println!(
        "{OPEN_STREAMS} streams of channels open: {} bytes each",
        (after - before) / OPEN_STREAMS
    );
}

/// Opens streams of channels, plays the events of each channel, and reads the stream to its end.
async fn churn_channels(channels: usize) {
    let (client, session, player) = connect().await;
    let lives: Vec<&str> = EVENTS
        .lines()
        .filter(|text| {
            [
                "StasisStart",
                "ChannelStateChange",
                "StasisEnd",
                "ChannelDestroyed",
            ]
            .iter()
            .any(|kind| text.contains(&format!("\"type\":\"{kind}\"")))
        })
        .collect();
    let rounds = (channels / CONCURRENT_CHANNELS).max(MEASUREMENTS);
    let mut pace = tokio::time::interval(BATCH_INTERVAL);
    for round in 0..rounds {
        pace.tick().await;
        let ids: Vec<String> = (0..CONCURRENT_CHANNELS)
            .map(|number| format!("{round}.{number}"))
            .collect();
        let streams: Vec<_> = ids.iter().map(|id| client.channel(id).events()).collect();
        // They are played from the last to the first.
        let texts: Arc<[String]> = lives
            .iter()
            .rev()
            .flat_map(|text| ids.iter().map(|id| text.replace(CHANNEL, id)))
            .collect();
        player.play(&texts, texts.len()).await;
        for mut stream in streams {
            let mut told = 0;
            let mut destroyed = false;
            while let Some(event) = stream.next().await {
                told += 1;
                destroyed = matches!(&*event.expect("it fits"), Event::ChannelDestroyed(_));
            }
            assert_eq!((told, destroyed), (lives.len(), true));
        }
        if (round + 1) % (rounds / MEASUREMENTS) == 0 {
            println!(
                "{:>9} channels have come and gone: {:>6} KiB",
                (round + 1) * CONCURRENT_CHANNELS,
                resident().unwrap_or_default() / 1024
            );
        }
    }
    println!("{:?}", session.stats());
}

/// Returns the bytes of memory that the process has.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: usize = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
