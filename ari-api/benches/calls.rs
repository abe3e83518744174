//! Requests per second to a real Asterisk, compared with a bare HTTP client:
//!
//! ```text
//! ARI_URL=http://127.0.0.1:8088/ari ARI_USER=aritest ARI_PASSWORD=testme \
//!     cargo bench -p ari-api --bench calls
//! ```
//!
//! Both send `GET /asterisk/ping` with the same number of workers, each of which waits for a
//! response before it sends again. The bare client has a connection for each worker. Every round
//! measures both one after the other. The figures are medians over the rounds, and the ratio is the
//! median of each round's ratio. `ARI_BENCH_ROUNDS` sets the number of rounds.

#![allow(
    clippy::expect_used,
    reason = "a benchmark may end at the first problem"
)]

mod common;

use std::time::{Duration, Instant};

use ari_api::Client;
use base64::Engine as _;
use bytes::Bytes;
use common::{median, size};
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{AUTHORIZATION, HOST};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Numbers of requests in flight at a time.
const WORKERS: [usize; 3] = [1, 8, 32];

/// Duration of the measurement of each client in a round.
const ROUND_DURATION: Duration = Duration::from_millis(500);

/// The address of the server, and the credentials.
struct Server {
    url: String,
    user: String,
    password: String,
}

#[tokio::main]
async fn main() {
    let variable = |name, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.to_owned());
    let Ok(url) = std::env::var("ARI_URL") else {
        println!("skipped: ARI_URL does not say where a server is");
        return;
    };
    let server = Server {
        url,
        user: variable("ARI_USER", "aritest"),
        password: variable("ARI_PASSWORD", "testme"),
    };
    let client = Client::builder(&server.url)
        .credentials(&server.user, &server.password)
        .build()
        .expect("an address");
    for workers in WORKERS {
        let mut bare = Vec::new();
        for _ in 0..workers {
            bare.push(Bare::connect(&server).await);
        }
        let mut rates = Vec::new();
        for _ in 0..size("ARI_BENCH_ROUNDS", 15) {
            let ours = ours(&client, workers).await;
            let theirs;
            (bare, theirs) = bare_calls(bare).await;
            rates.push((ours, theirs));
        }
        println!(
            "{workers:>2} at a time: {:>6.0} calls a second, bare client {:>6.0}, ratio {:.2}",
            median(rates.iter().map(|(ours, _)| *ours)),
            median(rates.iter().map(|(_, theirs)| *theirs)),
            median(rates.iter().map(|(ours, theirs)| ours / theirs)),
        );
    }
}

/// Returns the requests per second of this crate.
async fn ours(client: &Client, workers: usize) -> f64 {
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..workers {
        let client = client.clone();
        tasks.spawn(async move {
            let mut calls = 0_u32;
            while start.elapsed() < ROUND_DURATION {
                client.asterisk().ping().await.expect("an answer");
                calls += 1;
            }
            calls
        });
    }
    let calls: u32 = tasks.join_all().await.into_iter().sum();
    f64::from(calls) / start.elapsed().as_secs_f64()
}

/// Returns the requests per second of hyper alone.
async fn bare_calls(connections: Vec<Bare>) -> (Vec<Bare>, f64) {
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for mut connection in connections {
        tasks.spawn(async move {
            let mut calls = 0_u32;
            while start.elapsed() < ROUND_DURATION {
                connection.ping().await;
                calls += 1;
            }
            (connection, calls)
        });
    }
    let done = tasks.join_all().await;
    let seconds = start.elapsed().as_secs_f64();
    let calls: u32 = done.iter().map(|(_, calls)| calls).sum();
    let connections = done.into_iter().map(|(connection, _)| connection);
    (connections.collect(), f64::from(calls) / seconds)
}

/// One of hyper's connections.
struct Bare {
    sender: SendRequest<Empty<Bytes>>,
    path: String,
    authority: String,
    authorization: String,
}

impl Bare {
    async fn connect(server: &Server) -> Self {
        let uri: hyper::Uri = server.url.parse().expect("an address");
        let authority = uri.authority().expect("a host").to_string();
        let stream = TcpStream::connect(&authority).await.expect("a server");
        stream.set_nodelay(true).expect("a connection");
        let handshake = http1::handshake(TokioIo::new(stream)).await;
        let (sender, connection) = handshake.expect("a connection");
        tokio::spawn(connection);
        let pair = format!("{}:{}", server.user, server.password);
        let pair = base64::engine::general_purpose::STANDARD.encode(pair);
        Bare {
            sender,
            path: format!("{}/asterisk/ping", uri.path().trim_end_matches('/')),
            authority,
            authorization: format!("Basic {pair}"),
        }
    }

    async fn ping(&mut self) {
        let request = hyper::Request::get(&self.path)
            .header(HOST, &self.authority)
            .header(AUTHORIZATION, &self.authorization)
            .body(Empty::new())
            .expect("a request");
        self.sender.ready().await.expect("a connection");
        let answer = self.sender.send_request(request).await.expect("an answer");
        assert_eq!(answer.status(), 200);
        answer.into_body().collect().await.expect("a body");
    }
}
