//! Several servers: requests find theirs, and a failing server does not affect the others.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use ari_api::events::EventWebsocket;
use ari_api::runtime::{Fleet, FleetStream};
use ari_api::{Client, Error, channels, device_states, endpoints, playbacks, recordings};
use serde_json::{Value, json};

use crate::sample::{channel, numbered, of_channel, playback, recording};
use crate::server::{Arrived, LIMIT, Server, Upgrade};
use crate::tell::{item, run, soon, until};

type Stream = FleetStream<Client, EventWebsocket>;

fn fleet(servers: [&Server; 2]) -> Fleet<Client> {
    let [one, two] = servers.map(Server::client);
    Fleet::new([("one", one), ("two", two)])
}

/// Formats the next item as text, after the name of its server.
async fn told(events: &mut Stream) -> String {
    match soon(events.next()).await {
        Some(told) => format!("{}: {}", told.server, item(&Some(told.event))),
        None => "end".to_owned(),
    }
}

/// Returns the stream of the fleet, once both servers are connected.
async fn connect(fleet: &Fleet<Client>) -> Stream {
    let mut events = fleet.connect(EventWebsocket::new(["a"]));
    let both = BTreeSet::from([told(&mut events).await, told(&mut events).await]);
    assert_eq!(
        both,
        BTreeSet::from(["one: Connected", "two: Connected"].map(str::to_owned))
    );
    events
}

/// A request about an object goes to the server that has it, whatever its path looks like.
#[test]
fn requests_go_where_the_object_is() {
    run(async |one| {
        let two = Server::start();
        let fleet = fleet([&one, &two]);
        let endpoint = json!({"technology": "PJSIP", "resource": "1/0", "channel_ids": []});
        two.answers("GET /endpoints/PJSIP/1%2F0", 200, &endpoint);
        two.answers("PUT /endpoints/PJSIP/1%2F0/sendMessage", 202, &Value::Null);
        two.answers("GET /playbacks/p", 200, &playback("p", "playing"));
        two.answers("GET /recordings/live/r", 200, &recording("r", "recording"));
        two.list("channels", &["c"]);
        let found = soon(fleet.send(endpoints::Get::new("PJSIP", "1/0"))).await;
        assert_eq!(found.expect("an endpoint").resource, "1/0");
        let message = endpoints::SendMessageToEndpoint::new("PJSIP", "1/0", "x");
        soon(fleet.send(message)).await.expect("an answer");
        soon(fleet.send(playbacks::Get::new("p")))
            .await
            .expect("a playback");
        soon(fleet.send(recordings::GetLive::new("r")))
            .await
            .expect("a recording");
        soon(fleet.send(channels::Get::new("c")))
            .await
            .expect("a channel");
        let error = soon(fleet.send(endpoints::Get::new("PJSIP", "2")))
            .await
            .expect_err("nowhere");
        assert_eq!(error.status(), Some(404));
        // Every server knows every device: none is chosen at random.
        for server in [&one, &two] {
            server.answers(
                "GET /deviceStates/Stasis%3Ax",
                200,
                &json!({"name": "Stasis:x", "state": "INUSE"}),
            );
        }
        let update = device_states::Update::new("Stasis:x", "BUSY");
        let error = soon(fleet.send(update)).await.expect_err("no server");
        assert!(matches!(error, Error::InvalidConfig(_)), "{error:?}");
        assert_eq!(two.count("GET /deviceStates/Stasis%3Ax"), 0);
    });
}

/// A server whose response is missing may have the object. The error says so, whichever server
/// responds last.
#[test]
fn a_server_that_does_not_say_outweighs_those_that_have_it_not() {
    for (status, held) in [(503, "one"), (503, "two"), (401, "one"), (401, "two")] {
        run(async |one| {
            let two = Server::start();
            let fleet = fleet([&one, &two]);
            two.answers("GET /channels/c", status, &json!({"message": "no"}));
            for server in [&one, &two] {
                let missing = json!({"message": "Channel not found"});
                server.answers("POST /channels/c/answer", 404, &missing);
            }
            let late = if held == "one" { &one } else { &two };
            late.holds("GET /channels/c");
            let sent = fleet.clone();
            let sent = tokio::spawn(async move { sent.send(channels::Answer::new("c")).await });
            until("asked", || {
                one.count("GET /channels/c") + two.count("GET /channels/c") == 2
            })
            .await;
            late.releases("GET /channels/c");
            let error = soon(sent).await.expect("no panic").expect_err("nowhere");
            assert_eq!(error.status(), Some(status), "{held}");
        });
    }
}

/// The server that had the object according to events is asked first, and the server that has it
/// now is found.
#[test]
fn what_has_gone_elsewhere_is_found_again() {
    run(async |one| {
        let two = Server::start();
        let fleet = fleet([&one, &two]);
        let mut events = connect(&fleet).await;
        one.peer().event(&of_channel("StasisStart", "c"));
        assert_eq!(told(&mut events).await, "one: StasisStart c");
        for (here, there) in [(&one, &two), (&two, &one)] {
            // The fleet sends other requests independently of the test.
            let asked_about = || {
                let arrived = there.arrived();
                let about = |asked: &&Arrived| asked.line.contains("/channels/");
                arrived.iter().filter(about).count()
            };
            here.answers("POST /channels/c/answer", 204, &Value::Null);
            here.answers("GET /channels/c", 200, &channel("c"));
            soon(fleet.send(channels::Answer::new("c")))
                .await
                .expect("an answer");
            // Without asking the other server, once the location is known.
            let asked = asked_about();
            soon(fleet.send(channels::Answer::new("c")))
                .await
                .expect("an answer");
            assert_eq!(asked_about(), asked);
            here.answers_no_more("POST /channels/c/answer");
            here.answers_no_more("GET /channels/c");
        }
        drop(events);
    });
}

/// A 404 can be about something else than the object: the request is not sent again.
#[test]
fn what_is_refused_where_the_object_is_stays_refused() {
    run(async |one| {
        let two = Server::start();
        let fleet = fleet([&one, &two]);
        let mut events = connect(&fleet).await;
        one.peer().event(&of_channel("StasisStart", "c"));
        assert_eq!(told(&mut events).await, "one: StasisStart c");
        let unknown = json!({"message": "Application not found"});
        one.answers("POST /channels/c/move", 404, &unknown);
        one.answers("GET /channels/c", 200, &channel("c"));
        let moved = soon(fleet.send(channels::Move::new("c", "nowhere"))).await;
        assert_eq!(moved.expect_err("a refusal").status(), Some(404));
        assert_eq!(one.count("POST /channels/c/move"), 1);
        drop(events);
    });
}

#[test]
fn a_server_that_falls_disturbs_no_other() {
    run(async |one| {
        let two = Server::start();
        let fleet = fleet([&one, &two]);
        let mut events = connect(&fleet).await;
        let (first, mut second) = (one.peer(), two.peer());
        one.upgrades(vec![Upgrade::Refuse(503); 3]);
        one.is_silent_on("GET /applications/a");
        first.cut();
        assert_eq!(told(&mut events).await, "one: Disconnected");
        second.event(&numbered("c", 1));
        let mut items = BTreeSet::from([told(&mut events).await, told(&mut events).await]);
        assert_eq!(items.pop_first().as_deref(), Some("one: Reconnected"));
        assert_eq!(
            items.pop_first().as_deref(),
            Some("two: ChannelUserevent 1")
        );

        // A permanent refusal ends that server's part of the stream, and is reported.
        one.upgrades([Upgrade::Refuse(401)]);
        one.peer().cut();
        assert_eq!(told(&mut events).await, "one: Disconnected");
        let last = told(&mut events).await;
        assert!(
            last.starts_with("one: Disconnected: cannot connect again"),
            "{last}"
        );
        second.event(&numbered("c", 2));
        assert_eq!(told(&mut events).await, "two: ChannelUserevent 2");
        // The stream ends with the last server.
        two.upgrades([Upgrade::Refuse(403)]);
        second.cut();
        assert_eq!(told(&mut events).await, "two: Disconnected");
        assert!(
            told(&mut events)
                .await
                .starts_with("two: Disconnected: cannot")
        );
        assert_eq!(told(&mut events).await, "end");
    });
}

/// If the fleet is closed, the stream ends and nothing is retried, whatever a server is doing.
#[test]
fn closing_ends_the_stream_whatever_the_servers_do() {
    for upgrade in [
        Upgrade::Silence,
        Upgrade::Refuse(503),
        Upgrade::Refuse(401),
        Upgrade::Accept,
    ] {
        run(async |one| {
            let two = Server::start();
            let fleet = fleet([&one, &two]);
            two.always(upgrade.clone());
            let mut events = fleet.connect(EventWebsocket::new(["a"]));
            let reading = tokio::spawn(async move { while events.next().await.is_some() {} });
            until("both", || {
                one.count("GET /events") == 1 && two.count("GET /events") > 0
            })
            .await;
            let peer = one.peer();
            let closing = fleet.clone();
            let closed = tokio::spawn(async move { closing.close(LIMIT).await });
            peer.close_with_client();
            if matches!(upgrade, Upgrade::Accept) {
                two.peer().close_with_client();
            }
            soon(closed).await.expect("no panic");
            soon(reading).await.expect("the end");
            let tried = two.count("GET /events");
            // It can be connected again.
            two.always(Upgrade::Accept);
            let events = connect(&fleet).await;
            assert_eq!(two.count("GET /events"), tried + 1);
            drop(events);
        });
    }
}

/// A server that hangs does not keep the others open.
#[test]
fn servers_are_closed_at_the_same_time() {
    run(async |one| {
        let two = Server::start();
        let fleet = fleet([&one, &two]);
        let events = connect(&fleet).await;
        one.answers("GET /asterisk/ping", 200, &crate::over_socket::pong());
        one.holds("GET /asterisk/ping");
        let client = fleet.server("one").expect("it").clone();
        let request = tokio::spawn(async move { client.asterisk().ping().await });
        until("sent", || one.count("GET /asterisk/ping") == 1).await;
        let closing = fleet.clone();
        let closed = tokio::spawn(async move { closing.close(LIMIT * 100).await });
        // While the first still waits for its response.
        two.peer().close_with_client();
        assert!(!closed.is_finished());
        one.releases("GET /asterisk/ping");
        soon(request).await.expect("no panic").expect("an answer");
        one.peer().close_with_client();
        soon(closed).await.expect("no panic");
        drop(events);
    });
}

/// A client's own timeout applies in a fleet, too: if the server is known, and if it is searched
/// for.
#[test]
fn the_limits_of_its_clients_hold() {
    run(async |server| {
        let client = server.client().with_timeout(Duration::from_millis(200));
        let fleet = Fleet::new([("one", client)]);
        server.list("channels", &["known"]);
        let get = |id| fleet.send(channels::Get::new(id));
        soon(get("known")).await.expect("a channel");
        let begin = Instant::now();
        for id in ["known", "unknown"] {
            server.is_silent_on(&format!("GET /channels/{id}"));
            let late = soon(get(id)).await;
            assert!(
                matches!(late, Err(Error::OutcomeUnknown { .. })),
                "{late:?}"
            );
        }
        assert!(begin.elapsed() < LIMIT);
    });
}
