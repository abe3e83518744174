//! The parts of the benchmark beside other clients (`ari-api/benches/peers`) that need none of them:
//! its server and this crate's client. A client cannot disturb the round after its own, and nothing
//! waits without a limit.

#![cfg(test)]

use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use ari_test_support::LIMIT;
use tokio_tungstenite::tungstenite::{self, Message};

// Only its own program uses all of it.
#[allow(dead_code, unreachable_pub, clippy::expect_used)]
#[path = "../ari-api/benches/peers/src/flood.rs"]
mod flood;

#[allow(unreachable_pub, clippy::expect_used)]
#[path = "../ari-api/benches/peers/src/ours.rs"]
mod ours;

use flood::Flood;

const EVENTS: usize = 500;

type Socket = tungstenite::WebSocket<TcpStream>;

fn connect(port: u16) -> Socket {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    tungstenite::client(format!("ws://127.0.0.1:{port}/ari/events"), stream)
        .unwrap()
        .0
}

fn round() -> Flood {
    Flood::listen(flood::frames(flood::events(EVENTS as u64))).unwrap()
}

fn read_all(socket: &mut Socket) {
    for _ in 0..EVENTS {
        assert!(matches!(socket.read().unwrap(), Message::Text(_)));
    }
}

#[test]
fn reconnecting_client_does_not_disturb_the_next_round() {
    let started = Instant::now();
    let first = round();
    let mut socket = connect(first.port);
    first.start();
    read_all(&mut socket);
    // It reconnects while its round ends, and never reads again.
    drop(socket);
    let late = TcpStream::connect(("127.0.0.1", first.port)).unwrap();
    let (port, ended) = (first.port, Instant::now());
    drop(first);
    assert!(ended.elapsed() < flood::TIMEOUT / 2);

    let second = round();
    assert_ne!(second.port, port);
    let mut socket = connect(second.port);
    second.start();
    read_all(&mut socket);
    drop((late, second));
    assert!(started.elapsed() < flood::TIMEOUT);
}

#[test]
fn client_that_reconnects_before_the_start_receives_all_events() {
    let round = round();
    drop(connect(round.port));
    let mut socket = connect(round.port);
    round.start();
    read_all(&mut socket);
}

#[tokio::test]
async fn client_of_this_crate_receives_all_events_in_order() {
    let round = round();
    let received_events = Arc::new(ours::ReceivedEvents::default());
    let task = ours::connect(round.port, EVENTS, received_events.clone()).await;
    round.start();
    let received = async {
        while received_events.events.load(Ordering::Acquire) < EVENTS as u64 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(flood::TIMEOUT, received)
        .await
        .unwrap();
    task.abort();
    assert_eq!(received_events.reported_lost.load(Ordering::Relaxed), 0);
    assert_eq!(received_events.out_of_order.load(Ordering::Relaxed), 0);
}
