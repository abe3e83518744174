//! Lost WebSockets: cut, reset, closed, or with protocol errors.

use std::time::{Duration, Instant};

use ari_api::client::ReconnectPolicy;
use ari_api::stream::ConnectionEvent;
use ari_api::{Error, Event, models};
use ari_test_support::{
    LIMIT, Peer,
    frame::{self, opcode},
    wait_until, within_limit,
};

use crate::sample::{channel_event, numbered_user_event};
use crate::server::Upgrade;
use crate::transcript::{next_transcript, remaining_transcripts, run};

/// However a connection ends, earlier events are delivered, the loss is reported, and events arrive
/// again.
#[test]
fn every_loss_is_reported_and_reconnected() {
    type Way = (&'static str, fn(Peer));
    let ways: [Way; 7] = [
        ("cut", Peer::cut),
        ("reset", Peer::reset),
        ("closed", Peer::close),
        ("cut in a frame", |mut peer| {
            let text = numbered_user_event("c", 9).to_string();
            let bytes = frame::encode(true, opcode::TEXT, text.as_bytes());
            peer.send_raw(&bytes[..bytes.len() / 2]);
            peer.cut();
        }),
        ("cut in a message", |mut peer| {
            peer.send_raw(&frame::encode(false, opcode::TEXT, b"{\"type\":"));
            peer.cut();
        }),
        ("masked frames", |mut peer| {
            peer.send_raw(&[0x81, 0x81, 1, 2, 3, 4, 5]);
            while peer.next_frame().is_some() {}
        }),
        ("no UTF-8", |mut peer| {
            peer.send_raw(&frame::encode(true, opcode::TEXT, b"{\"type\":\"\xff\"}"));
            while peer.next_frame().is_some() {}
        }),
    ];
    for (name, end) in ways {
        run(async |server| {
            println!("{name}");
            let client = server.client();
            let (mut app, mut peer) = server.connect(&client).await;
            peer.send_event(&numbered_user_event("c", 1));
            assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 1");
            peer.send_event(&numbered_user_event("c", 2));
            end(peer);
            // A reset discards bytes that were not read yet.
            let mut item = next_transcript(&mut app).await;
            if item == "ChannelUserevent 2" {
                item = next_transcript(&mut app).await;
            } else {
                assert_eq!(name, "reset");
            }
            assert_eq!(item, "Disconnected");
            assert_eq!(next_transcript(&mut app).await, "Reconnected");
            assert!(next_transcript(&mut app).await.starts_with("Resynced"));
            let mut peer = server.peer();
            peer.send_event(&numbered_user_event("c", 3));
            assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 3");
            assert_eq!(app.session().stats().reconnects, 1);
        });
    }
}

/// The reported gap covers all events that may have been lost, and the attempts are those of this
/// gap.
#[test]
fn gap_is_reported_with_length_and_attempts() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let mut typed = app.events_of::<models::StasisStart>();
        for refusals in [2, 0] {
            server.queue_upgrades(vec![Upgrade::Refuse(503); refusals]);
            let begin = Instant::now();
            peer.cut();
            assert_eq!(next_transcript(&mut app).await, "Disconnected");
            let event = within_limit(app.next())
                .await
                .expect("an item")
                .expect("an event");
            let Event::Connection(ConnectionEvent::Reconnected { gap, attempts, .. }) = &*event
            else {
                panic!("{event:?}")
            };
            assert!(*gap <= begin.elapsed(), "{gap:?}");
            // At least half of each delay.
            let least = Duration::from_millis(if refusals == 2 { 5 + 10 + 20 } else { 5 });
            assert!(*gap >= least, "{gap:?}");
            assert_eq!(*attempts as usize, refusals + 1);
            let error = within_limit(typed.next())
                .await
                .expect("an item")
                .expect_err("a gap");
            assert!(matches!(error, Error::ConnectionGap { gap: told } if told == *gap));
            assert!(next_transcript(&mut app).await.starts_with("Resynced"));
            peer = server.peer();
            peer.send_event(&channel_event("StasisStart", "c"));
            assert_eq!(next_transcript(&mut typed).await, "StasisStart c");
            assert_eq!(next_transcript(&mut app).await, "StasisStart c");
        }
    });
}

/// A peer that does not complete the closing handshake delays neither the report nor the count.
#[test]
fn gap_begins_when_loss_is_detected() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        // Invalid, so that the client closes. This side neither responds nor closes.
        peer.send_raw(&frame::encode(true, opcode::CONTINUATION, b"x"));
        let begin = Instant::now();
        assert_eq!(next_transcript(&mut app).await, "Disconnected");
        let told = begin.elapsed();
        let event = within_limit(app.next())
            .await
            .expect("an item")
            .expect("an event");
        let Event::Connection(ConnectionEvent::Reconnected { gap, .. }) = &*event else {
            panic!("{event:?}")
        };
        let lasted = begin.elapsed();
        assert!(
            *gap + told >= lasted.mul_f64(0.9),
            "{gap:?}, told after {told:?}, of {lasted:?}"
        );
    });
}

#[test]
fn exhausted_attempts_end_streams_with_cause() {
    for (reconnect, refused, words) in [
        (ReconnectPolicy::disabled(), 0, ["closed by the server", ""]),
        (
            crate::server::fast_reconnect().max_attempts(3),
            3,
            ["gave up after 3 attempts", "503"],
        ),
    ] {
        run(async |server| {
            let client = server
                .builder()
                .reconnect(reconnect)
                .build()
                .expect("a client");
            let (mut app, peer) = server.connect(&client).await;
            server.add_call("c");
            let mut object = client.channel("c").events();
            let mut typed = app.events_of::<models::StasisStart>();
            server.queue_upgrades(vec![Upgrade::Refuse(503); refused]);
            peer.close();
            let mut last = None;
            while let Some(item) = within_limit(app.next()).await {
                last = Some(item);
            }
            let error = last.expect("an item").expect_err("the end");
            let Error::Disconnected { reason, source } = &error else {
                panic!("{error:?}")
            };
            let cause = source.as_ref().map(ToString::to_string).unwrap_or_default();
            assert!(reason.contains(words[0]), "{reason}");
            assert!(cause.contains(words[1]), "{cause}");
            for items in [
                remaining_transcripts(&mut object).await,
                remaining_transcripts(&mut typed).await,
            ] {
                let last = items.last().expect("an item");
                assert!(last.starts_with("Disconnected: "), "{items:?}");
            }
            assert_eq!(server.request_count("GET /events"), 1 + refused);
            // Streams that are opened now end at once.
            assert_eq!(next_transcript(&mut app.session().events()).await, "end");
            let items = remaining_transcripts(&mut client.channel("c").events()).await;
            assert!(items[0].contains("no application"), "{items:?}");
        });
    }
}

/// A server that opens each WebSocket and closes it at once is not flooded with attempts.
#[test]
fn short_lived_connections_are_backed_off() {
    run(async |server| {
        let pause = Duration::from_millis(200);
        let reconnect = ReconnectPolicy::new()
            .initial_delay(pause)
            .max_delay(pause * 2);
        let client = server
            .builder()
            .reconnect(reconnect)
            .build()
            .expect("a client");
        let (mut app, peer) = server.connect(&client).await;
        server.set_upgrade(Upgrade::Drop);
        let begin = Instant::now();
        peer.cut();
        let count = || server.request_count("GET /events") - 1;
        wait_until("connected four times", || count() >= 4).await;
        // At least half of each delay: 0.1 s, and then 0.2 s each.
        let least = pause / 2 + pause * 3;
        assert!(begin.elapsed() >= least, "{:?}", begin.elapsed());
        for _ in 0..4 {
            assert_eq!(next_transcript(&mut app).await, "Disconnected");
            assert_eq!(next_transcript(&mut app).await, "Reconnected");
        }
        assert!(begin.elapsed() < LIMIT);
    });
}

/// With a maximum number of attempts the streams end, although each attempt connects.
#[test]
fn short_lived_connections_use_up_attempts() {
    run(async |server| {
        let reconnect = ReconnectPolicy::new()
            .initial_delay(Duration::from_millis(1))
            .max_delay(LIMIT)
            .max_attempts(3);
        let client = server
            .builder()
            .reconnect(reconnect)
            .build()
            .expect("a client");
        let (mut app, peer) = server.connect(&client).await;
        server.set_upgrade(Upgrade::Drop);
        peer.cut();
        let items = remaining_transcripts(&mut app).await;
        assert!(items.last().expect("an item").starts_with("Disconnected: "));
        assert_eq!(server.request_count("GET /events"), 4);
    });
}

/// A consumer that does not read delays neither the server, which would close the connection, nor
/// other consumers. Events without room are counted.
#[test]
fn slow_consumer_delays_nobody() {
    const EVENTS: usize = 20_000;
    run(async |server| {
        let client = server
            .builder()
            .event_buffer_capacity(16)
            .build()
            .expect("a client");
        let (mut slow, mut peer) = server.connect(&client).await;
        let mut others = slow.events_of::<models::ChannelUserevent>();
        let session = slow.session().clone();
        // More than sockets buffer: the writer waits until it is read.
        let mut event = numbered_user_event("c", 0);
        event["userevent"] = serde_json::json!({"padding": "x".repeat(1000)});
        let text = event.to_string();
        let writer = std::thread::spawn(move || {
            for _ in 0..EVENTS {
                peer.send_text(&text);
            }
            peer
        });
        let mut taken = 0;
        while taken < EVENTS as u64 {
            match within_limit(others.next()).await.expect("an item") {
                Ok(_) => taken += 1,
                Err(Error::Lagged { missed }) => taken += missed,
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(taken, EVENTS as u64);
        let mut peer = writer.join().expect("no panic");
        assert_eq!(session.stats().received, EVENTS as u64);
        for _ in 0..16 {
            assert_eq!(next_transcript(&mut slow).await, "ChannelUserevent 0");
        }
        assert_eq!(
            next_transcript(&mut slow).await,
            format!("Lagged {}", EVENTS - 16)
        );
        peer.send_event(&numbered_user_event("c", 1));
        assert_eq!(next_transcript(&mut slow).await, "ChannelUserevent 1");
        assert_eq!(session.stats().reconnects, 0);
    });
}

/// A proxy responds for a server under maintenance, with any status: no such response stops the
/// attempts.
#[test]
fn only_asterisk_refusals_end_reconnecting() {
    const PAGE: &str = "<html><title>Back soon</title></html>";
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        let statuses = [
            200, 204, 301, 302, 400, 401, 403, 404, 405, 407, 410, 500, 502, 503, 504,
        ];
        server.queue_upgrades(statuses.map(|status| Upgrade::Respond(status, PAGE)));
        server.queue_upgrades(
            [401, 403].map(|status| Upgrade::Respond(status, r#"{"message":"Forbidden"}"#)),
        );
        peer.cut();
        assert_eq!(next_transcript(&mut app).await, "Disconnected");
        let event = within_limit(app.next())
            .await
            .expect("an item")
            .expect("an event");
        let Event::Connection(ConnectionEvent::Reconnected { attempts, .. }) = &*event else {
            panic!("{event:?}")
        };
        assert_eq!(*attempts as usize, statuses.len() + 3);
    });
    for status in [401, 403] {
        run(async |server| {
            let client = server.client();
            let (mut app, peer) = server.connect(&client).await;
            server.queue_upgrades([Upgrade::Refuse(status)]);
            peer.cut();
            let told = remaining_transcripts(&mut app).await;
            let last = told.last().map(String::as_str).unwrap_or_default();
            assert!(last.contains(&format!("refused with {status}")), "{told:?}");
        });
    }
}
