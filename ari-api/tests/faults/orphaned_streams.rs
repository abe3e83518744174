//! Streams of objects whose events no longer reach the client: they end with a reason, and all
//! other streams continue.

use std::time::{Duration, Instant};

use ari_api::stream::{EventStream, ObjectStream};
use ari_api::{Client, Event, models};
use ari_test_support::{LIMIT, Peer, wait_until, within_limit};
use serde_json::{Value, json};

use crate::sample::{
    bridge, bridge_event, channel_event, channel_in_stasis, event, numbered_user_event, playback,
};
use crate::server::{Server, Upgrade, fast_reconnect};
use crate::transcript::{
    format_result, next_transcript, remaining_transcripts, run, transcripts_up_to,
};

const SUBSCRIBE: &str = "POST /applications/a/subscription";

/// Returns the server's state of an application that is subscribed to these objects.
fn application_state(channels: &[&str], bridges: &[&str], devices: &[&str]) -> Value {
    json!({"name": "a", "channel_ids": channels, "bridge_ids": bridges, "endpoint_ids": [],
        "device_names": devices})
}

/// Connects the applications `a` and `b`, each on its own WebSocket.
async fn connect_two(server: &Server, client: &Client) -> [(EventStream<Event>, Peer); 2] {
    let first = server.connect(client).await;
    let mut second = within_limit(async { client.application("b").connect().await })
        .await
        .expect("an application");
    assert_eq!(next_transcript(&mut second).await, "Connected");
    [first, (second, server.peer())]
}

async fn last(stream: &mut ObjectStream<Event>) -> String {
    remaining_transcripts(stream).await.pop().expect("an item")
}

/// However one of two WebSockets ends, the streams of its channels end, and those of the other's
/// channels stay.
#[test]
fn streams_end_with_their_websocket() {
    for way in ["closed", "dropped", "replaced", "refused", "never again"] {
        run(async |server| {
            let reconnect = if way == "never again" {
                fast_reconnect().max_attempts(0)
            } else {
                fast_reconnect()
            };
            let client = server
                .builder()
                .reconnect(reconnect)
                .build()
                .expect("a client");
            let [(first, mut peer), (second, mut other)] = connect_two(&server, &client).await;
            server.set_list("channels", &["of a", "of b"]);
            server.set_application("a", &["of a"], &[]);
            server.set_application("b", &["of b"], &[]);
            let [mut ends, mut stays] = ["of a", "of b"].map(|id| client.channel(id).events());
            match way {
                "closed" => {
                    let session = first.session().clone();
                    let closed = tokio::spawn(async move { session.close(LIMIT).await });
                    peer.close_with_client();
                    within_limit(closed).await.expect("no panic");
                }
                "dropped" => {
                    drop(first);
                    peer.close_with_client();
                }
                "replaced" => {
                    peer.send_event(&event("ApplicationReplaced", json!({})));
                    peer.close_with_client();
                }
                _ => {
                    server.queue_upgrades([Upgrade::Refuse(401)]);
                    peer.cut();
                }
            }
            assert_eq!(last(&mut ends).await, "Gone channel of a");
            other.send_event(&numbered_user_event("of b", 1));
            let items = transcripts_up_to(&mut stays, "ChannelUserevent 1").await;
            assert_eq!(items[items.len() - 2], "Closed", "{way}: {items:?}");
            drop(second);
        });
    }
}

/// The server has forgotten an application that is about to reconnect, as after a restart: the
/// streams of its objects do not end before it has reconnected.
#[test]
fn streams_survive_reconnect_of_forgotten_application() {
    run(async |server| {
        let client = server.client();
        let [(mut first, peer), (second, mut other)] = connect_two(&server, &client).await;
        server.set_list("channels", &["c"]);
        let mut stream = client.channel("c").events();
        server.set_upgrade(Upgrade::Refuse(503));
        peer.cut();
        wait_until("refused", || server.request_count("GET /events") > 2).await;
        let unknown = json!({"message": "Application not found"});
        server.set_response("GET /applications/a", 404, &unknown);
        server.set_application("b", &[], &[]);
        // The loss makes the client ask the server which applications cover the channel, and again,
        // because the server cannot tell.
        let asked = || server.request_count("GET /applications/a");
        let before = asked();
        other.send_event(&channel_event("StasisEnd", "c"));
        wait_until("asked again", || asked() > before + 1).await;
        server.set_application("a", &["c"], &[]);
        server.set_upgrade(Upgrade::Accept);
        let mut peer = server.peer();
        transcripts_up_to(&mut first, "Resynced").await;
        peer.send_event(&numbered_user_event("c", 1));
        let items = transcripts_up_to(&mut stream, "ChannelUserevent 1").await;
        assert!(
            !items.iter().any(|item| item.starts_with("Gone")),
            "{items:?}"
        );
        drop(second);
    });
}

/// Another client takes over one of two applications on a WebSocket: every kind of stream reports
/// it.
#[test]
fn streams_end_with_their_application() {
    run(async |server| {
        let client = server.client();
        let connecting = client.events().event_websocket(["a", "b"]).into_future();
        let mut app = within_limit(connecting).await.expect("two applications");
        assert_eq!(next_transcript(&mut app).await, "Connected");
        let mut peer = server.peer();
        server.set_list("channels", &["of a", "of b"]);
        server.set_application("a", &["of a"], &[]);
        server.set_application("b", &["of b"], &[]);
        let mut typed = app.events_of::<models::StasisStart>();
        let [mut ends, mut stays] = ["of a", "of b"].map(|id| client.channel(id).events());
        peer.send_event(&event("ApplicationReplaced", json!({})));
        assert_eq!(
            remaining_transcripts(&mut ends).await,
            ["Replaced", "Gone channel of a"]
        );
        peer.send_event(&numbered_user_event("of b", 1));
        assert_eq!(next_transcript(&mut stays).await, "Replaced");
        assert_eq!(next_transcript(&mut stays).await, "ChannelUserevent 1");
        let items = transcripts_up_to(&mut app, "ChannelUserevent").await;
        assert_eq!(
            items,
            ["ApplicationReplaced", "Replaced", "ChannelUserevent 1"]
        );
        peer.send_event(&channel_event("StasisStart", "of b"));
        assert_eq!(next_transcript(&mut typed).await, "Replaced a");
        assert_eq!(next_transcript(&mut typed).await, "StasisStart of b");
    });
}

/// Cancelling a subscription ends the streams that depended on it.
#[test]
fn streams_end_with_their_subscription() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        server.set_list("channels", &["asked for", "inside"]);
        let both = application_state(&["asked for", "inside"], &[], &["Stasis:x"]);
        server.set_response("GET /applications/a", 200, &both);
        let mut channel = client.channel("asked for").events();
        let mut device = client.device_state("Stasis:x").events();
        let mut stays = client.channel("inside").events();
        let left = application_state(&["inside"], &[], &[]);
        server.set_response("DELETE /applications/a/subscription", 200, &left);
        server.set_response("GET /applications/a", 200, &left);
        let sources = ["channel:asked for", "deviceState:Stasis:x"];
        let cancelled = client.application("a").unsubscribe(sources);
        within_limit(cancelled.into_future())
            .await
            .expect("a response");
        assert_eq!(
            remaining_transcripts(&mut channel).await,
            ["Gone channel asked for"]
        );
        assert_eq!(
            remaining_transcripts(&mut device).await,
            ["Gone device_state Stasis:x"]
        );
        peer.send_event(&numbered_user_event("inside", 1));
        assert_eq!(next_transcript(&mut stays).await, "ChannelUserevent 1");
        drop(app);
    });
}

/// A bridge is subscribed to after its creation, and its stream ends when it is destroyed, even if
/// the event is lost.
#[test]
fn bridge_stream_subscribes_to_bridge() {
    for is_told in [true, false] {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            server.set_response("POST /bridges/b", 200, &bridge("b"));
            server.set_response(SUBSCRIBE, 200, &application_state(&[], &["b"], &[]));
            let create = client.bridge("b").create_with_id().send_with_events();
            let (handle, mut events) = within_limit(create).await.expect("a bridge");
            assert_eq!(server.request_count(SUBSCRIBE), 1);
            server.set_list("bridges", &["b"]);
            server.set_application("a", &[], &["b"]);
            server.set_response("DELETE /bridges/b", 204, &Value::Null);
            server.set_list("bridges", &[]);
            within_limit(handle.destroy().into_future())
                .await
                .expect("a response");
            if is_told {
                peer.send_event(&bridge_event("BridgeDestroyed", "b"));
                assert_eq!(
                    remaining_transcripts(&mut events).await,
                    ["BridgeDestroyed"]
                );
            } else {
                assert_eq!(remaining_transcripts(&mut events).await, ["Gone bridge b"]);
            }
        });
    }
    // No application can be subscribed.
    run(async |server| {
        let client = server.client();
        let (_app, _peer) = server.connect(&client).await;
        server.set_response("POST /bridges/b", 200, &bridge("b"));
        server.set_list("bridges", &["b"]);
        let create = client.bridge("b").create_with_id().send_with_events();
        let (_, mut events) = within_limit(create).await.expect("a bridge");
        assert_eq!(remaining_transcripts(&mut events).await, ["Gone bridge b"]);
    });
}

/// After a channel has left a bridge, the server knows whether the bridge is still covered.
#[test]
fn bridge_is_checked_after_channel_leaves() {
    for is_heard in [true, false] {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            server.set_list("bridges", &["b"]);
            let own: &[&str] = if is_heard { &["b"] } else { &[] };
            server.set_application("a", &[], own);
            let mut events = client.bridge("b").events();
            let mut left = bridge_event("ChannelLeftBridge", "b");
            left["channel"] = channel_in_stasis("c", "Up", "a");
            peer.send_event(&left);
            assert_eq!(next_transcript(&mut events).await, "ChannelLeftBridge");
            if is_heard {
                wait_until("asked", || server.request_count("GET /bridges/b") == 1).await;
                peer.send_event(&bridge_event("BridgeDestroyed", "b"));
                assert_eq!(
                    remaining_transcripts(&mut events).await,
                    ["BridgeDestroyed"]
                );
            } else {
                assert_eq!(remaining_transcripts(&mut events).await, ["Gone bridge b"]);
            }
        });
    }
}

/// A playback in a bridge that is not covered ends in an error instead of waiting. In a covered
/// bridge the client waits for its end.
#[test]
fn bridge_playback_needs_covered_bridge() {
    for is_heard in [true, false] {
        run(async |server| {
            let client = server.client();
            let (app, mut peer) = server.connect(&client).await;
            let mut playing = playback("p", "playing");
            playing["target_uri"] = "bridge:b".into();
            server.set_response("POST /bridges/b/play", 201, &playing);
            server.set_response("GET /playbacks/p", 200, &playing);
            server.set_list("bridges", &["b"]);
            let own: &[&str] = if is_heard { &["b"] } else { &[] };
            server.set_application("a", &[], own);
            let play = client.bridge("b").play(["sound:x"]).playback_id("p");
            let waiting = tokio::spawn(play.wait_until_finished());
            if is_heard {
                wait_until("asked", || server.request_count("GET /playbacks/p") == 1).await;
                playing["state"] = "done".into();
                peer.send_event(&event("PlaybackFinished", json!({"playback": playing})));
                let done = within_limit(waiting)
                    .await
                    .expect("no panic")
                    .expect("an end");
                assert_eq!(done.state.as_str(), "done");
            } else {
                let error = within_limit(waiting)
                    .await
                    .expect("no panic")
                    .expect_err("no end");
                assert_eq!(crate::transcript::format_error(&error), "Gone playback p");
            }
            drop(app);
        });
    }
}

/// A final event that cannot be decoded still ends its object. Other events that cannot be decoded
/// do not.
#[test]
fn undecodable_terminal_event_ends_stream() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        server.add_call("stays");
        let [mut ends, mut stays] = ["ends", "stays"].map(|id| client.channel(id).events());
        for (kind, id) in [("ChannelDestroyed", "ends"), ("ChannelVarset", "stays")] {
            peer.send_text(&format!(r#"{{"type":"{kind}","channel":{{"id":"{id}"}}}}"#));
        }
        let items = remaining_transcripts(&mut ends).await;
        assert!(items[0].starts_with("Decode "), "{items:?}");
        assert_eq!(items[1..], ["Gone channel ends"]);
        assert!(next_transcript(&mut stays).await.starts_with("Decode "));
        peer.send_event(&channel_event("ChannelDestroyed", "stays"));
        assert_eq!(
            remaining_transcripts(&mut stays).await,
            ["ChannelDestroyed stays"]
        );
    });
}

/// The server reports an object as missing before its final event arrives: the event takes
/// precedence.
#[test]
fn terminal_event_takes_precedence_over_404() {
    run(async |server| {
        let client = server.client();
        let (app, peer) = server.connect(&client).await;
        server.add_call("c");
        let mut events = client.channel("c").events();
        peer.cut();
        let mut peer = server.peer();
        wait_until("asked", || server.request_count("GET /channels/c") == 1).await;
        peer.send_event(&channel_event("ChannelDestroyed", "c"));
        assert_eq!(last(&mut events).await, "ChannelDestroyed c");
        drop(app);
    });
}

/// Many objects are listed instead of being requested one by one. Both ways end the streams of
/// missing objects, and no others.
#[test]
fn many_objects_are_listed_in_one_request() {
    for (count, asked) in [(3, true), (40, false)] {
        run(async |server| {
            let client = server.client();
            let (_app, peer) = server.connect(&client).await;
            let ids: Vec<String> = (0..count).map(|number| format!("c{number}")).collect();
            let mut streams: Vec<_> = ids.iter().map(|id| client.channel(id).events()).collect();
            let there: Vec<&str> = ids.iter().step_by(2).map(String::as_str).collect();
            server.set_list("channels", &there);
            server.set_application("a", &there, &[]);
            peer.cut();
            let mut peer = server.peer();
            for (number, stream) in streams.iter_mut().enumerate() {
                if number % 2 == 1 {
                    assert_eq!(last(stream).await, format!("Gone channel c{number}"));
                }
            }
            for (number, stream) in streams.iter_mut().enumerate().step_by(2) {
                peer.send_event(&channel_event("ChannelDestroyed", &ids[number]));
                assert_eq!(last(stream).await, format!("ChannelDestroyed c{number}"));
            }
            let singly = server.request_count("GET /channels/c0");
            assert_eq!(singly > 0, asked, "{singly}");
        });
    }
}

/// The server has refused one of several event sources: the sources before it are subscribed to,
/// and are restored after a gap.
#[test]
fn partly_refused_subscription_is_restored() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        server.set_response(SUBSCRIBE, 422, &json!({"message": "no"}));
        let left = application_state(&[], &[], &["Stasis:x"]);
        server.set_response("GET /applications/a", 200, &left);
        let sources = [
            "deviceState:Stasis:x",
            "bridge:none",
            "deviceState:Stasis:y",
        ];
        let refused = client.application("a").subscribe(sources).into_future();
        assert_eq!(
            within_limit(refused).await.expect_err("a refusal").status(),
            Some(422)
        );
        server.set_application("a", &[], &[]);
        server.set_response(SUBSCRIBE, 200, &left);
        peer.cut();
        let found = transcripts_up_to(&mut app, "Resynced")
            .await
            .pop()
            .expect("it");
        assert!(
            found.contains(r#"restored_subscriptions: ["deviceState:Stasis:x"]"#),
            "{found}"
        );
    });
}

/// A gap does not restore subscriptions that a refused cancellation has ended: of several event
/// sources those before the refused one, and those that the server did not know.
#[test]
fn refused_cancellation_is_not_restored() {
    const CANCEL: &str = "DELETE /applications/a/subscription";
    let [x, y, z] = ["deviceState:Stasis:x", "deviceState:Stasis:y", "bridge:z"];
    for (cancelled, status, left, restored) in [
        // Asterisk stops at the second one.
        (
            vec![x, y, z],
            422,
            Some(application_state(&[], &["z"], &[])),
            vec![z],
        ),
        // The server has lost the subscription in a gap that the client has not noticed.
        (
            vec![x],
            422,
            Some(application_state(&[], &["z"], &["Stasis:y"])),
            vec![z, y],
        ),
        // It has lost the whole application.
        (vec![x, z], 404, None, vec![y]),
        // It refuses the request as a whole.
        (
            vec![x, "deviceState:"],
            501,
            Some(application_state(&[], &["z"], &["Stasis:x", "Stasis:y"])),
            vec![z, x, y],
        ),
    ] {
        run(async |server| {
            let client = server.client();
            let (mut app, peer) = server.connect(&client).await;
            server.set_response(SUBSCRIBE, 200, &application_state(&[], &[], &[]));
            let handle = client.application("a");
            within_limit(handle.subscribe([x, y, z]).into_future())
                .await
                .expect("subscriptions");
            server.set_response(CANCEL, status, &json!({"message": "no"}));
            match &left {
                Some(left) => server.set_response("GET /applications/a", 200, left),
                None => server.set_response("GET /applications/a", 404, &json!({"message": "no"})),
            }
            let refused = within_limit(handle.unsubscribe(cancelled.clone()).into_future()).await;
            assert_eq!(format_result(&refused), format!("Refused {status}"));
            server.set_application("a", &[], &[]);
            peer.cut();
            let found = transcripts_up_to(&mut app, "Resynced")
                .await
                .pop()
                .expect("it");
            let expected = format!("restored_subscriptions: {restored:?}");
            assert!(found.contains(&expected), "{cancelled:?}: {found}");
        });
    }
}

/// Asterisk counts subscriptions, except those to devices: each needs its own cancellation. As many
/// as are left are restored after a gap.
#[test]
fn as_many_subscriptions_are_restored_as_are_left() {
    const CANCEL: &str = "DELETE /applications/a/subscription";
    for (source, subscribed, cancelled, restored) in [
        ("bridge:b", 1, 1, 0),
        ("bridge:b", 2, 1, 1),
        ("bridge:b", 3, 1, 2),
        ("endpoint:PJSIP/e", 2, 2, 0),
        ("deviceState:Stasis:x", 2, 0, 1),
        ("deviceState:Stasis:x", 2, 1, 0),
    ] {
        run(async |server| {
            let client = server.client();
            let (mut app, peer) = server.connect(&client).await;
            let none = application_state(&[], &[], &[]);
            server.set_response(SUBSCRIBE, 200, &none);
            server.set_response(CANCEL, 200, &none);
            let handle = client.application("a");
            for _ in 0..subscribed {
                let request = handle.subscribe([source]).into_future();
                within_limit(request).await.expect("a subscription");
            }
            for _ in 0..cancelled {
                let request = handle.unsubscribe([source]).into_future();
                within_limit(request).await.expect("a cancellation");
            }
            server.set_application("a", &[], &[]);
            peer.cut();
            transcripts_up_to(&mut app, "Resynced").await;
            assert_eq!(
                server.request_count(SUBSCRIBE),
                subscribed + restored,
                "{source}: {subscribed} subscriptions, {cancelled} cancelled"
            );
        });
    }
}

/// Events of a channel from one WebSocket are delivered before its end, even if another WebSocket
/// reports the end earlier.
#[test]
fn terminal_event_does_not_overtake_other_websocket() {
    run(async |server| {
        let client = server.client();
        let [(first, mut peer), (second, mut other)] = connect_two(&server, &client).await;
        let session = second.session().clone();
        // A machine that stalls for a quarter of a second would deliver the end first.
        for attempt in 0..20 {
            let id = format!("c{attempt}");
            let mut events = client.channel(&id).events();
            let before = session.stats().received;
            other.send_event(&channel_event("ChannelDestroyed", &id));
            wait_until("told", || session.stats().received > before).await;
            peer.send_event(&channel_event("StasisStart", &id));
            let items = remaining_transcripts(&mut events).await;
            if items
                == [
                    format!("StasisStart {id}"),
                    format!("ChannelDestroyed {id}"),
                ]
            {
                return drop((first, second));
            }
        }
        panic!("the end has overtaken every time");
    });
}

/// A delayed terminal event is delivered when the WebSocket that sent it ends.
#[test]
fn delayed_terminal_event_is_not_lost() {
    run(async |server| {
        let client = server.client();
        let [(first, _peer), (second, mut other)] = connect_two(&server, &client).await;
        server.add_call("c");
        let mut events = client.channel("c").events();
        other.send_event(&channel_event("ChannelDestroyed", "c"));
        let session = second.session().clone();
        wait_until("told", || session.stats().received == 1).await;
        drop((second, session));
        other.close_with_client();
        assert_eq!(
            remaining_transcripts(&mut events).await,
            ["ChannelDestroyed c"]
        );
        drop(first);
    });
}

/// Additional requests of the client take no longer than the timeout of the original request.
#[test]
fn additional_requests_share_the_timeout() {
    run(async |server| {
        let client = server.client();
        let (_app, _peer) = server.connect(&client).await;
        // Long enough for a request on a busy machine.
        let brief = client.with_timeout(Duration::from_secs(1));
        let begin = Instant::now();
        // The bridge is created, but no application can be subscribed to it.
        server.set_response("POST /bridges", 200, &bridge("b"));
        server.never_respond_to(SUBSCRIBE);
        let made = within_limit(brief.bridges().create().send_with_events()).await;
        let (_, mut events) = made.expect("a bridge");
        assert!(begin.elapsed() < LIMIT);
        let begin = Instant::now();
        // A refused request may have been carried out in part, so the client asks the server.
        server.resume_responses();
        server.set_response(SUBSCRIBE, 422, &json!({"message": "no"}));
        server.never_respond_to("GET /applications/a");
        let sources = ["deviceState:Stasis:x", "bridge:none"];
        let refused = within_limit(brief.application("a").subscribe(sources).into_future()).await;
        assert_eq!(format_result(&refused), "Refused 422");
        assert!(begin.elapsed() < LIMIT);
        server.resume_responses();
        assert_eq!(last(&mut events).await.split(' ').next(), Some("Gone"));
    });
}

/// A terminal event has its whole second to arrive, even if another object was enqueued for a check
/// before.
#[test]
fn each_check_has_its_own_grace_period() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        for id in ["x", "c"] {
            peer.send_event(&channel_event("StasisStart", id));
            next_transcript(&mut app).await;
        }
        server.set_list("channels", &["x", "c"]);
        let _other = client.channel("x").events();
        let mut channel = client.channel("c").events();
        peer.send_event(&channel_event("StasisEnd", "x"));
        tokio::time::sleep(Duration::from_millis(900)).await;
        peer.send_event(&channel_event("StasisEnd", "c"));
        assert_eq!(next_transcript(&mut channel).await, "StasisEnd c");
        tokio::time::sleep(Duration::from_millis(500)).await;
        peer.send_event(&channel_event("ChannelDestroyed", "c"));
        assert_eq!(next_transcript(&mut channel).await, "ChannelDestroyed c");
    });
}

/// Checks that are enqueued again and again are carried out nevertheless.
#[test]
fn repeated_enqueue_does_not_postpone_check() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        server.set_response(
            "DELETE /applications/a/subscription",
            200,
            &application_state(&[], &[], &[]),
        );
        let mut channel = client.channel("c").events();
        peer.send_event(&channel_event("StasisEnd", "c"));
        let application = client.application("a");
        let cancelling = async {
            loop {
                // It may have delivered the events of the channel.
                let cancelled = application.unsubscribe(["endpoint:PJSIP/100"]);
                cancelled.await.expect("a response");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::select! {
            items = remaining_transcripts(&mut channel) => assert_eq!(items, ["StasisEnd c", "Gone channel c"]),
            () = cancelling => {}
        }
    });
}
