//! After a gap: what was asked for is put back, and what has changed is told.

use ari_api::runtime::{ConnectionEvent, EventFilter, EventStream, Reconciliation};
use ari_api::{Client, Event};
use serde_json::{Value, json};

use crate::sample::{calling, inside, of_bridge, of_channel, recording};
use crate::server::{Peer, Server, Upgrade};
use crate::tell::{next, rest, run, soon, until, up_to};

/// Cuts a connection; what the application is told to have changed, and the next connection.
async fn gap(server: &Server, app: &mut EventStream<Event>, peer: Peer) -> (Reconciliation, Peer) {
    peer.cut();
    // What is found before that is of an earlier gap.
    let mut lost = false;
    loop {
        let event = soon(app.next()).await.expect("an item").expect("an event");
        match &*event {
            Event::Connection(ConnectionEvent::Disconnected { .. }) => lost = true,
            Event::Connection(ConnectionEvent::Reconciled(found)) if lost => {
                return ((**found).clone(), server.peer());
            }
            _ => {}
        }
    }
}

/// Lets an application subscribe to sources and set a filter.
async fn wish(server: &Server, client: &Client) {
    server.answers(
        "POST /applications/a/subscription",
        200,
        &application(&[], &[], &[]),
    );
    server.answers(
        "DELETE /applications/a/subscription",
        200,
        &application(&[], &[], &[]),
    );
    server.answers(
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
    app.subscribe(sources).await.expect("an answer");
    app.subscribe(["endpoint:PJSIP/200"])
        .await
        .expect("an answer");
    app.unsubscribe(["endpoint:PJSIP/200"])
        .await
        .expect("an answer");
    let filter = EventFilter::new().disallow(["Dial"]);
    app.filter().filter(filter).await.expect("an answer");
    // Refused, so never asked for.
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

/// The sources that were subscribed to after so many requests.
fn subscribed(server: &Server, after: usize) -> Vec<String> {
    let arrived = server.arrived();
    let again = arrived.iter().skip(after);
    let again = again.filter(|request| request.line == "POST /applications/a/subscription");
    again.map(|request| request.query.clone()).collect()
}

#[test]
fn subscriptions_and_filter_are_put_back_where_they_are_missing() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        wish(&server, &client).await;
        let before = server.arrived().len();
        // The server has forgotten everything.
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(
            subscribed(&server, before),
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
        assert_eq!(found.restored, restored);
        assert_eq!(found.failures, Vec::<String>::new());
        let filter = "PUT /applications/a/eventFilter";
        let bodies: Vec<_> = server
            .arrived()
            .into_iter()
            .filter(|r| r.line == filter)
            .collect();
        assert_eq!(bodies.len(), 2);
        assert_eq!(bodies[0].body, bodies[1].body);

        // It still has nearly all.
        let state = application(
            &["__AST_CHANNEL_ALL_TOPIC"],
            &["PJSIP/100"],
            &["Stasis:lamp"],
        );
        server.answers("GET /applications/a", 200, &state);
        let before = server.arrived().len();
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(subscribed(&server, before), ["eventSource=bridge%3Ab"]);
        assert_eq!(found.restored, ["bridge:b"]);
        // A topic is no channel.
        assert_eq!(found.appeared_channels, Vec::<String>::new());

        // The bridge is gone meanwhile: that is said once, and not tried for ever.
        let refused = json!({"message": "no"});
        server.answers("POST /applications/a/subscription", 422, &refused);
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.failures.len(), 1, "{:?}", found.failures);
        assert!(
            found.failures[0].contains("bridge:b"),
            "{:?}",
            found.failures
        );
        let (found, _peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.failures, Vec::<String>::new());
        assert_eq!(found.vanished_channels, Vec::<String>::new());
    });
}

/// A subscription to what has ended is none any more.
#[test]
fn subscriptions_end_with_their_objects() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        wish(&server, &client).await;
        let app_handle = client.application("a");
        app_handle
            .subscribe(["channel:c"])
            .await
            .expect("an answer");
        peer.event(&of_bridge("BridgeDestroyed", "b"));
        peer.event(&of_channel("ChannelDestroyed", "c"));
        up_to(&mut app, "ChannelDestroyed").await;
        let (found, _peer) = gap(&server, &mut app, peer).await;
        let restored = ["channel:", "deviceState:Stasis:lamp", "endpoint:PJSIP/100"];
        assert_eq!(found.restored, restored);
    });
}

/// What is gone, what is new, and what has left: once each.
#[test]
fn changes_are_told_once() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        for id in ["stays", "vanishes", "leaves", "ends"] {
            peer.event(&of_channel("StasisStart", id));
        }
        peer.event(&of_channel("ChannelDestroyed", "ends"));
        for id in ["stays", "vanishes"] {
            peer.event(&of_bridge("BridgeCreated", &format!("{id} too")));
        }
        up_to(&mut app, "ChannelDestroyed").await;
        let mut streams = ["stays", "vanishes", "leaves"].map(|id| client.channel(id).events());
        let mut bridge = client.bridge("vanishes too").events();
        let mut playback = client.playback("p").events();
        let mut record = client.live_recording("r").events();
        let mut recording = recording("r", "recording");
        recording["target_uri"] = "channel:stays".into();
        server.answers("GET /recordings/live/r", 200, &recording);
        server.objects(
            "channels",
            [
                inside("stays", "Up", "a"),
                inside("appears", "Up", "a"),
                calling("leaves", "Up"),
                inside("of another", "Up", "z"),
            ],
        );
        server.list("bridges", &["stays too", "appears too"]);
        server.application("a", &["stays", "appears"], &["stays too", "appears too"]);
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.vanished_channels, ["vanishes"]);
        assert_eq!(found.appeared_channels, ["appears"]);
        assert_eq!(found.entered_channels, ["appears"]);
        assert_eq!(found.left_channels, ["leaves"]);
        assert_eq!(found.vanished_bridges, ["vanishes too"]);
        assert_eq!(found.appeared_bridges, ["appears too"]);
        assert_eq!(found.failures, Vec::<String>::new());
        let [stays, vanishes, leaves] = &mut streams;
        for (stream, gone) in [
            (vanishes, "Gone channel vanishes"),
            (leaves, "Gone channel leaves"),
            (&mut bridge, "Gone bridge vanishes too"),
            (&mut playback, "Gone playback p"),
        ] {
            let items = rest(stream).await;
            let [.., lost, back, compared, last] = &items[..] else {
                panic!("{items:?}")
            };
            assert_eq!([lost, back, last], ["Disconnected", "Reconnected", gone]);
            assert!(compared.starts_with("Reconciled"), "{items:?}");
        }
        let (found, mut peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found, Reconciliation::default());
        // Those that are left go on.
        peer.event(&of_channel("ChannelDestroyed", "stays"));
        let items = rest(stays).await;
        assert_eq!(items.last().expect("an item"), "ChannelDestroyed stays");
        up_to(&mut record, "Reconnected").await;
    });
}

/// What cannot be compared is said, and compared after the next gap.
#[test]
fn a_server_that_does_not_tell_is_said() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        peer.event(&of_channel("StasisStart", "c"));
        up_to(&mut app, "StasisStart").await;
        let no = json!({"message": "no"});
        server.answers("GET /channels", 500, &no);
        server.answers("GET /applications/a", 500, &no);
        let (found, peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.failures.len(), 2, "{:?}", found.failures);
        assert_eq!(found.vanished_channels, Vec::<String>::new());
        server.answers_no_more("GET /channels");
        server.application("a", &[], &[]);
        let (found, _peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.vanished_channels, ["c"]);
    });
}

/// A gap within the comparison: nothing of it is lost.
#[test]
fn a_comparison_that_is_cut_off_is_made_again() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        peer.event(&of_channel("StasisStart", "c"));
        up_to(&mut app, "StasisStart").await;
        let mut stream = client.channel("c").events();
        server.is_silent_on("GET /bridges");
        peer.cut();
        let peer = server.peer();
        until("compared in part", || server.count("GET /bridges") == 1).await;
        server.speaks_again();
        let (found, _peer) = gap(&server, &mut app, peer).await;
        assert_eq!(found.vanished_channels, ["c"]);
        let items = rest(&mut stream).await;
        assert_eq!(items.last().expect("an item"), "Gone channel c");
    });
}

/// Events that arrive while the server is asked are not held up.
#[test]
fn events_flow_while_the_server_is_asked() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        server.is_silent_on("GET /applications/a");
        peer.cut();
        let mut peer = server.peer();
        peer.event(&of_channel("StasisStart", "c"));
        up_to(&mut app, "StasisStart").await;
        // Closing does not wait for the comparison.
        let closing = client.clone();
        let closed = tokio::spawn(async move { closing.close(crate::server::LIMIT).await });
        peer.close_with_client();
        soon(closed).await.expect("no panic");
        assert_eq!(next(&mut app).await, "end");
    });
}

/// A loss that follows at once: every one is said, and in order.
#[test]
fn losses_that_follow_each_other_are_all_told() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        for number in 0..20 {
            server.upgrades(vec![Upgrade::Refuse(404); number % 2]);
            peer.cut();
            assert_eq!(next(&mut app).await, "Disconnected");
            assert_eq!(next(&mut app).await, "Reconnected");
            peer = server.peer();
            if number % 3 == 0 {
                let found = next(&mut app).await;
                assert!(found.starts_with("Reconciled"), "{number}: {found}");
            } else {
                peer.event(&of_channel("StasisStart", "c"));
                up_to(&mut app, "StasisStart").await;
                // The comparison may have come to its end or not.
                until("asked", || server.count("GET /applications/a") > 0).await;
                let (_, next) = gap(&server, &mut app, peer).await;
                peer = next;
            }
        }
    });
}
