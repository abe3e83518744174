//! Closing a client, explicitly or by dropping its parts in any order.

use std::time::{Duration, Instant};

use ari_api::{Client, models};
use serde_json::{Value, json};

use crate::over_socket::pong;
use crate::sample::{numbered, of_channel};
use crate::server::{LIMIT, Upgrade, frame, opcode};
use crate::tell::{next, no_task_is_left, outcome, rest, run, soon, until};

const BRIEF: Duration = Duration::from_millis(200);

/// Every stream ends without an error, requests get their response or an error, and the client can
/// be used again.
#[test]
fn closing_ends_everything() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let mut typed = app.events_of::<models::StasisStart>();
        server.has_call("c");
        let mut object = client.channel("c").events();
        let over = Client::over_session(app.session());
        server.is_silent_on("POST /channels/c/answer");
        let over_http = tokio::spawn(client.channel("c").answer().into_future());
        let over_socket = tokio::spawn(over.asterisk().ping().into_future());
        until("sent", || server.count("POST /channels/c/answer") > 0).await;
        peer.request();
        let closing = client.clone();
        let begin = Instant::now();
        let closed = tokio::spawn(async move { closing.close(BRIEF).await });
        peer.event(&numbered("c", 1));
        peer.close_with_client();
        soon(closed).await.expect("no panic");
        assert!(begin.elapsed() >= BRIEF);
        assert_eq!(rest(&mut app).await, ["ChannelUserevent 1"]);
        assert_eq!(rest(&mut object).await, ["ChannelUserevent 1"]);
        assert_eq!(next(&mut typed).await, "end");
        let over_socket = soon(over_socket).await.expect("no panic");
        assert_eq!(outcome(&over_socket), "OutcomeUnknown");
        assert_eq!(
            outcome(&soon(over.asterisk().ping().into_future()).await),
            "NotSent"
        );
        let over_http = soon(over_http).await.expect("no panic");
        assert_eq!(outcome(&over_http), "OutcomeUnknown");

        let (mut app, mut peer) = server.connect(&client).await;
        peer.event(&numbered("c", 2));
        assert_eq!(next(&mut app).await, "ChannelUserevent 2");
        drop(over);
    });
}

/// Closing waits for requests that get their response in time.
#[test]
fn closing_waits_for_answers() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let request = tokio::spawn(over.asterisk().ping().into_future());
        let arrived = peer.request();
        let closing = client.clone();
        let closed = tokio::spawn(async move { closing.close(LIMIT).await });
        assert_eq!(peer.frame_within(BRIEF), None);
        peer.answer(&arrived, 200, &pong());
        soon(request).await.expect("no panic").expect("an answer");
        peer.close_with_client();
        soon(closed).await.expect("no panic");
    });
}

/// When closing returns, no task of the session runs, and no stream waits.
#[test]
fn nothing_runs_when_closing_returns() {
    for _ in 0..20 {
        run(async |server| {
            let client = server.client();
            let connecting = client.application("a").connect().into_future();
            let mut app = soon(connecting).await.expect("an application");
            let peer = server.peer();
            let closer = std::thread::spawn(move || peer.close_with_client());
            let session = app.session().clone();
            let twice = tokio::join!(client.close(LIMIT), session.close(LIMIT));
            assert_eq!(twice, ((), ()));
            // Polled once: all of it has arrived already.
            let follow = client.channel("c").play(["sound:x"]).with_events();
            assert!(outcome(&soon(follow).await).contains("no application"));
            assert_eq!(rest(&mut app).await, ["Connected"]);
            no_task_is_left().await;
            closer.join().expect("no panic");
        });
    }
}

/// A server that does not respond to the close is abandoned after a second, one that cannot be
/// reached at once.
#[test]
fn closing_does_not_wait_for_a_server_that_is_away() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        soon(client.close(BRIEF)).await;
        assert_eq!(next(&mut app).await, "end");
        drop(peer);

        let (mut app, peer) = server.connect(&client).await;
        server.always(Upgrade::Silence);
        peer.cut();
        assert_eq!(next(&mut app).await, "Disconnected");
        until("tried again", || server.count("GET /events") == 3).await;
        soon(client.close(BRIEF)).await;
        assert_eq!(next(&mut app).await, "end");
    });
}

/// The WebSocket is closed when its last owner is dropped. Streams of objects do not count.
#[test]
fn everything_can_be_dropped_in_any_order() {
    // The order in which these are dropped: client, stream, session, typed stream, client over it.
    let orders = [
        [0, 1, 2, 3, 4],
        [4, 3, 2, 1, 0],
        [1, 3, 0, 4, 2],
        [2, 0, 1, 4, 3],
        [3, 4, 2, 0, 1],
    ];
    for order in orders {
        run(async |server| {
            let client = server.client();
            let (app, mut peer) = server.connect(&client).await;
            let session = app.session().clone();
            server.has_call("c");
            let mut object = client.channel("c").events();
            peer.event(&of_channel("StasisStart", "c"));
            assert_eq!(next(&mut object).await, "StasisStart c");
            let over = Client::over_session(&session);
            let typed = session.events_of::<models::StasisStart>();
            let mut all: Vec<Option<Box<dyn std::any::Any>>> = vec![
                Some(Box::new(client)),
                Some(Box::new(app)),
                Some(Box::new(session)),
                Some(Box::new(typed)),
                Some(Box::new(over)),
            ];
            let last_of_session = order.iter().rposition(|index| *index != 0);
            for (at, index) in order.into_iter().enumerate() {
                all[index] = None;
                if Some(at) == last_of_session {
                    assert_eq!(peer.frame().map(|(opcode, _)| opcode), Some(opcode::CLOSE));
                } else {
                    assert_eq!(peer.frame_within(Duration::from_millis(1)), None);
                }
            }
            drop(peer);
            assert_eq!(next(&mut object).await, "end");
        });
    }
}

/// Aborting a connection attempt leaves nothing behind.
#[test]
fn connecting_can_be_dropped() {
    run(async |server| {
        let client = server.client();
        server.upgrades([Upgrade::Silence]);
        let connecting = tokio::spawn(client.application("a").connect().into_future());
        until("asked", || server.count("GET /events") == 1).await;
        connecting.abort();
        assert!(soon(connecting).await.is_err());
        let (mut app, mut peer) = server.connect(&client).await;
        peer.event(&numbered("c", 1));
        assert_eq!(next(&mut app).await, "ChannelUserevent 1");
        server.answers("POST /channels/c/ring", 204, &Value::Null);
        soon(client.channel("c").ring().into_future())
            .await
            .expect("an answer");
    });
}

/// A server that closes properly gets a response, so that it need not wait.
#[test]
fn a_close_is_answered() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        peer.raw(&frame(true, opcode::CLOSE, &1001_u16.to_be_bytes()));
        let (kind, _) = peer.frame().expect("an answer");
        assert_eq!(kind, opcode::CLOSE);
        drop(peer);
        assert_eq!(next(&mut app).await, "Disconnected");
        assert_eq!(next(&mut app).await, "Reconnected");
    });
}

/// Subscriptions that can freeze Asterisk 22 are cancelled before the WebSocket is closed, by
/// whichever side. A server that does not respond delays nothing.
#[test]
fn device_states_are_not_subscribed_to_any_more_when_a_socket_closes() {
    const CANCEL: &str = "DELETE /applications/a/subscription";
    for (all, silent, dropped) in [
        (true, false, false),
        (true, false, true),
        (true, true, false),
        (false, false, false),
    ] {
        run(async |server| {
            let everything = json!({
                "name": "a", "channel_ids": ["__AST_CHANNEL_ALL_TOPIC"],
                "bridge_ids": ["__AST_BRIDGE_ALL_TOPIC"],
                "endpoint_ids": ["__AST_ENDPOINT_ALL_TOPIC"],
                "device_names": ["__AST_DEVICE_STATE_ALL_TOPIC"],
            });
            server.answers("GET /applications/a", 200, &everything);
            server.answers(CANCEL, 200, &everything);
            if silent {
                server.is_silent_on(CANCEL);
            }
            let client = server.client();
            let connecting = client.application("a").connect().subscribe_all(all);
            let app = soon(connecting.into_future())
                .await
                .expect("an application");
            let mut peer = server.peer();
            let closed = tokio::spawn(async move {
                match dropped {
                    true => drop(app),
                    false => client.close(LIMIT).await,
                }
            });
            let (kind, _) = peer.frame().expect("a close");
            assert_eq!(kind, opcode::CLOSE);
            let arrived = server.arrived().into_iter();
            let cancelled: Vec<_> = arrived.filter(|request| request.line == CANCEL).collect();
            assert_eq!(cancelled.len(), usize::from(all));
            for request in cancelled {
                assert_eq!(request.query, "eventSource=deviceState%3A");
            }
            drop(peer);
            soon(closed).await.expect("no panic");
        });
    }
}

/// Closing the client aborts connection attempts at once.
#[test]
fn connecting_ends_with_the_client() {
    run(async |server| {
        let client = server.builder().connect_timeout(LIMIT * 10);
        let client = client.build().expect("a client");
        server.upgrades([Upgrade::Silence]);
        let connecting = tokio::spawn(client.application("a").connect().into_future());
        until("asked", || server.count("GET /events") == 1).await;
        soon(client.close(LIMIT * 10)).await;
        let told = soon(connecting).await.expect("a task").map(drop);
        assert!(outcome(&told).starts_with("Disconnected"), "{told:?}");
        let (app, _peer) = server.connect(&client).await;
        app.close(BRIEF).await;
    });
}
