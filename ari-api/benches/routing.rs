//! Cost of finding the streams that want an event, and its growth with thousands of open streams:
//!
//! ```text
//! cargo bench -p ari-api --bench routing
//! ```
//!
//! A session reads prepared texts from memory. Every round measures all candidates one after the
//! other, so that a noisy machine slows them alike. The figures are medians over the rounds, and
//! the ratios are medians of each round's ratio. `ARI_BENCH_ROUNDS` sets the number of rounds.

#![allow(
    clippy::expect_used,
    reason = "a benchmark may end at the first problem"
)]

mod common;

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ari_api::Event;
use ari_api::stream::ObjectStream;
use common::{CHANNEL, EVENTS, Player, connect, median, size};
use serde_json::Value;
use tokio::task::JoinHandle;

/// Numbers of open streams of channels.
const OPEN_STREAMS: [usize; 4] = [1, 100, 1_000, 10_000];

/// Number of events that are read at a time.
const EVENTS_PER_PASS: usize = 20_000;

/// A client with open streams, of other channels than those of the events, or of those as well.
struct Candidate {
    name: String,
    player: Player,
    texts: Arc<[String]>,
    _streams: Vec<ObjectStream<Event>>,
    taker: Option<Taker>,
}

/// A task that takes the events of the channel, and counts them.
struct Taker {
    taken: Arc<AtomicUsize>,
    _task: JoinHandle<()>,
}

impl Taker {
    fn spawn(mut stream: ObjectStream<Event>) -> Self {
        let taken = Arc::new(AtomicUsize::new(0));
        let count = taken.clone();
        let task = tokio::spawn(async move {
            while let Some(event) = stream.next().await {
                black_box(event.expect("the events fit, and are taken in time"));
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        Taker { taken, _task: task }
    }

    /// Waits until it has taken this number of events, and resets the count.
    async fn has_taken(&self, count: usize) {
        while self.taken.load(Ordering::Relaxed) < count {
            tokio::task::yield_now().await;
        }
        self.taken.store(0, Ordering::Relaxed);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let texts: Arc<[String]> = EVENTS.lines().map(str::to_owned).collect();
    // The stream of a channel ends with the channel, so its end must not be among them.
    let lasting: Arc<[String]> = texts
        .iter()
        .filter(|text| text.contains(&format!("\"id\":\"{CHANNEL}\"")))
        .filter(|text| !text.contains("StasisEnd") && !text.contains("ChannelDestroyed"))
        .cloned()
        .collect();
    let mut candidates = Vec::new();
    for open in OPEN_STREAMS {
        candidates.push(candidate(open, &texts, false).await);
    }
    for open in OPEN_STREAMS {
        candidates.push(candidate(open, &lasting, true).await);
    }
    let rounds = size("ARI_BENCH_ROUNDS", 31);
    let mut measured = vec![Vec::new(); candidates.len()];
    for _ in 0..rounds {
        // Events differ in length, so each candidate is compared with the parsing of its own.
        let (all, some) = (parse(&texts), parse(&lasting));
        for (candidate, times) in candidates.iter().zip(&mut measured) {
            let value = if candidate.taker.is_some() { some } else { all };
            times.push((value, candidate.measure().await));
        }
    }
    for (index, candidate) in candidates.iter().enumerate() {
        let times = &measured[index];
        // The first of the same texts has one stream open.
        let one = &measured[index / OPEN_STREAMS.len() * OPEN_STREAMS.len()];
        println!(
            "{:<40} {:>6.0} ns an event of {:>6.0} as serde_json::Value, {:>5.1} times as fast, \
             {:>4.2} times the time with 1 open",
            candidate.name,
            median(times.iter().map(|(_, time)| *time)),
            median(times.iter().map(|(value, _)| *value)),
            median(times.iter().map(|(value, time)| value / time)),
            median(
                times
                    .iter()
                    .zip(one)
                    .map(|((_, time), (_, one))| time / one)
            ),
        );
    }
}

async fn candidate(open: usize, texts: &Arc<[String]>, wanted: bool) -> Candidate {
    let (client, session, player) = connect().await;
    let others = open - usize::from(wanted);
    let id = |number| format!("1763000000.{number}");
    let there = (0..others).map(id).chain([CHANNEL.to_owned()]);
    player.enter(there).await;
    let streams = (0..others).map(|number| client.channel(id(number)).events());
    let streams = streams.collect();
    let taker = wanted.then(|| Taker::spawn(client.channel(CHANNEL).events()));
    let before = session.stats();
    player.play(texts, texts.len()).await;
    if let Some(taker) = &taker {
        taker.has_taken(texts.len()).await;
    }
    let after = session.stats();
    let (decoded, unwanted) = if wanted {
        (texts.len(), 0)
    } else {
        (0, texts.len())
    };
    assert_eq!(after.decoded - before.decoded, decoded as u64);
    assert_eq!(after.skipped - before.skipped, unwanted as u64);
    // The task that waits for the end of this process keeps the session open.
    tokio::spawn(async move {
        let _session = session;
        std::future::pending::<()>().await;
    });
    let what = if wanted {
        "one of them wants it"
    } else {
        "none of them wants it"
    };
    Candidate {
        name: format!("{open} streams open, {what}"),
        player,
        texts: texts.clone(),
        _streams: streams,
        taker,
    }
}

impl Candidate {
    /// Returns nanoseconds per event.
    async fn measure(&self) -> f64 {
        let start = Instant::now();
        self.player.play(&self.texts, EVENTS_PER_PASS).await;
        if let Some(taker) = &self.taker {
            taker.has_taken(EVENTS_PER_PASS).await;
        }
        each(start.elapsed(), EVENTS_PER_PASS)
    }
}

/// Returns nanoseconds per event.
fn parse(texts: &[String]) -> f64 {
    let start = Instant::now();
    let passes = EVENTS_PER_PASS / texts.len() / 4;
    for _ in 0..passes {
        for text in texts {
            drop(black_box(serde_json::from_str::<Value>(black_box(text))));
        }
    }
    each(start.elapsed(), passes * texts.len())
}

fn each(time: Duration, count: usize) -> f64 {
    time.as_nanos() as f64 / count as f64
}
