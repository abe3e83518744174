//! Several servers: requests find theirs, and a failing server does not affect the others.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use ari_api::client::Fleet;
use ari_api::events::EventWebsocket;
use ari_api::stream::FleetStream;
use ari_api::{Client, Error, channels, device_states, endpoints, playbacks, recordings};
use ari_test_support::{LIMIT, wait_until, within_limit};
use serde_json::{Value, json};

use crate::sample::{channel, channel_event, numbered_user_event, playback, recording};
use crate::server::{Server, Upgrade};
use crate::transcript::{format_item, run};

type Stream = FleetStream<Client, EventWebsocket>;

fn fleet(servers: [&Server; 2]) -> Fleet<Client> {
    let [one, two] = servers.map(Server::client);
    Fleet::new([("one", one), ("two", two)])
}

/// Formats the next item as text, after the name of its server.
async fn next_item(events: &mut Stream) -> String {
    match within_limit(events.next()).await {
        Some(told) => format!("{}: {}", told.server, format_item(&Some(told.event))),
        None => "end".to_owned(),
    }
}

/// Returns the stream of the fleet, once both servers are connected.
async fn connect(fleet: &Fleet<Client>) -> Stream {
    let mut events = fleet.connect(EventWebsocket::new(["a"]));
    let both = BTreeSet::from([next_item(&mut events).await, next_item(&mut events).await]);
    assert_eq!(
        both,
        BTreeSet::from(["one: Connected", "two: Connected"].map(str::to_owned))
    );
    events
}

/// A request about an object goes to the server that has it, whatever its path looks like.
#[test]
fn requests_go_to_server_that_has_the_object() {
    run(async |one| {
        let two = Server::start();
        let fleet = fleet([&one, &two]);
        let endpoint = json!({"technology": "PJSIP", "resource": "1/0", "channel_ids": []});
        two.set_response("GET /endpoints/PJSIP/1%2F0", 200, &endpoint);
        two.set_response("PUT /endpoints/PJSIP/1%2F0/sendMessage", 202, &Value::Null);
        two.set_response("GET /playbacks/p", 200, &playback("p", "playing"));
        two.set_response("GET /recordings/live/r", 200, &recording("r", "recording"));
        two.set_list("channels", &["c"]);
        let found = within_limit(fleet.send(endpoints::Get::new("PJSIP", "1/0"))).await;
        assert_eq!(found.expect("an endpoint").resource, "1/0");
        let message = endpoints::SendMessageToEndpoint::new("PJSIP", "1/0", "x");
        within_limit(fleet.send(message)).await.expect("a response");
        within_limit(fleet.send(playbacks::Get::new("p")))
            .await
            .expect("a playback");
        within_limit(fleet.send(recordings::GetLive::new("r")))
            .await
            .expect("a recording");
        within_limit(fleet.send(channels::Get::new("c")))
            .await
            .expect("a channel");
        let error = within_limit(fleet.send(endpoints::Get::new("PJSIP", "2")))
            .await
            .expect_err("nowhere");
        assert_eq!(error.status(), Some(404));
        // Every server knows every device: none is chosen at random.
        for server in [&one, &two] {
            server.set_response(
                "GET /deviceStates/Stasis%3Ax",
                200,
                &json!({"name": "Stasis:x", "state": "INUSE"}),
            );
        }
        let update = device_states::Update::new("Stasis:x", "BUSY");
        let error = within_limit(fleet.send(update))
            .await
            .expect_err("no server");
        assert!(matches!(error, Error::InvalidConfig(_)), "{error:?}");
        assert_eq!(two.request_count("GET /deviceStates/Stasis%3Ax"), 0);
    });
}

/// A server whose response is missing may have the object. The error says so, whichever server
/// responds last.
#[test]
fn missing_response_outweighs_404_of_others() {
    for (status, held) in [(503, "one"), (503, "two"), (401, "one"), (401, "two")] {
        run(async |one| {
            let two = Server::start();
            let fleet = fleet([&one, &two]);
            two.set_response("GET /channels/c", status, &json!({"message": "no"}));
            for server in [&one, &two] {
                let missing = json!({"message": "Channel not found"});
                server.set_response("POST /channels/c/answer", 404, &missing);
            }
            let late = if held == "one" { &one } else { &two };
            late.hold_responses_to("GET /channels/c");
            let sent = fleet.clone();
            let sent = tokio::spawn(async move { sent.send(channels::Answer::new("c")).await });
            wait_until("asked", || {
                one.request_count("GET /channels/c") + two.request_count("GET /channels/c") == 2
            })
            .await;
            late.release_responses_to("GET /channels/c");
            let error = within_limit(sent)
                .await
                .expect("no panic")
                .expect_err("nowhere");
            assert_eq!(error.status(), Some(status), "{held}");
        });
    }
}

/// The server that had the object according to events is asked first, and the server that has it
/// now is found.
#[test]
fn moved_object_is_found_again() {
    run(async |one| {
        let two = Server::start();
        let fleet = fleet([&one, &two]);
        let mut events = connect(&fleet).await;
        one.peer().send_event(&channel_event("StasisStart", "c"));
        assert_eq!(next_item(&mut events).await, "one: StasisStart c");
        for here in [&one, &two] {
            here.set_response("POST /channels/c/answer", 204, &Value::Null);
            here.set_response("GET /channels/c", 200, &channel("c"));
            within_limit(fleet.send(channels::Answer::new("c")))
                .await
                .expect("a response");
            // Without asking all servers, once the location is known.
            let asked = here.request_count("GET /channels/c");
            within_limit(fleet.send(channels::Answer::new("c")))
                .await
                .expect("a response");
            assert_eq!(here.request_count("GET /channels/c"), asked);
            here.reset_response("POST /channels/c/answer");
            here.reset_response("GET /channels/c");
        }
        drop(events);
    });
}

/// A 404 can be about something else than the object: the request is not sent again.
#[test]
fn refusal_by_owning_server_is_final() {
    run(async |one| {
        let two = Server::start();
        let fleet = fleet([&one, &two]);
        let mut events = connect(&fleet).await;
        one.peer().send_event(&channel_event("StasisStart", "c"));
        assert_eq!(next_item(&mut events).await, "one: StasisStart c");
        let unknown = json!({"message": "Application not found"});
        one.set_response("POST /channels/c/move", 404, &unknown);
        one.set_response("GET /channels/c", 200, &channel("c"));
        let moved = within_limit(fleet.send(channels::Move::new("c", "nowhere"))).await;
        assert_eq!(moved.expect_err("a refusal").status(), Some(404));
        assert_eq!(one.request_count("POST /channels/c/move"), 1);
        drop(events);
    });
}

#[test]
fn failed_server_does_not_affect_others() {
    run(async |one| {
        let two = Server::start();
        let fleet = fleet([&one, &two]);
        let mut events = connect(&fleet).await;
        let (first, mut second) = (one.peer(), two.peer());
        one.queue_upgrades(vec![Upgrade::Refuse(503); 3]);
        one.never_respond_to("GET /applications/a");
        first.cut();
        assert_eq!(next_item(&mut events).await, "one: Disconnected");
        second.send_event(&numbered_user_event("c", 1));
        let mut items =
            BTreeSet::from([next_item(&mut events).await, next_item(&mut events).await]);
        assert_eq!(items.pop_first().as_deref(), Some("one: Reconnected"));
        assert_eq!(
            items.pop_first().as_deref(),
            Some("two: ChannelUserevent 1")
        );

        // A permanent refusal ends that server's part of the stream, and is reported.
        one.queue_upgrades([Upgrade::Refuse(401)]);
        one.peer().cut();
        assert_eq!(next_item(&mut events).await, "one: Disconnected");
        let last = next_item(&mut events).await;
        assert!(
            last.starts_with("one: Disconnected: cannot connect again"),
            "{last}"
        );
        second.send_event(&numbered_user_event("c", 2));
        assert_eq!(next_item(&mut events).await, "two: ChannelUserevent 2");
        // The stream ends with the last server.
        two.queue_upgrades([Upgrade::Refuse(403)]);
        second.cut();
        assert_eq!(next_item(&mut events).await, "two: Disconnected");
        assert!(
            next_item(&mut events)
                .await
                .starts_with("two: Disconnected: cannot")
        );
        assert_eq!(next_item(&mut events).await, "end");
    });
}

/// If the fleet is closed, the stream ends and nothing is retried, whatever a server is doing.
#[test]
fn close_ends_stream_in_any_server_state() {
    for upgrade in [
        Upgrade::Silence,
        Upgrade::Refuse(503),
        Upgrade::Refuse(401),
        Upgrade::Accept,
    ] {
        run(async |one| {
            let two = Server::start();
            let fleet = fleet([&one, &two]);
            two.set_upgrade(upgrade.clone());
            let mut events = fleet.connect(EventWebsocket::new(["a"]));
            let reading = tokio::spawn(async move { while events.next().await.is_some() {} });
            wait_until("both", || {
                one.request_count("GET /events") == 1 && two.request_count("GET /events") > 0
            })
            .await;
            let peer = one.peer();
            let closing = fleet.clone();
            let closed = tokio::spawn(async move { closing.close(LIMIT).await });
            peer.close_with_client();
            if matches!(upgrade, Upgrade::Accept) {
                two.peer().close_with_client();
            }
            within_limit(closed).await.expect("no panic");
            within_limit(reading).await.expect("the end");
            let tried = two.request_count("GET /events");
            // It can be connected again.
            two.set_upgrade(Upgrade::Accept);
            let events = connect(&fleet).await;
            assert_eq!(two.request_count("GET /events"), tried + 1);
            drop(events);
        });
    }
}

/// A server that hangs does not keep the others open.
#[test]
fn servers_are_closed_concurrently() {
    run(async |one| {
        let two = Server::start();
        let fleet = fleet([&one, &two]);
        let events = connect(&fleet).await;
        one.set_response("GET /asterisk/ping", 200, &crate::over_socket::pong());
        one.hold_responses_to("GET /asterisk/ping");
        let client = fleet.server("one").expect("it").client().clone();
        let request = tokio::spawn(async move { client.asterisk().ping().await });
        wait_until("sent", || one.request_count("GET /asterisk/ping") == 1).await;
        let closing = fleet.clone();
        let closed = tokio::spawn(async move { closing.close(LIMIT * 100).await });
        // While the first still waits for its response.
        two.peer().close_with_client();
        assert!(!closed.is_finished());
        one.release_responses_to("GET /asterisk/ping");
        within_limit(request)
            .await
            .expect("no panic")
            .expect("a response");
        one.peer().close_with_client();
        within_limit(closed).await.expect("no panic");
        drop(events);
    });
}

/// A client's own timeout applies in a fleet, too: if the server is known, and if it is searched
/// for.
#[test]
fn client_timeouts_apply_in_fleet() {
    run(async |server| {
        let client = server.client().with_timeout(Duration::from_millis(200));
        let fleet = Fleet::new([("one", client)]);
        server.set_list("channels", &["known"]);
        let get = |id| fleet.send(channels::Get::new(id));
        within_limit(get("known")).await.expect("a channel");
        let begin = Instant::now();
        for id in ["known", "unknown"] {
            server.never_respond_to(&format!("GET /channels/{id}"));
            let late = within_limit(get(id)).await;
            assert!(
                matches!(late, Err(Error::OutcomeUnknown { .. })),
                "{late:?}"
            );
        }
        assert!(begin.elapsed() < LIMIT);
    });
}

/// The stream connects to servers that are added, and says which have been removed.
#[test]
fn stream_follows_changes_of_the_fleet() {
    run(async |one| {
        let two = Server::start();
        let fleet = Fleet::new::<&str>([]);
        let mut events = fleet.connect(EventWebsocket::new(["a"]));
        // An empty fleet has no end.
        let inserting = fleet.clone();
        let client = one.client();
        let inserted = tokio::spawn(async move { inserting.insert("one", client) });
        assert_eq!(next_item(&mut events).await, "one: Connected");
        assert_eq!(within_limit(inserted).await.expect("no panic"), None);
        assert_eq!(fleet.insert("two", two.client()), None);
        assert_eq!(next_item(&mut events).await, "two: Connected");

        // What has arrived before the removal is not lost.
        let mut first = one.peer();
        first.send_event(&channel_event("StasisStart", "c"));
        assert_eq!(next_item(&mut events).await, "one: StasisStart c");
        first.send_event(&numbered_user_event("c", 1));
        let received = || fleet.server("one").map(|it| it.health().channels);
        assert_eq!(received(), Some(1));
        let removed = fleet.remove("one").expect("a server");
        assert_eq!((&**removed.name(), fleet.remove("one")), ("one", None));
        let peer = std::thread::spawn(move || first.close_with_client());
        let mut last = next_item(&mut events).await;
        if last == "one: ChannelUserevent 1" {
            last = next_item(&mut events).await;
        }
        assert_eq!(last, "one: Closed");
        peer.join().expect("closed");
        let mut second = two.peer();
        second.send_event(&numbered_user_event("c", 2));
        assert_eq!(next_item(&mut events).await, "two: ChannelUserevent 2");
        // Its objects are looked up at the others.
        let error = within_limit(fleet.send(channels::Get::new("c"))).await;
        assert_eq!(error.expect_err("nowhere").status(), Some(404));
        assert_eq!(one.request_count("GET /channels/c"), 0);

        // A server in place of another, before that is connected.
        one.set_upgrade(Upgrade::Silence);
        fleet.insert("three", one.client());
        // The stream connects while it is polled.
        tokio::select! {
            item = next_item(&mut events) => panic!("{item}"),
            () = wait_until("asked", || one.request_count("GET /events") == 2) => {}
        }
        let three = Server::start();
        assert!(fleet.insert("three", three.client()).is_some());
        let both = BTreeSet::from([next_item(&mut events).await, next_item(&mut events).await]);
        let expected = ["three: Closed", "three: Connected"];
        assert_eq!(both, expected.map(str::to_owned).into());
        drop(events);
    });
}
