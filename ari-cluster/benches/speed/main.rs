//! The speed of a cluster, and its unit costs, with a real `nats-server` on this machine:
//!
//! ```text
//! cargo bench -p ari-cluster --bench speed                 # everything
//! cargo bench -p ari-cluster --bench speed -- events       # one part
//! ```
//!
//! The parts are `events`, `requests`, `calls`, `memory` and `gateways`. Gateways, workers, fake
//! servers and bare clients each have a thread with a runtime of its own, so that the CPU time of each
//! is known. What is compared is measured in turns, and the medians are printed.
//! `ARI_BENCH_ROUNDS` sets the number of turns (5), `ARI_BENCH_EVENTS` the events of each (50000),
//! `ARI_BENCH_CALLS` the calls of `memory` (20000), `ARI_BENCH_SECONDS` the duration of each
//! measurement of `gateways` (5). `requests` also measures a real Asterisk if `ARI_BENCH_ASTERISK` is its
//! URL, such as `http://127.0.0.1:8088/ari` of `tests/asterisk/run`.

#![allow(
    clippy::expect_used,
    reason = "a benchmark may end at the first problem"
)]

mod calls;
mod events;
mod gateways;
mod measure;
mod memory;
mod requests;
mod server;

use ari_test_support::NatsServer;

type Measurement = fn(&NatsServer);

fn main() {
    let names: Vec<_> = std::env::args().skip(1).collect();
    let is_wanted = |name: &str| {
        let mut chosen = names
            .iter()
            .filter(|name| !name.starts_with('-'))
            .peekable();
        chosen.peek().is_none() || chosen.any(|chosen| chosen == name)
    };
    let Some(nats) = NatsServer::start() else {
        return;
    };
    measure::wait_for(&nats);
    let parts: [(&str, Measurement); 5] = [
        ("events", events::run),
        ("requests", requests::run),
        ("calls", calls::run),
        ("memory", memory::run),
        ("gateways", gateways::run),
    ];
    for (name, run) in parts {
        if is_wanted(name) {
            run(&nats);
        }
    }
}
