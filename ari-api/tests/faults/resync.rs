//! After a gap, the client restores subscriptions and filters, and reports changes.

use std::time::Duration;

use ari_api::EventFilter;
use ari_api::stream::{ConnectionEvent, EventStream, ResyncReport};
use ari_api::{Client, Event};
use ari_test_support::{LIMIT, Peer, wait_until, within_limit};
use serde_json::{Value, json};

use crate::sample::{
    bridge, bridge_event, channel_event, channel_in_stasis, recording, ringing_channel,
};
use crate::server::{Server, Upgrade};
use crate::transcript::{
    format_result, next_transcript, remaining_transcripts, run, transcripts_up_to,
};

const SUBSCRIBE: &str = "POST /applications/a/subscription";

/// Cuts a connection; returns the reported changes, and the next connection.
async fn gap(server: &Server, app: &mut EventStream<Event>, peer: Peer) -> (ResyncReport, Peer) {
    peer.cut();
    // Reports before that belong to an earlier gap.
    let mut lost = false;
    loop {
        let event = within_limit(app.next())
            .await
            .expect("an item")
            .expect("an event");
        match &*event {
            Event::Connection(ConnectionEvent::Disconnected { .. }) => lost = true,
            Event::Connection(ConnectionEvent::Resynced(found)) if lost => {
                return ((**found).clone(), server.peer());
            }
            _ => {}
        }
    }
}

/// Lets an application subscribe to sources and set a filter.
async fn subscribe_and_filter(server: &Server, client: &Client) {
    server.set_response(
        "POST /applications/a/subscription",
        200,
        &application(&[], &[], &[]),
    );
    server.set_response(
        "DELETE /applications/a/subscription",
        200,
        &application(&[], &[], &[]),
    );
    server.set_response(
        "PUT /applications/a/eventFilter",
        200,
        &application(&[], &[], &[]),
    );
    let app = client.application("a");
    let sources = [
        "endpoint:PJSIP/100",
        "deviceState:Stasis:lamp",
        "bridge:b",
        "channel:",
    ];
    app.subscribe(sources).await.expect("a response");
    app.subscribe(["endpoint:PJSIP/200"])
        .await
        .expect("a response");
    app.unsubscribe(["endpoint:PJSIP/200"])
        .await
        .expect("a response");
    let filter = EventFilter::new().disallow(["Dial"]);
    app.filter().filter(filter).await.expect("a response");
    // Refused, so it is not restored.
    let other = client.application("b");
    other
        .subscribe(["endpoint:PJSIP/300"])
        .await
        .expect_err("a refusal");
}

fn application(channels: &[&str], endpoints: &[&str], devices: &[&str]) -> Value {
    json!({"name": "a", "channel_ids": channels, "bridge_ids": [], "endpoint_ids": endpoints,
        "device_names": devices})
}

/// Returns the sources that were subscribed to after this many requests.
fn subscribed_sources(server: &Server, after: usize) -> Vec<String> {
    let arrived = server.requests();
    let again = arrived.iter().skip(after);
    let again = again.filter(|request| request.line() == "POST /applications/a/subscription");
    again.map(|request| request.query().to_owned()).collect()
}

#[test]
fn missing_subscriptions_and_filter_are_restored() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        subscribe_and_filter(&server, &client).await;
        let before = server.requests().len();
        // The server has forgotten everything.
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(
            subscribed_sources(&server, before),
            [
                "eventSource=bridge%3Ab",
                "eventSource=channel%3A",
                "eventSource=deviceState%3AStasis%3Alamp",
                "eventSource=endpoint%3APJSIP%2F100",
            ]
        );
        let restored = [
            "bridge:b",
            "channel:",
            "deviceState:Stasis:lamp",
            "endpoint:PJSIP/100",
        ];
        assert_eq!(found.restored_subscriptions, restored);
        assert_eq!(found.failures, Vec::<String>::new());
        let filter = "PUT /applications/a/eventFilter";
        let bodies: Vec<_> = server
            .requests()
            .into_iter()
            .filter(|r| r.line() == filter)
            .collect();
        assert_eq!(bodies.len(), 2);
        assert_eq!(bodies[0].body, bodies[1].body);

        // The server still has nearly everything.
        let state = application(
            &["__AST_CHANNEL_ALL_TOPIC"],
            &["PJSIP/100"],
            &["Stasis:lamp"],
        );
        server.set_response("GET /applications/a", 200, &state);
        let before = server.requests().len();
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(
            subscribed_sources(&server, before),
            ["eventSource=bridge%3Ab"]
        );
        assert_eq!(found.restored_subscriptions, ["bridge:b"]);
        // A topic is not a channel.
        assert_eq!(found.discovered_channels, Vec::<String>::new());

        // The bridge no longer exists: that is reported once, and not retried forever.
        let refused = json!({"message": "no"});
        server.set_response("POST /applications/a/subscription", 422, &refused);
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.failures.len(), 1, "{:?}", found.failures);
        assert!(
            found.failures[0].contains("bridge:b"),
            "{:?}",
            found.failures
        );
        let (found, _peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.failures, Vec::<String>::new());
        assert_eq!(found.removed_channels, Vec::<String>::new());
    });
}

/// A subscription to an object that has ended is dropped.
#[test]
fn subscriptions_to_ended_objects_are_dropped() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        subscribe_and_filter(&server, &client).await;
        let app_handle = client.application("a");
        app_handle
            .subscribe(["channel:c"])
            .await
            .expect("a response");
        peer.send_event(&bridge_event("BridgeDestroyed", "b"));
        peer.send_event(&channel_event("ChannelDestroyed", "c"));
        transcripts_up_to(&mut app, "ChannelDestroyed").await;
        let (found, _peer) = gap(&server, &mut app, peer).await;
        let restored = ["channel:", "deviceState:Stasis:lamp", "endpoint:PJSIP/100"];
        assert_eq!(found.restored_subscriptions, restored);
    });
}

/// Removed, new and departed objects are each reported once.
#[test]
fn changes_are_reported_once() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        for id in ["stays", "vanishes", "leaves", "ends"] {
            peer.send_event(&channel_event("StasisStart", id));
        }
        peer.send_event(&channel_event("ChannelDestroyed", "ends"));
        for id in ["stays", "vanishes"] {
            peer.send_event(&bridge_event("BridgeCreated", &format!("{id} too")));
        }
        transcripts_up_to(&mut app, "ChannelDestroyed").await;
        let mut streams = ["stays", "vanishes", "leaves"].map(|id| client.channel(id).events());
        let mut bridge = client.bridge("vanishes too").events();
        let mut playback = client.playback("p").events();
        let mut record = client.live_recording("r").events();
        let mut recording = recording("r", "recording");
        recording["target_uri"] = "channel:stays".into();
        server.set_response("GET /recordings/live/r", 200, &recording);
        server.set_objects(
            "channels",
            [
                channel_in_stasis("stays", "Up", "a"),
                channel_in_stasis("appears", "Up", "a"),
                ringing_channel("leaves", "Up"),
                channel_in_stasis("of another", "Up", "z"),
                channel_in_stasis("half", "Up", "z"),
            ],
        );
        server.set_list("bridges", &["stays too", "appears too"]);
        let own = ["stays", "appears", "half"];
        server.set_application("a", &own, &["stays too", "appears too"]);
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.removed_channels, ["vanishes"]);
        assert_eq!(found.discovered_channels, ["appears", "half"]);
        assert_eq!(found.entered_channels, ["appears"]);
        assert_eq!(found.departed_channels, ["leaves"]);
        assert_eq!(found.removed_bridges, ["vanishes too"]);
        assert_eq!(found.discovered_bridges, ["appears too"]);
        assert_eq!(found.failures, Vec::<String>::new());
        let [stays, vanishes, leaves] = &mut streams;
        for (stream, gone) in [
            (vanishes, "Gone channel vanishes"),
            (leaves, "Gone channel leaves"),
            (&mut bridge, "Gone bridge vanishes too"),
            (&mut playback, "Gone playback p"),
        ] {
            let items = remaining_transcripts(stream).await;
            let [.., lost, back, compared, last] = &items[..] else {
                panic!("{items:?}")
            };
            assert_eq!([lost, back, last], ["Disconnected", "Reconnected", gone]);
            assert!(compared.starts_with("Resynced"), "{items:?}");
        }
        let (found, mut peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found, ResyncReport::default());
        // The remaining streams continue.
        peer.send_event(&channel_event("ChannelDestroyed", "stays"));
        let items = remaining_transcripts(stays).await;
        assert_eq!(items.last().expect("an item"), "ChannelDestroyed stays");
        transcripts_up_to(&mut record, "Reconnected").await;
    });
}

/// A failed comparison is reported, and repeated after the next gap.
#[test]
fn failed_comparison_is_reported_and_repeated() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        peer.send_event(&channel_event("StasisStart", "c"));
        transcripts_up_to(&mut app, "StasisStart").await;
        let no = json!({"message": "no"});
        server.set_response("GET /channels", 500, &no);
        server.set_response("GET /applications/a", 500, &no);
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.failures.len(), 2, "{:?}", found.failures);
        assert_eq!(found.removed_channels, Vec::<String>::new());
        server.reset_response("GET /channels");
        server.set_application("a", &[], &[]);
        let (found, _peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.removed_channels, ["c"]);
    });
}

/// A gap during the comparison: none of its changes is lost.
#[test]
fn interrupted_comparison_is_repeated() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        peer.send_event(&channel_event("StasisStart", "c"));
        transcripts_up_to(&mut app, "StasisStart").await;
        let mut stream = client.channel("c").events();
        server.never_respond_to("GET /bridges");
        peer.cut();
        let peer = server.peer();
        wait_until("compared in part", || {
            server.request_count("GET /bridges") == 1
        })
        .await;
        server.resume_responses();
        let (found, _peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.removed_channels, ["c"]);
        let items = remaining_transcripts(&mut stream).await;
        assert_eq!(items.last().expect("an item"), "Gone channel c");
    });
}

/// Events that arrive during the comparison are not delayed.
#[test]
fn events_flow_during_comparison() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        server.never_respond_to("GET /applications/a");
        peer.cut();
        let mut peer = server.peer();
        peer.send_event(&channel_event("StasisStart", "c"));
        transcripts_up_to(&mut app, "StasisStart").await;
        // Closing does not wait for the comparison.
        let closing = client.clone();
        let closed = tokio::spawn(async move { closing.close(LIMIT).await });
        peer.close_with_client();
        within_limit(closed).await.expect("no panic");
        assert_eq!(next_transcript(&mut app).await, "end");
    });
}

/// A loss that follows at once: each one is reported, in order.
#[test]
fn consecutive_losses_are_all_reported() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        for number in 0..20 {
            server.queue_upgrades(vec![Upgrade::Refuse(404); number % 2]);
            peer.cut();
            assert_eq!(next_transcript(&mut app).await, "Disconnected");
            assert_eq!(next_transcript(&mut app).await, "Reconnected");
            peer = server.peer();
            if number % 3 == 0 {
                let found = next_transcript(&mut app).await;
                assert!(found.starts_with("Resynced"), "{number}: {found}");
            } else {
                peer.send_event(&channel_event("StasisStart", "c"));
                transcripts_up_to(&mut app, "StasisStart").await;
                // The comparison may have finished or not.
                wait_until("asked", || server.request_count("GET /applications/a") > 0).await;
                let (_, next) = gap(&server, &mut app, peer).await;
                peer = next;
            }
        }
    });
}

/// The current filter is restored, and none if it has been cleared.
#[test]
fn current_filter_is_restored() {
    const FILTER: &str = "PUT /applications/a/eventFilter";
    let allow = || EventFilter::new().allow(["StasisStart"]);
    let disallow = || EventFilter::new().disallow(["Dial"]);
    for (filters, expected) in [
        (
            vec![allow()],
            Some(json!({"allowed": ["StasisStart", "RESTResponse"]})),
        ),
        (
            vec![disallow(), allow()],
            Some(json!({"allowed": ["StasisStart", "RESTResponse"], "disallowed": ["Dial"]})),
        ),
        (
            vec![allow(), EventFilter::allow_all()],
            Some(json!({"allowed": [], "disallowed": []})),
        ),
        (vec![disallow(), EventFilter::new()], None),
        (
            vec![disallow(), EventFilter::new(), allow()],
            Some(json!({"allowed": ["StasisStart", "RESTResponse"]})),
        ),
    ] {
        run(async |server| {
            let client = server.client();
            let (mut app, peer) = server.connect(&client).await;
            server.set_response(FILTER, 200, &application(&[], &[], &[]));
            let set = filters.len();
            for filter in filters {
                let filtered = client.application("a").filter().filter(filter);
                within_limit(filtered.into_future())
                    .await
                    .expect("a response");
            }
            gap(&server, &mut app, peer).await;
            let arrived = server.requests().into_iter().filter(|r| r.line() == FILTER);
            let bodies: Vec<_> = arrived.skip(set).map(|r| filter_lists(r.text())).collect();
            assert_eq!(bodies, expected.into_iter().collect::<Vec<_>>());
        });
    }
}

/// Returns a filter's lists as plain names.
fn filter_lists(body: &str) -> Value {
    let mut lists: Value = serde_json::from_str(body).expect("JSON");
    for (_, list) in lists.as_object_mut().expect("lists") {
        for entry in list.as_array_mut().expect("a list") {
            *entry = entry["type"].take();
        }
    }
    lists
}

/// With a subscription to everything, objects that existed at its start are not reported as new,
/// and a channel that leaves the application is still reported.
#[test]
fn only_new_objects_are_reported_with_subscribe_all() {
    run(async |server| {
        let all = application(
            &["__AST_CHANNEL_ALL_TOPIC"],
            &["__AST_ENDPOINT_ALL_TOPIC"],
            &[],
        );
        let mut all = all;
        all["bridge_ids"] = json!(["__AST_BRIDGE_ALL_TOPIC"]);
        all["device_names"] = json!(["__AST_DEVICE_STATE_ALL_TOPIC"]);
        server.set_response("GET /applications/a", 200, &all);
        server.set_list("channels", &["was there", "continues"]);
        server.set_list("bridges", &["was there too"]);
        let client = server.client();
        let request = client.application("a").connect().subscribe_all(true);
        let mut app = within_limit(request.into_future())
            .await
            .expect("an application");
        // The registration is checked once the inventory is complete.
        wait_until("learnt", || {
            server.request_count("GET /applications/a") == 3
        })
        .await;
        let mut peer = server.peer();
        for kind in ["StasisStart", "StasisEnd"] {
            peer.send_event(&channel_event(kind, "continues"));
        }
        peer.send_event(&bridge_event("ChannelEnteredBridge", "entered"));
        transcripts_up_to(&mut app, "ChannelEnteredBridge").await;
        server.set_objects(
            "channels",
            [
                ringing_channel("was there", "Up"),
                ringing_channel("continues", "Up"),
                ringing_channel("new", "Ring"),
                channel_in_stasis("new inside", "Up", "a"),
                channel_in_stasis("elsewhere", "Up", "z"),
            ],
        );
        server.set_list("bridges", &["was there too", "entered", "new"]);
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.removed_channels, Vec::<String>::new());
        assert_eq!(
            found.discovered_channels,
            ["elsewhere", "new", "new inside"]
        );
        assert_eq!(found.entered_channels, ["new inside"]);
        assert_eq!(found.departed_channels, Vec::<String>::new());
        assert_eq!(found.discovered_bridges, ["new"]);
        server.set_list("channels", &["new inside"]);
        server.set_list("bridges", &["new"]);
        let (found, _peer) = gap(&server, &mut app, peer).await;
        assert_eq!(
            found.removed_channels,
            ["continues", "elsewhere", "new", "was there"]
        );
        assert_eq!(found.removed_bridges, ["entered", "was there too"]);
        assert_eq!(found.discovered_channels, Vec::<String>::new());
    });
}

/// A channel that enters while the first inventory is taken, and whose event is lost with the
/// WebSocket, counts as entered after the gap: nobody serves the caller otherwise.
#[test]
fn channel_whose_stasis_start_was_lost_has_entered() {
    run(async |server| {
        let channels = application(&["caller"], &[], &[]);
        server.set_response("GET /applications/a", 200, &channels);
        server.set_objects("channels", [channel_in_stasis("caller", "Ring", "a")]);
        server.set_list("bridges", &[]);
        let client = server.client();
        let request = client.application("a").connect();
        let mut app = within_limit(request.into_future())
            .await
            .expect("an application");
        wait_until("listed", || server.request_count("GET /bridges") == 1).await;
        let (found, _peer) = gap(&server, &mut app, server.peer()).await;
        assert_eq!(found.entered_channels, ["caller"]);
    });
}

/// A server that does not know the application has removed it together with a former WebSocket: the
/// new one is useless, and is reopened.
#[test]
fn unregistered_application_is_reconnected() {
    let unknown = json!({"message": "Application not found"});
    // Detected at the first connection.
    run(async |server| {
        let client = server.client();
        server.set_response("GET /applications/a", 404, &unknown);
        let (mut app, _peer) = server.connect(&client).await;
        wait_until("found", || server.request_count("GET /events") == 2).await;
        server.set_application("a", &[], &[]);
        transcripts_up_to(&mut app, "Resynced").await;
        // It may have been reopened more than once.
        let again = server.request_count("GET /events") - 1;
        let mut peers: Vec<_> = (0..again).map(|_| server.peer()).collect();
        let peer = peers.last_mut().expect("a WebSocket");
        peer.send_event(&channel_event("StasisStart", "c"));
        assert_eq!(next_transcript(&mut app).await, "StasisStart c");
    });
    // Detected after a gap: nothing is compared before the application exists.
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        server.set_response("GET /applications/a", 404, &unknown);
        peer.cut();
        wait_until("opened again", || server.request_count("GET /events") >= 3).await;
        server.set_application("a", &[], &[]);
        let items = transcripts_up_to(&mut app, "Resynced").await;
        let lost = items.iter().filter(|item| *item == "Disconnected").count();
        assert!(lost >= 2, "{items:?}");
    });
    // Removed after the comparison had finished.
    run(async |server| {
        // No ping detects it first.
        let builder = server.builder().keepalive(LIMIT * 100, LIMIT * 100);
        let client = builder.build().expect("a client");
        let (mut app, peer) = server.connect(&client).await;
        // The requests after connecting have been sent.
        wait_until("asked", || server.request_count("GET /applications/a") == 2).await;
        peer.cut();
        transcripts_up_to(&mut app, "Resynced").await;
        let opened = server.request_count("GET /events");
        server.set_response("GET /applications/a", 404, &unknown);
        wait_until("opened again", || {
            server.request_count("GET /events") > opened
        })
        .await;
    });
}

/// A subscription that the server grants to an application which it removes with the socket, and
/// whose response arrives after everything else has been restored.
#[test]
fn subscription_granted_across_gap_is_restored() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        server.set_response(SUBSCRIBE, 200, &application(&[], &[], &[]));
        server.hold_responses_to(SUBSCRIBE);
        let asking = client
            .application("a")
            .subscribe(["endpoint:PJSIP/100"])
            .into_future();
        let asking = tokio::spawn(asking);
        wait_until("asked", || server.request_count(SUBSCRIBE) == 1).await;
        let (found, _peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.restored_subscriptions, [""; 0]);
        server.release_responses_to(SUBSCRIBE);
        within_limit(asking)
            .await
            .expect("a task")
            .expect("a response");
        wait_until("the subscription is restored", || {
            server.request_count(SUBSCRIBE) == 2
        })
        .await;
        assert_eq!(
            subscribed_sources(&server, 0),
            ["eventSource=endpoint%3APJSIP%2F100"; 2]
        );
        assert_eq!(app.session().stats().reconnects, 1);
    });
}

/// The channel of a call that rings through a gap is subscribed to. A second request for the same
/// id does not change that, whether it is refused or its outcome is unknown.
#[test]
fn pending_call_survives_second_request_for_its_id() {
    const MAKE: &str = "POST /channels/c";
    for second in [None, Some(409), Some(0)] {
        run(async |server| {
            let client = server.client();
            let (mut app, peer) = server.connect(&client).await;
            server.set_response(MAKE, 200, &ringing_channel("c", "Ringing"));
            let make = || client.channel("c").originate_with_id("PJSIP/1").app("a");
            let (_channel, _events) = within_limit(make().send_with_events())
                .await
                .expect("a channel");
            match second {
                Some(0) => {
                    server.never_respond_to(MAKE);
                    let brief = client.with_timeout(Duration::from_millis(100));
                    let again = brief.channel("c").originate_with_id("PJSIP/1").app("a");
                    let again = within_limit(again.send_with_events()).await.map(drop);
                    assert!(
                        format_result(&again).starts_with("OutcomeUnknown"),
                        "{again:?}"
                    );
                }
                Some(status) => {
                    server.set_response(MAKE, status, &json!({"message": "there already"}));
                    let again = within_limit(make().send_with_events()).await.map(drop);
                    assert!(again.is_err());
                }
                None => {}
            }
            server.set_objects("channels", [ringing_channel("c", "Ringing")]);
            server.set_response(
                "POST /applications/a/subscription",
                200,
                &application(&["c"], &[], &[]),
            );
            let (found, _peer) = gap(&server, &mut app, peer).await;
            assert_eq!(found.restored_subscriptions, ["channel:c"], "{second:?}");
        });
    }
}

/// A bridge that was created together with its stream is known, like one that events have named.
#[test]
fn created_bridge_is_not_reported_as_new() {
    for is_there in [true, false] {
        run(async |server| {
            let client = server.client();
            let (mut app, peer) = server.connect(&client).await;
            server.set_response("POST /bridges/b", 200, &bridge("b"));
            server.set_response(SUBSCRIBE, 200, &application(&[], &[], &[]));
            let made = client.bridge("b").create_with_id().send_with_events();
            let (_bridge, _events) = within_limit(made).await.expect("a bridge");
            if is_there {
                server.set_list("bridges", &["b"]);
                server.set_application("a", &[], &["b"]);
            }
            let (found, _peer) = gap(&server, &mut app, peer).await;
            assert_eq!(found.discovered_bridges, [""; 0]);
            let vanished: &[&str] = if is_there { &[] } else { &["b"] };
            assert_eq!(found.removed_bridges, vanished);
        });
    }
}

/// Sources are restored in the form of the original request: Asterisk takes a query for several
/// sources if an id contains a comma, or worse.
#[test]
fn sources_with_commas_are_restored() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        server.set_response(SUBSCRIBE, 200, &application(&[], &[], &[]));
        let subscribing = client.application("a").subscribe(["bridge:x,(y)"]);
        within_limit(subscribing.into_future())
            .await
            .expect("a response");
        server.set_response("POST /bridges/p%2C%22q", 200, &bridge("p,\"q"));
        let made = client.bridge("p,\"q").create_with_id().send_with_events();
        let (_bridge, _events) = within_limit(made).await.expect("a bridge");
        let (found, _peer) = gap(&server, &mut app, peer).await;
        assert_eq!(
            found.restored_subscriptions,
            ["bridge:p,\"q", "bridge:x,(y)"]
        );
        let arrived = server.requests();
        let asked = arrived.iter().filter(|request| request.line() == SUBSCRIBE);
        let asked: Vec<_> = asked
            .map(|request| (request.query(), request.text()))
            .collect();
        let [made, asked_for] = [
            ("", r#"{"eventSource":["bridge:p,\"q"]}"#),
            ("", r#"{"eventSource":["bridge:x,(y)"]}"#),
        ];
        assert_eq!(asked, [asked_for, made, made, asked_for]);
    });
}

/// Restorations that fail at the end of a gap are retried until the server accepts or refuses them.
#[test]
fn failed_restorations_are_retried() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        server.set_response(SUBSCRIBE, 200, &application(&[], &[], &[]));
        let subscribing = client.application("a").subscribe(["endpoint:PJSIP/100"]);
        within_limit(subscribing.into_future())
            .await
            .expect("a response");
        server.set_response(SUBSCRIBE, 503, &json!({"message": "not now"}));
        let (found, _peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.restored_subscriptions, [""; 0]);
        assert!(found.failures[0].contains("503"), "{:?}", found.failures);
        wait_until("asked again", || server.request_count(SUBSCRIBE) > 3).await;
        server.set_response(SUBSCRIBE, 422, &json!({"message": "no such endpoint"}));
        let asked = server.request_count(SUBSCRIBE);
        wait_until("asked once more", || {
            server.request_count(SUBSCRIBE) > asked
        })
        .await;
    });
}
