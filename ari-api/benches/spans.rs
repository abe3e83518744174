//! The cost of the spans of requests: without a subscriber, with one that wants no spans, and with one
//! that keeps every field of every span as text.
//!
//! ```text
//! cargo bench -p ari-api --bench spans
//! ```
//!
//! Each round measures all three, one after the other, once over a transport that responds at once,
//! which shows the nanoseconds, and once over HTTP to a fake server in another thread, which shows the
//! ratio. `ARI_URL`, `ARI_USER` and `ARI_PASSWORD` name another server. The figures are medians over the
//! rounds, and the ratio is the median of each round's ratio. `ARI_BENCH_ROUNDS` sets the number of
//! rounds.

#![allow(
    clippy::expect_used,
    reason = "a benchmark may end at the first problem"
)]

mod common;

use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use ari_api::Client;
use common::{Player, median, size};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::NoSubscriber;
use tracing::{Dispatch, Event, Metadata, Subscriber};

/// Keeps the text of the current span.
struct Keeper {
    wants_spans: bool,
    next: AtomicU64,
    text: Mutex<String>,
}

impl Keeper {
    fn dispatch(wants_spans: bool) -> Dispatch {
        Dispatch::new(Keeper {
            wants_spans,
            next: AtomicU64::new(1),
            text: Mutex::default(),
        })
    }
}

struct Text<'a>(&'a mut String);

impl Visit for Text<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, "{field}={value:?} ").expect("a string takes everything");
    }
}

impl Subscriber for Keeper {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.wants_spans && metadata.is_span()
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut text = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        text.clear();
        attributes.record(&mut Text(&mut text));
        Id::from_u64(self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut text = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        values.record(&mut Text(&mut text));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn main() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().expect("a runtime")
    };
    let (address, addressed) = std::sync::mpsc::channel();
    let url = std::env::var("ARI_URL").unwrap_or_else(|_| {
        std::thread::spawn(move || {
            runtime().block_on(async {
                let pbx = ari_mock::Asterisk::start().await.expect("a server");
                address.send(pbx.url()).expect("the benchmark waits");
                std::future::pending::<()>().await;
            });
        });
        addressed.recv().expect("an address")
    });
    let variable = |name, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.to_owned());
    let user = variable("ARI_USER", "aritest");
    let password = variable("ARI_PASSWORD", "testme");
    let client = Client::builder(url).credentials(user, password);
    let client = client.build().expect("a client");
    let runtime = runtime();
    let memory = Client::new(Player::default());
    let rounds = size("ARI_BENCH_ROUNDS", 41);
    for (name, client, requests) in [("memory", &memory, 20_000), ("HTTP", &client, 1_000)] {
        let requests = size("ARI_BENCH_REQUESTS", requests);
        let mut times = Vec::new();
        for _ in 0..=rounds {
            let time = |subscriber: &Dispatch| {
                tracing::dispatcher::with_default(subscriber, || {
                    runtime.block_on(measure(client, requests))
                })
            };
            times.push([
                time(&Dispatch::new(NoSubscriber::default())),
                time(&Keeper::dispatch(false)),
                time(&Keeper::dispatch(true)),
            ]);
        }
        // The first round opens connections.
        times.remove(0);
        for (index, subscriber) in ["none", "no spans", "spans"].iter().enumerate() {
            println!(
                "{name:>6}, subscriber: {subscriber:>8}: {:>8.0} ns a request, ratio {:.3}",
                median(times.iter().map(|times| times[index])),
                median(times.iter().map(|times| times[index] / times[0])),
            );
        }
    }
}

/// Returns the nanoseconds of a request.
async fn measure(client: &Client, requests: usize) -> f64 {
    let start = Instant::now();
    for _ in 0..requests {
        client.channels().list().await.expect("a response");
    }
    start.elapsed().as_secs_f64() * 1e9 / requests as f64
}
