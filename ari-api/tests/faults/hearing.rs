//! Streams of objects whose events no longer reach the client: they end with a reason, and all
//! other streams continue.

use std::time::{Duration, Instant};

use ari_api::runtime::{EventStream, ObjectStream};
use ari_api::{Client, Event, models};
use serde_json::{Value, json};

use crate::sample::{bridge, event, inside, numbered, of_bridge, of_channel, playback};
use crate::server::{LIMIT, Peer, Server, Upgrade, quick};
use crate::tell::{next, outcome, rest, run, soon, until, up_to};

const SUBSCRIBE: &str = "POST /applications/a/subscription";

/// Returns the server's state of an application that is subscribed to these objects.
fn state(channels: &[&str], bridges: &[&str], devices: &[&str]) -> Value {
    json!({"name": "a", "channel_ids": channels, "bridge_ids": bridges, "endpoint_ids": [],
        "device_names": devices})
}

/// Connects the applications `a` and `b`, each on its own WebSocket.
async fn two(server: &Server, client: &Client) -> [(EventStream<Event>, Peer); 2] {
    let first = server.connect(client).await;
    let mut second = soon(async { client.application("b").connect().await })
        .await
        .expect("an application");
    assert_eq!(next(&mut second).await, "Connected");
    [first, (second, server.peer())]
}

async fn last(stream: &mut ObjectStream<Event>) -> String {
    rest(stream).await.pop().expect("an item")
}

/// However one of two WebSockets ends, the streams of its channels end, and those of the other's
/// channels stay.
#[test]
fn streams_end_with_the_websocket_that_brings_their_events() {
    for way in ["closed", "dropped", "replaced", "refused", "never again"] {
        run(async |server| {
            let reconnect = if way == "never again" {
                quick().max_attempts(0)
            } else {
                quick()
            };
            let client = server
                .builder()
                .reconnect(reconnect)
                .build()
                .expect("a client");
            let [(first, mut peer), (second, mut other)] = two(&server, &client).await;
            server.list("channels", &["of a", "of b"]);
            server.application("a", &["of a"], &[]);
            server.application("b", &["of b"], &[]);
            let [mut ends, mut stays] = ["of a", "of b"].map(|id| client.channel(id).events());
            match way {
                "closed" => {
                    let session = first.session().clone();
                    let closed =
                        tokio::spawn(async move { session.close(crate::server::LIMIT).await });
                    peer.close_with_client();
                    soon(closed).await.expect("no panic");
                }
                "dropped" => {
                    drop(first);
                    peer.close_with_client();
                }
                "replaced" => {
                    peer.event(&event("ApplicationReplaced", json!({})));
                    peer.close_with_client();
                }
                _ => {
                    server.upgrades([Upgrade::Refuse(401)]);
                    peer.cut();
                }
            }
            assert_eq!(last(&mut ends).await, "Gone channel of a");
            other.event(&numbered("of b", 1));
            let items = up_to(&mut stays, "ChannelUserevent 1").await;
            assert_eq!(items[items.len() - 2], "Closed", "{way}: {items:?}");
            drop(second);
        });
    }
}

/// The server has forgotten an application that is about to reconnect, as after a restart: the
/// streams of its objects do not end before it has reconnected.
#[test]
fn who_connects_again_still_hears() {
    run(async |server| {
        let client = server.client();
        let [(mut first, peer), (second, mut other)] = two(&server, &client).await;
        server.list("channels", &["c"]);
        let mut stream = client.channel("c").events();
        server.always(Upgrade::Refuse(503));
        peer.cut();
        until("refused", || server.count("GET /events") > 2).await;
        let unknown = json!({"message": "Application not found"});
        server.answers("GET /applications/a", 404, &unknown);
        server.application("b", &[], &[]);
        // The loss makes the client ask the server which applications cover the channel, and again,
        // because the server cannot tell.
        let asked = || server.count("GET /applications/a");
        let before = asked();
        other.event(&of_channel("StasisEnd", "c"));
        until("asked again", || asked() > before + 1).await;
        server.application("a", &["c"], &[]);
        server.always(Upgrade::Accept);
        let mut peer = server.peer();
        up_to(&mut first, "Resynced").await;
        peer.event(&numbered("c", 1));
        let items = up_to(&mut stream, "ChannelUserevent 1").await;
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
fn streams_end_with_the_application_that_brings_their_events() {
    run(async |server| {
        let client = server.client();
        let connecting = client.events().event_websocket(["a", "b"]).into_future();
        let mut app = soon(connecting).await.expect("two applications");
        assert_eq!(next(&mut app).await, "Connected");
        let mut peer = server.peer();
        server.list("channels", &["of a", "of b"]);
        server.application("a", &["of a"], &[]);
        server.application("b", &["of b"], &[]);
        let mut typed = app.events_of::<models::StasisStart>();
        let [mut ends, mut stays] = ["of a", "of b"].map(|id| client.channel(id).events());
        peer.event(&event("ApplicationReplaced", json!({})));
        assert_eq!(rest(&mut ends).await, ["Replaced", "Gone channel of a"]);
        peer.event(&numbered("of b", 1));
        assert_eq!(next(&mut stays).await, "Replaced");
        assert_eq!(next(&mut stays).await, "ChannelUserevent 1");
        let items = up_to(&mut app, "ChannelUserevent").await;
        assert_eq!(
            items,
            ["ApplicationReplaced", "Replaced", "ChannelUserevent 1"]
        );
        peer.event(&of_channel("StasisStart", "of b"));
        assert_eq!(next(&mut typed).await, "Replaced a");
        assert_eq!(next(&mut typed).await, "StasisStart of b");
    });
}

/// Cancelling a subscription ends the streams that depended on it.
#[test]
fn streams_end_with_the_subscription_that_brings_their_events() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        server.list("channels", &["asked for", "inside"]);
        let both = state(&["asked for", "inside"], &[], &["Stasis:x"]);
        server.answers("GET /applications/a", 200, &both);
        let mut channel = client.channel("asked for").events();
        let mut device = client.device_state("Stasis:x").events();
        let mut stays = client.channel("inside").events();
        let left = state(&["inside"], &[], &[]);
        server.answers("DELETE /applications/a/subscription", 200, &left);
        server.answers("GET /applications/a", 200, &left);
        let sources = ["channel:asked for", "deviceState:Stasis:x"];
        let cancelled = client.application("a").unsubscribe(sources);
        soon(cancelled.into_future()).await.expect("an answer");
        assert_eq!(rest(&mut channel).await, ["Gone channel asked for"]);
        assert_eq!(rest(&mut device).await, ["Gone device_state Stasis:x"]);
        peer.event(&numbered("inside", 1));
        assert_eq!(next(&mut stays).await, "ChannelUserevent 1");
        drop(app);
    });
}

/// A bridge is subscribed to after its creation, and its stream ends when it is destroyed, even if
/// the event is lost.
#[test]
fn a_bridge_is_heard_of_by_its_stream() {
    for is_told in [true, false] {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            server.answers("POST /bridges/b", 200, &bridge("b"));
            server.answers(SUBSCRIBE, 200, &state(&[], &["b"], &[]));
            let create = client.bridges().create_with_id("b").with_events();
            let (handle, mut events) = soon(create).await.expect("a bridge");
            assert_eq!(server.count(SUBSCRIBE), 1);
            server.list("bridges", &["b"]);
            server.application("a", &[], &["b"]);
            server.answers("DELETE /bridges/b", 204, &Value::Null);
            server.list("bridges", &[]);
            soon(handle.destroy().into_future())
                .await
                .expect("an answer");
            if is_told {
                peer.event(&of_bridge("BridgeDestroyed", "b"));
                assert_eq!(rest(&mut events).await, ["BridgeDestroyed"]);
            } else {
                assert_eq!(rest(&mut events).await, ["Gone bridge b"]);
            }
        });
    }
    // No application can be subscribed.
    run(async |server| {
        let client = server.client();
        let (_app, _peer) = server.connect(&client).await;
        server.answers("POST /bridges/b", 200, &bridge("b"));
        server.list("bridges", &["b"]);
        let create = client.bridges().create_with_id("b").with_events();
        let (_, mut events) = soon(create).await.expect("a bridge");
        assert_eq!(rest(&mut events).await, ["Gone bridge b"]);
    });
}

/// After a channel has left a bridge, the server knows whether the bridge is still covered.
#[test]
fn a_bridge_that_a_channel_leaves_is_asked_for() {
    for is_heard in [true, false] {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            server.list("bridges", &["b"]);
            let own: &[&str] = if is_heard { &["b"] } else { &[] };
            server.application("a", &[], own);
            let mut events = client.bridge("b").events();
            let mut left = of_bridge("ChannelLeftBridge", "b");
            left["channel"] = inside("c", "Up", "a");
            peer.event(&left);
            assert_eq!(next(&mut events).await, "ChannelLeftBridge");
            if is_heard {
                until("asked", || server.count("GET /bridges/b") == 1).await;
                peer.event(&of_bridge("BridgeDestroyed", "b"));
                assert_eq!(rest(&mut events).await, ["BridgeDestroyed"]);
            } else {
                assert_eq!(rest(&mut events).await, ["Gone bridge b"]);
            }
        });
    }
}

/// A playback in a bridge that is not covered ends in an error instead of waiting. In a covered
/// bridge the client waits for its end.
#[test]
fn a_playback_in_a_bridge_is_heard_of_where_the_bridge_is() {
    for is_heard in [true, false] {
        run(async |server| {
            let client = server.client();
            let (app, mut peer) = server.connect(&client).await;
            let mut playing = playback("p", "playing");
            playing["target_uri"] = "bridge:b".into();
            server.answers("POST /bridges/b/play", 201, &playing);
            server.answers("GET /playbacks/p", 200, &playing);
            server.list("bridges", &["b"]);
            let own: &[&str] = if is_heard { &["b"] } else { &[] };
            server.application("a", &[], own);
            let play = client.bridge("b").play(["sound:x"]).playback_id("p");
            let waiting = tokio::spawn(play.finished());
            if is_heard {
                until("asked", || server.count("GET /playbacks/p") == 1).await;
                playing["state"] = "done".into();
                peer.event(&event("PlaybackFinished", json!({"playback": playing})));
                let done = soon(waiting).await.expect("no panic").expect("an end");
                assert_eq!(done.state.as_str(), "done");
            } else {
                let error = soon(waiting).await.expect("no panic").expect_err("no end");
                assert_eq!(crate::tell::fault(&error), "Gone playback p");
            }
            drop(app);
        });
    }
}

/// A final event that cannot be decoded still ends its object. Other events that cannot be decoded
/// do not.
#[test]
fn an_end_that_cannot_be_decoded_is_an_end() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        server.has_call("stays");
        let [mut ends, mut stays] = ["ends", "stays"].map(|id| client.channel(id).events());
        for (kind, id) in [("ChannelDestroyed", "ends"), ("ChannelVarset", "stays")] {
            peer.text(&format!(r#"{{"type":"{kind}","channel":{{"id":"{id}"}}}}"#));
        }
        let items = rest(&mut ends).await;
        assert!(items[0].starts_with("Decode "), "{items:?}");
        assert_eq!(items[1..], ["Gone channel ends"]);
        assert!(next(&mut stays).await.starts_with("Decode "));
        peer.event(&of_channel("ChannelDestroyed", "stays"));
        assert_eq!(rest(&mut stays).await, ["ChannelDestroyed stays"]);
    });
}

/// The server reports an object as missing before its final event arrives: the event takes
/// precedence.
#[test]
fn an_end_that_is_about_to_be_told_is_waited_for() {
    run(async |server| {
        let client = server.client();
        let (app, peer) = server.connect(&client).await;
        server.has_call("c");
        let mut events = client.channel("c").events();
        peer.cut();
        let mut peer = server.peer();
        until("asked", || server.count("GET /channels/c") == 1).await;
        peer.event(&of_channel("ChannelDestroyed", "c"));
        assert_eq!(last(&mut events).await, "ChannelDestroyed c");
        drop(app);
    });
}

/// Many objects are listed instead of being requested one by one. Both ways end the streams of
/// missing objects, and no others.
#[test]
fn many_objects_are_asked_for_at_once() {
    for (count, asked) in [(3, true), (40, false)] {
        run(async |server| {
            let client = server.client();
            let (_app, peer) = server.connect(&client).await;
            let ids: Vec<String> = (0..count).map(|number| format!("c{number}")).collect();
            let mut streams: Vec<_> = ids.iter().map(|id| client.channel(id).events()).collect();
            let there: Vec<&str> = ids.iter().step_by(2).map(String::as_str).collect();
            server.list("channels", &there);
            server.application("a", &there, &[]);
            peer.cut();
            let mut peer = server.peer();
            for (number, stream) in streams.iter_mut().enumerate() {
                if number % 2 == 1 {
                    assert_eq!(last(stream).await, format!("Gone channel c{number}"));
                }
            }
            for (number, stream) in streams.iter_mut().enumerate().step_by(2) {
                peer.event(&of_channel("ChannelDestroyed", &ids[number]));
                assert_eq!(last(stream).await, format!("ChannelDestroyed c{number}"));
            }
            let singly = server.count("GET /channels/c0");
            assert_eq!(singly > 0, asked, "{singly}");
        });
    }
}

/// The server has refused one of several event sources: the sources before it are subscribed to,
/// and are restored after a gap.
#[test]
fn what_a_refused_subscription_leaves_is_put_back() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        server.answers(SUBSCRIBE, 422, &json!({"message": "no"}));
        let left = state(&[], &[], &["Stasis:x"]);
        server.answers("GET /applications/a", 200, &left);
        let sources = [
            "deviceState:Stasis:x",
            "bridge:none",
            "deviceState:Stasis:y",
        ];
        let refused = client.application("a").subscribe(sources).into_future();
        assert_eq!(
            soon(refused).await.expect_err("a refusal").status(),
            Some(422)
        );
        server.application("a", &[], &[]);
        server.answers(SUBSCRIBE, 200, &left);
        peer.cut();
        let found = up_to(&mut app, "Resynced").await.pop().expect("it");
        assert!(
            found.contains(r#"restored_subscriptions: ["deviceState:Stasis:x"]"#),
            "{found}"
        );
    });
}

/// Events of a channel from one WebSocket are delivered before its end, even if another WebSocket
/// reports the end earlier.
#[test]
fn an_end_does_not_overtake_what_another_websocket_tells() {
    run(async |server| {
        let client = server.client();
        let [(first, mut peer), (second, mut other)] = two(&server, &client).await;
        let session = second.session().clone();
        // A machine that stalls for a quarter of a second would deliver the end first.
        for attempt in 0..20 {
            let id = format!("c{attempt}");
            let mut events = client.channel(&id).events();
            let before = session.stats().received;
            other.event(&of_channel("ChannelDestroyed", &id));
            until("told", || session.stats().received > before).await;
            peer.event(&of_channel("StasisStart", &id));
            let items = rest(&mut events).await;
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
fn an_end_that_is_held_back_is_not_lost() {
    run(async |server| {
        let client = server.client();
        let [(first, _peer), (second, mut other)] = two(&server, &client).await;
        server.has_call("c");
        let mut events = client.channel("c").events();
        other.event(&of_channel("ChannelDestroyed", "c"));
        let session = second.session().clone();
        until("told", || session.stats().received == 1).await;
        drop((second, session));
        other.close_with_client();
        assert_eq!(rest(&mut events).await, ["ChannelDestroyed c"]);
        drop(first);
    });
}

/// Additional requests of the client take no longer than the timeout of the original request.
#[test]
fn limits_hold_for_what_is_asked_on_top() {
    run(async |server| {
        let client = server.client();
        let (_app, _peer) = server.connect(&client).await;
        let brief = client.with_timeout(Duration::from_millis(200));
        let begin = Instant::now();
        // The bridge is created, but no application can be subscribed to it.
        server.answers("POST /bridges", 200, &bridge("b"));
        server.is_silent_on(SUBSCRIBE);
        let made = soon(brief.bridges().create().with_events()).await;
        let (_, mut events) = made.expect("a bridge");
        assert!(begin.elapsed() < LIMIT);
        let begin = Instant::now();
        // A refused request may have been carried out in part, so the client asks the server.
        server.speaks_again();
        server.answers(SUBSCRIBE, 422, &json!({"message": "no"}));
        server.is_silent_on("GET /applications/a");
        let sources = ["deviceState:Stasis:x", "bridge:none"];
        let refused = soon(brief.application("a").subscribe(sources).into_future()).await;
        assert_eq!(outcome(&refused), "Refused 422");
        assert!(begin.elapsed() < LIMIT);
        server.speaks_again();
        assert_eq!(last(&mut events).await.split(' ').next(), Some("Gone"));
    });
}

/// A terminal event has its whole second to arrive, even if another object was enqueued for a check
/// before.
#[test]
fn every_doubt_has_a_second_of_its_own() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        for id in ["x", "c"] {
            peer.event(&of_channel("StasisStart", id));
            next(&mut app).await;
        }
        server.list("channels", &["x", "c"]);
        let _other = client.channel("x").events();
        let mut channel = client.channel("c").events();
        peer.event(&of_channel("StasisEnd", "x"));
        tokio::time::sleep(Duration::from_millis(900)).await;
        peer.event(&of_channel("StasisEnd", "c"));
        assert_eq!(next(&mut channel).await, "StasisEnd c");
        tokio::time::sleep(Duration::from_millis(500)).await;
        peer.event(&of_channel("ChannelDestroyed", "c"));
        assert_eq!(next(&mut channel).await, "ChannelDestroyed c");
    });
}

/// Checks that are enqueued again and again are carried out nevertheless.
#[test]
fn a_doubt_is_settled_however_often_it_is_raised() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        server.answers(
            "DELETE /applications/a/subscription",
            200,
            &state(&[], &[], &[]),
        );
        let mut channel = client.channel("c").events();
        peer.event(&of_channel("StasisEnd", "c"));
        let application = client.application("a");
        let cancelling = async {
            loop {
                // It may have delivered the events of the channel.
                let cancelled = application.unsubscribe(["endpoint:PJSIP/100"]);
                cancelled.await.expect("an answer");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::select! {
            items = rest(&mut channel) => assert_eq!(items, ["StasisEnd c", "Gone channel c"]),
            () = cancelling => {}
        }
    });
}
