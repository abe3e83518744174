//! Connections that have died unnoticed: pings detect them, and raise no false alarm.

use std::time::{Duration, Instant};

use ari_api::Client;
use ari_test_support::{
    LIMIT,
    frame::{self, opcode},
    wait_until, within_limit,
};

use crate::sample::numbered_user_event;
use crate::server::fast_reconnect;
use crate::transcript::{
    format_result, next_transcript, remaining_transcripts, run, transcripts_up_to,
};

const INTERVAL: Duration = Duration::from_millis(200);
const TIMEOUT: Duration = Duration::from_millis(300);

#[test]
fn silent_peer_is_detected() {
    run(async |server| {
        let client = server
            .builder()
            .keepalive(INTERVAL, TIMEOUT)
            .build()
            .expect("a client");
        let begin = Instant::now();
        let (mut app, mut peer) = server.connect(&client).await;
        assert_eq!(
            peer.next_frame().map(|(opcode, _)| opcode),
            Some(opcode::PING)
        );
        // No pong.
        assert_eq!(next_transcript(&mut app).await, "Disconnected");
        assert!(begin.elapsed() >= INTERVAL + TIMEOUT);
        assert_eq!(next_transcript(&mut app).await, "Reconnected");
    });
}

/// A server that opens every WebSocket and then sends nothing uses up the attempts, however long
/// that takes to detect. One that sends something does not.
#[test]
fn silence_after_handshake_uses_up_attempts() {
    let reconnect = fast_reconnect().max_attempts(2);
    run(async |server| {
        let builder = server.builder().keepalive(INTERVAL, TIMEOUT);
        let client = builder
            .reconnect(reconnect.clone())
            .build()
            .expect("a client");
        let (mut app, _peer) = server.connect(&client).await;
        let items = remaining_transcripts(&mut app).await;
        let last = items.last().expect("an item");
        assert!(
            last.starts_with("Disconnected: no sign of life"),
            "{items:?}"
        );
        assert_eq!(server.request_count("GET /events"), 3);
    });
    run(async |server| {
        let builder = server.builder().keepalive(INTERVAL, TIMEOUT);
        let client = builder
            .reconnect(reconnect.clone())
            .build()
            .expect("a client");
        let (mut app, mut peer) = server.connect(&client).await;
        for number in 0..4 {
            peer.send_event(&numbered_user_event("c", number));
            transcripts_up_to(&mut app, &format!("ChannelUserevent {number}")).await;
            transcripts_up_to(&mut app, "Reconnected").await;
            peer = server.peer();
        }
    });
}

/// Anything that arrives shows that the peer is alive: events, pings, pongs, binary messages.
#[test]
fn any_incoming_frame_resets_keepalive() {
    let event = numbered_user_event("c", 1).to_string();
    for sign in [
        frame::encode(true, opcode::TEXT, event.as_bytes()),
        frame::encode(true, opcode::PING, b"p"),
        frame::encode(true, opcode::PONG, b""),
        frame::encode(true, opcode::BINARY, b"b"),
    ] {
        run(async |server| {
            // Long enough for a loaded machine.
            let timeout = LIMIT * 100;
            let builder = server.builder().keepalive(INTERVAL, timeout);
            let client = builder.build().expect("a client");
            let (mut app, mut peer) = server.connect(&client).await;
            for _ in 0..3 {
                loop {
                    let frame = peer.next_frame().expect("a ping");
                    if frame.0 == opcode::PING {
                        break;
                    }
                    assert_eq!(frame, (opcode::PONG, b"p".to_vec()));
                }
                peer.send_raw(&sign);
            }
            peer.send_event(&numbered_user_event("c", 2));
            while next_transcript(&mut app).await != "ChannelUserevent 2" {}
            assert_eq!(app.session().stats().reconnects, 0);
        });
    }
}

/// Asterisk responds to pings after the request that it is processing.
#[test]
fn missing_pong_is_tolerated_during_request() {
    for forgotten in [false, true] {
        run(async |server| {
            let client = server
                .builder()
                .keepalive(INTERVAL, TIMEOUT)
                .build()
                .expect("a client");
            let (mut app, mut peer) = server.connect(&client).await;
            let over = Client::over_session(app.session());
            let limit = if forgotten { TIMEOUT } else { LIMIT };
            let waiting = over.with_timeout(limit);
            let request = tokio::spawn(async move { waiting.asterisk().ping().await });
            let arrived = peer.next_request();
            let begin = Instant::now();
            while begin.elapsed() < (INTERVAL + TIMEOUT) * 4 {
                tokio::time::sleep(TIMEOUT).await;
            }
            assert_eq!(app.session().stats().reconnects, 0);
            assert_eq!(server.request_count("GET /events"), 1);
            peer.respond(&arrived, 200, &crate::over_socket::pong());
            let expected = if forgotten { "OutcomeUnknown" } else { "Ok" };
            assert_eq!(
                format_result(&within_limit(request).await.expect("no panic")),
                expected
            );
            // From here on it counts again.
            assert_eq!(next_transcript(&mut app).await, "Disconnected");
            drop(over);
        });
    }
}

/// If the server sends nothing while a request waits, this is detected after the request's timeout.
#[test]
fn dead_peer_is_detected_after_request_timeout() {
    run(async |server| {
        let builder = server.builder().keepalive(INTERVAL, TIMEOUT);
        let client = builder.timeout(TIMEOUT * 2).build().expect("a client");
        let (mut app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let request = tokio::spawn(async move { over.asterisk().ping().await });
        peer.next_request();
        assert_eq!(
            format_result(&within_limit(request).await.expect("no panic")),
            "OutcomeUnknown"
        );
        assert_eq!(next_transcript(&mut app).await, "Disconnected");
    });
}

/// Further requests do not prevent this: a frozen server is detected, however busy its clients are.
#[test]
fn steady_requests_do_not_hide_dead_peer() {
    run(async |server| {
        let builder = server.builder().keepalive(INTERVAL, TIMEOUT);
        let client = builder.timeout(TIMEOUT * 3).build().expect("a client");
        let (mut app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let begin = Instant::now();
        let asking = tokio::spawn(async move {
            let mut requests = tokio::task::JoinSet::new();
            loop {
                requests.spawn(over.asterisk().ping().into_future());
                tokio::time::sleep(TIMEOUT / 3).await;
            }
        });
        peer.next_request();
        assert_eq!(next_transcript(&mut app).await, "Disconnected");
        // Not before the first of them had its time.
        assert!(begin.elapsed() >= TIMEOUT * 3);
        asking.abort();
        assert!(within_limit(asking).await.is_err());
    });
}

#[test]
fn pongs_are_only_sent_for_pings() {
    run(async |server| {
        let client = server
            .builder()
            .keepalive(INTERVAL, LIMIT * 100)
            .build()
            .expect("a client");
        let (app, mut peer) = server.connect(&client).await;
        for payload in [&b""[..], b"are you there", &[7; 125]] {
            peer.send_ping(payload);
            loop {
                match peer.next_frame().expect("a pong") {
                    (opcode::PING, payload) => {
                        peer.send_raw(&frame::encode(true, opcode::PONG, &payload))
                    }
                    (opcode, answered) => {
                        assert_eq!((opcode, &answered[..]), (opcode::PONG, payload));
                        break;
                    }
                }
            }
        }
        // Nor in response to pongs.
        peer.send_raw(&frame::encode(true, opcode::PONG, b"unasked"));
        for _ in 0..3 {
            let (opcode, payload) = peer.next_frame().expect("a ping");
            assert_eq!(opcode, opcode::PING);
            peer.send_raw(&frame::encode(true, opcode::PONG, &payload));
        }
        assert_eq!(app.session().stats().reconnects, 0);
    });
}

/// As long as possible: no pings at all, and no panic.
#[test]
fn unlimited_keepalive_does_not_panic() {
    for (interval, timeout) in [
        (Duration::MAX, Duration::MAX),
        (Duration::ZERO, Duration::MAX),
        (Duration::MAX, Duration::ZERO),
    ] {
        run(async |server| {
            let builder = server
                .builder()
                .keepalive(interval, timeout)
                .timeout(Duration::MAX);
            let client = builder.build().expect("a client");
            let (mut app, mut peer) = server.connect(&client).await;
            peer.send_event(&numbered_user_event("c", 1));
            assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 1");
            let ending = client.clone();
            let ended = tokio::spawn(async move { ending.close(Duration::MAX).await });
            while peer
                .next_frame()
                .is_some_and(|(opcode, _)| opcode != opcode::CLOSE)
            {}
            peer.send_raw(&frame::encode(true, opcode::CLOSE, &[]));
            within_limit(ended).await.expect("no panic");
            assert_eq!(next_transcript(&mut app).await, "end");
        });
    }
}

/// No limit for a pong, while a request waits: the task does not spin.
#[test]
fn zero_keepalive_timeout_does_not_spin() {
    run(async |server| {
        let builder = server.builder().keepalive(Duration::ZERO, Duration::ZERO);
        let client = builder.build().expect("a client");
        // It may be cut at any moment.
        let app = within_limit(async { client.application("a").connect().await })
            .await
            .expect("an app");
        let over = Client::over_session(app.session());
        let requests: Vec<_> = (0..4)
            .map(|_| {
                let over = over.with_timeout(TIMEOUT);
                tokio::spawn(async move { over.asterisk().ping().await })
            })
            .collect();
        for request in requests {
            within_limit(request)
                .await
                .expect("no panic")
                .expect_err("no response");
        }
        drop(over);
        within_limit(client.close(TIMEOUT)).await;
        wait_until("closed", || app.session().stats().received == 0).await;
    });
}
