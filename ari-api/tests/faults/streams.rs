//! Several streams: slow ones, those of objects, dropped ones.

use ari_api::{Event, models};
use ari_test_support::{LIMIT, wait_until, within_limit};
use serde_json::json;

use crate::sample::{channel, channel_event, dial, event, numbered_user_event};
use crate::transcript::{format_item, next_transcript, remaining_transcripts, run};

const BUFFER: usize = 16;

/// A consumer that does not read in time gets an error at the place of the missing events. No other
/// consumer is affected.
#[test]
fn slow_stream_does_not_affect_others() {
    run(async |server| {
        let builder = server.builder().event_buffer_capacity(BUFFER);
        let client = builder.build().expect("a client");
        let (mut app, mut peer) = server.connect(&client).await;
        let mut slow = app.session().events();
        let mut slow_of_type = app.events_of::<models::ChannelUserevent>();
        server.add_call("c");
        let mut slow_of_object = client.channel("c").events();
        let mut send = async |numbers: std::ops::Range<usize>| {
            for number in numbers {
                peer.send_event(&numbered_user_event("c", number));
                // At once, so that nothing waits here.
                assert_eq!(
                    next_transcript(&mut app).await,
                    format!("ChannelUserevent {number}")
                );
            }
        };
        send(0..100).await;
        // Three streams have room for this many.
        let missed = 3 * (100 - BUFFER) as u64;
        let session = slow.session().clone();
        wait_until("counted", || session.stats().dropped == missed).await;
        let stats = session.stats();
        assert_eq!((stats.received, stats.decoded), (100, 100));
        // One is taken: the gap is reported after the events that had room, before the next one.
        assert_eq!(next_transcript(&mut slow).await, "ChannelUserevent 0");
        send(100..101).await;
        // The others have missed it before they take anything.
        wait_until("counted", || session.stats().dropped == missed + 2).await;
        for number in 1..BUFFER {
            assert_eq!(
                next_transcript(&mut slow).await,
                format!("ChannelUserevent {number}")
            );
        }
        assert_eq!(
            next_transcript(&mut slow).await,
            format!("Lagged {}", 100 - BUFFER)
        );
        assert_eq!(next_transcript(&mut slow).await, "ChannelUserevent 100");
        for number in 0..BUFFER {
            let expected = format!("ChannelUserevent {number}");
            assert_eq!(next_transcript(&mut slow_of_type).await, expected);
            assert_eq!(next_transcript(&mut slow_of_object).await, expected);
        }
        // All streams of an event share one decoded event.
        assert_eq!(session.stats().decoded, 101);
        // One more was missed by the streams that took nothing in between, and nothing followed it.
        let expected = format!("Lagged {}", 101 - BUFFER);
        assert_eq!(next_transcript(&mut slow_of_type).await, expected);
        assert_eq!(next_transcript(&mut slow_of_object).await, expected);
        send(101..102).await;
        assert_eq!(
            next_transcript(&mut slow_of_type).await,
            "ChannelUserevent 101"
        );
        assert_eq!(
            next_transcript(&mut slow_of_object).await,
            "ChannelUserevent 101"
        );
        assert_eq!(next_transcript(&mut slow).await, "ChannelUserevent 101");
    });
}

/// Events that have arrived can be taken without waiting, and a cancelled `next` loses nothing.
#[test]
fn arrived_events_are_returned_without_waiting() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let mut of_type = app.events_of::<models::ChannelUserevent>();
        server.add_call("c");
        let mut of_object = client.channel("c").events();
        assert!(app.try_next().is_none() && of_type.try_next().is_none());
        assert_eq!(of_object.drain().count(), 0);
        let session = app.session().clone();
        for number in 0..4 {
            // Waits, and is cancelled.
            tokio::select! {
                biased;
                _ = app.next() => panic!("an event before it was sent"),
                () = tokio::task::yield_now() => {}
            }
            if number == 0 {
                tokio::select! {
                    biased;
                    _ = of_type.next() => panic!("an event before it was sent"),
                    _ = of_object.next() => panic!("an event before it was sent"),
                    () = tokio::task::yield_now() => {}
                }
            }
            peer.send_event(&numbered_user_event("c", number));
            let arrived = within_limit(async {
                loop {
                    match app.try_next() {
                        None => tokio::task::yield_now().await,
                        event => return format_item(&event),
                    }
                }
            });
            assert_eq!(arrived.await, format!("ChannelUserevent {number}"));
        }
        for number in 0..2 {
            let expected = format!("ChannelUserevent {number}");
            assert_eq!(next_transcript(&mut of_type).await, expected);
            assert_eq!(next_transcript(&mut of_object).await, expected);
        }
        within_limit(session.close(LIMIT)).await;
        let numbers: Vec<_> = (2..4)
            .map(|number| format!("ChannelUserevent {number}"))
            .collect();
        let of_type: Vec<_> = of_type.drain().map(|it| format_item(&Some(it))).collect();
        assert_eq!(of_type, numbers);
        let of_object: Vec<_> = of_object.drain().map(|it| format_item(&Some(it))).collect();
        assert_eq!(of_object[..2], numbers);
        assert_eq!(remaining_transcripts(&mut app).await, Vec::<String>::new());
        assert!(app.try_next().is_none());
    });
}

/// A session without streams stays connected, and nothing waits or is lost in it.
#[test]
fn session_without_streams_stays_connected() {
    run(async |server| {
        let client = server
            .builder()
            .event_buffer_capacity(1)
            .build()
            .expect("a client");
        let (app, mut peer) = server.connect(&client).await;
        let session = app.into_session();
        for number in 0..100 {
            peer.send_event(&numbered_user_event("c", number));
        }
        wait_until("received", || session.stats().received == 100).await;
        let stats = session.stats();
        assert_eq!((stats.decoded, stats.dropped), (0, 0));
        let mut again = session.events();
        peer.send_event(&numbered_user_event("c", 100));
        assert_eq!(next_transcript(&mut again).await, "ChannelUserevent 100");
        drop(again);
        within_limit(session.close(LIMIT)).await;
    });
}

/// A stream whose consumer sleeps still receives the changes of the connection and its end.
#[test]
fn full_stream_still_receives_connection_events() {
    run(async |server| {
        let builder = server.builder().event_buffer_capacity(1);
        let client = builder.build().expect("a client");
        let (mut app, mut peer) = server.connect(&client).await;
        let session = app.session().clone();
        for number in 0..3 {
            peer.send_event(&numbered_user_event("c", number));
        }
        wait_until("received", || session.stats().received == 3).await;
        peer.cut();
        let mut peer = server.peer();
        wait_until("reconciled", || server.request_count("GET /bridges") == 1).await;
        peer.send_text("{}");
        wait_until("received", || session.stats().received == 4).await;
        within_limit(session.close(LIMIT)).await;
        let mut items = remaining_transcripts(&mut app).await;
        assert!(items[4].starts_with("Resynced") || items[4].starts_with("Lagged"));
        items[4].truncate(6);
        assert_eq!(
            items[..4],
            [
                "ChannelUserevent 0",
                "Lagged 2",
                "Disconnected",
                "Reconnected"
            ]
        );
        // The invalid message is counted like any other.
        assert_eq!(session.stats().dropped, 3);
    });
}

/// Events of a library's own channel reach its stream and no application, until it is released.
#[test]
fn events_of_private_channel_do_not_reach_applications() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let mut starts = app.events_of::<models::StasisStart>();
        let private = client.connection().make_private("media");
        let again = client.connection().make_private("media");
        server.add_call("media");
        let mut of_media = client.channel("media").events();
        for (kind, id) in [
            ("StasisStart", "media"),
            ("StasisStart", "call"),
            ("ChannelStateChange", "media"),
        ] {
            peer.send_event(&channel_event(kind, id));
        }
        peer.send_event(&dial("media", "ANSWER"));
        drop(private);
        peer.send_event(&channel_event("StasisEnd", "media"));
        peer.send_event(&channel_event("ChannelDestroyed", "media"));
        peer.send_event(&numbered_user_event("call", 1));
        for expected in ["StasisStart call", "ChannelUserevent 1"] {
            assert_eq!(next_transcript(&mut app).await, expected);
        }
        assert_eq!(next_transcript(&mut starts).await, "StasisStart call");
        assert_eq!(
            remaining_transcripts(&mut of_media).await,
            [
                "StasisStart media",
                "ChannelStateChange",
                "Dial",
                "StasisEnd media",
                "ChannelDestroyed media",
            ]
        );
        drop(again);
        peer.send_event(&channel_event("StasisStart", "media"));
        assert_eq!(next_transcript(&mut app).await, "StasisStart media");
    });
}

/// Only their own events, in order, and nothing after the terminal event.
#[test]
fn thousand_object_streams_get_only_their_events() {
    const STREAMS: usize = 1000;
    const EVENTS: usize = 5;
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let id = |number: usize| format!("c\u{e9}\"{number}");
        let ids: Vec<_> = (0..STREAMS).map(id).collect();
        let there: Vec<_> = ids.iter().map(String::as_str).collect();
        server.set_list("channels", &there);
        server.set_application("a", &["__AST_CHANNEL_ALL_TOPIC"], &[]);
        let mut streams: Vec<_> = (0..STREAMS)
            .map(|number| client.channel(id(number)).events())
            .collect();
        // Nobody consumes this one, which does not affect the others.
        let session = app.session().clone();
        for event in 0..EVENTS {
            for number in 0..STREAMS {
                peer.send_event(&numbered_user_event(&id(number), event));
            }
        }
        for number in 0..STREAMS {
            peer.send_event(&channel_event("ChannelDestroyed", &id(number)));
            peer.send_event(&numbered_user_event(&id(number), 99));
        }
        for (number, stream) in streams.iter_mut().enumerate() {
            let mut expected: Vec<_> = (0..EVENTS)
                .map(|event| format!("ChannelUserevent {event}"))
                .collect();
            expected.push(format!("ChannelDestroyed {}", id(number)));
            assert_eq!(remaining_transcripts(stream).await, expected);
            assert_eq!(next_transcript(stream).await, "end");
        }
        assert_eq!(session.stats().dropped, 0);
    });
}

/// A dropped stream is removed: events that only it wanted are not even decoded.
#[test]
fn dropped_streams_leave_nothing_behind() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let session = app.session().clone();
        let mut streams = Vec::new();
        for number in 0..100 {
            streams.push(client.channel(format!("c{number}")).events());
        }
        let typed = session.events_of::<models::ChannelUserevent>();
        let second = session.events();
        peer.send_event(&numbered_user_event("c7", 1));
        wait_until("received", || session.stats().received == 1).await;
        drop((app, typed, second));
        server.add_call("c7");
        // Two streams of one object: dropping one leaves the other.
        let mut kept = client.channel("c7").events();
        drop(streams);
        peer.send_event(&numbered_user_event("c7", 2));
        assert_eq!(next_transcript(&mut kept).await, "ChannelUserevent 2");
        drop(kept);
        for number in 0..100 {
            peer.send_event(&numbered_user_event(&format!("c{number}"), 3));
        }
        wait_until("received", || session.stats().received == 102).await;
        assert_eq!(session.stats().skipped, 100);
        // Nothing took the first event, so it was not decoded.
        assert_eq!(session.stats().decoded, 1);
    });
}

/// A channel leaves the application and stays alive in the dialplan: the client asks the server.
#[test]
fn channel_leaving_application_ends_its_stream() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        let mut left = client.channel("left").events();
        let mut subscribed = client.channel("subscribed").events();
        server.set_application("a", &["subscribed"], &[]);
        server.set_list("channels", &["left", "subscribed"]);
        for id in ["left", "subscribed"] {
            peer.send_event(&channel_event("StasisEnd", id));
        }
        assert_eq!(
            remaining_transcripts(&mut left).await,
            ["StasisEnd left", "Gone channel left"]
        );
        assert_eq!(
            next_transcript(&mut subscribed).await,
            "StasisEnd subscribed"
        );
        peer.send_event(&channel_event("ChannelDestroyed", "subscribed"));
        assert_eq!(
            remaining_transcripts(&mut subscribed).await,
            ["ChannelDestroyed subscribed"]
        );
    });
}

/// Even if the connection is lost before the server was asked, or the request fails.
#[test]
fn departed_channel_is_checked_after_gap() {
    for cut in [true, false] {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            let mut left = client.channel("left").events();
            server.set_list("channels", &["left"]);
            peer.send_event(&channel_event("StasisStart", "left"));
            peer.send_event(&channel_event("StasisEnd", "left"));
            assert_eq!(next_transcript(&mut left).await, "StasisStart left");
            assert_eq!(next_transcript(&mut left).await, "StasisEnd left");
            if cut {
                peer.cut();
            } else {
                server.set_response("GET /applications/a", 503, &serde_json::Value::Null);
                wait_until("asked", || server.request_count("GET /applications/a") > 0).await;
                server.set_application("a", &[], &[]);
            }
            let items = remaining_transcripts(&mut left).await;
            assert_eq!(items.last().expect("an item"), "Gone channel left");
        });
    }
}

/// With a subscription to everything, a channel that has left may produce more events.
#[test]
fn departed_channel_stream_continues_with_subscribe_all() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        let mut left = client.channel("left").events();
        server.set_application("a", &["__AST_CHANNEL_ALL_TOPIC"], &[]);
        peer.send_event(&channel_event("StasisEnd", "left"));
        assert_eq!(next_transcript(&mut left).await, "StasisEnd left");
        wait_until("asked", || server.request_count("GET /applications/a") > 0).await;
        peer.send_event(&numbered_user_event("left", 1));
        assert_eq!(next_transcript(&mut left).await, "ChannelUserevent 1");
        peer.send_event(&channel_event("ChannelDestroyed", "left"));
        assert_eq!(
            remaining_transcripts(&mut left).await,
            ["ChannelDestroyed left"]
        );
    });
}

/// The futures of a stream can be dropped at any time without losing an event.
#[test]
fn dropped_futures_lose_no_event() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        for number in 0..100 {
            // Polled once, at most, before something else is ready.
            tokio::select! {
                biased;
                got = app.next() => panic!("{}", format_item(&got)),
                () = std::future::ready(()) => {}
            }
            peer.send_event(&numbered_user_event("c", number));
            assert_eq!(
                next_transcript(&mut app).await,
                format!("ChannelUserevent {number}")
            );
        }
    });
}

/// The terminal event of an object arrived before its stream was opened: the client asks the
/// server. It does not ask about objects that are known to exist.
#[test]
fn stream_of_ended_object_ends() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        server.set_list("channels", &["here", "there", "unheard"]);
        server.set_application("a", &["here", "there"], &[]);
        for (kind, id) in [("StasisStart", "here"), ("ChannelDestroyed", "ended")] {
            peer.send_event(&channel_event(kind, id));
            assert_eq!(next_transcript(&mut app).await, format!("{kind} {id}"));
        }
        let [mut ended, mut unheard, mut here, mut there] =
            ["ended", "unheard", "here", "there"].map(|id| client.channel(id).events());
        let mut playback = client.playback("p").events();
        assert_eq!(
            remaining_transcripts(&mut ended).await,
            ["Gone channel ended"]
        );
        assert_eq!(
            remaining_transcripts(&mut unheard).await,
            ["Gone channel unheard"]
        );
        assert_eq!(
            remaining_transcripts(&mut playback).await,
            ["Gone playback p"]
        );
        for (id, stream, asked) in [("here", &mut here, 0), ("there", &mut there, 1)] {
            peer.send_event(&channel_event("ChannelDestroyed", id));
            assert_eq!(
                remaining_transcripts(stream).await,
                [format!("ChannelDestroyed {id}")]
            );
            assert_eq!(server.request_count(&format!("GET /channels/{id}")), asked);
        }
    });
}

/// Events name bridges in a string, too: the bridge that results from merging two in an attended
/// transfer.
#[test]
fn bridge_stream_includes_attended_transfer() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        server.set_list("bridges", &["b", "c"]);
        server.set_application("a", &[], &["b", "c"]);
        let mut bridge = client.bridge("b").events();
        for (id, is_external) in [("c", true), ("b", false)] {
            let own = json!({
                "transferer_first_leg": channel("1"), "transferer_second_leg": channel("2"),
                "result": "Success", "is_external": is_external, "destination_type": "bridge",
                "destination_bridge": id,
            });
            peer.send_event(&event("BridgeAttendedTransfer", own));
        }
        let told = within_limit(bridge.next())
            .await
            .expect("an item")
            .expect("an event");
        let Event::BridgeAttendedTransfer(told) = told.as_ref() else {
            panic!("{told:?}");
        };
        assert!(!told.is_external);
    });
}
