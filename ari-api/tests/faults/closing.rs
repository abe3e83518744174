//! Closing a client, explicitly or by dropping its parts in any order.

use std::time::{Duration, Instant};

use ari_api::{Client, models};
use ari_test_support::{
    LIMIT,
    frame::{self, opcode},
    wait_until, within_limit,
};
use serde_json::{Value, json};

use crate::over_socket::pong;
use crate::sample::{channel_event, numbered_user_event};
use crate::server::Upgrade;
use crate::transcript::{
    format_result, next_transcript, remaining_transcripts, run, wait_until_no_task_is_alive,
};

const BRIEF: Duration = Duration::from_millis(200);

/// Every stream ends without an error, requests get their response or an error, and the client can
/// be used again.
#[test]
fn close_ends_streams_and_requests() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let mut typed = app.events_of::<models::StasisStart>();
        server.add_call("c");
        let mut object = client.channel("c").events();
        let over = Client::over_session(app.session());
        server.never_respond_to("POST /channels/c/answer");
        let over_http = tokio::spawn(client.channel("c").answer().into_future());
        let over_socket = tokio::spawn(over.asterisk().ping().into_future());
        wait_until("sent", || {
            server.request_count("POST /channels/c/answer") > 0
        })
        .await;
        peer.next_request();
        let closing = client.clone();
        let begin = Instant::now();
        let closed = tokio::spawn(async move { closing.close(BRIEF).await });
        peer.send_event(&numbered_user_event("c", 1));
        peer.close_with_client();
        within_limit(closed).await.expect("no panic");
        assert!(begin.elapsed() >= BRIEF);
        assert_eq!(
            remaining_transcripts(&mut app).await,
            ["ChannelUserevent 1"]
        );
        assert_eq!(
            remaining_transcripts(&mut object).await,
            ["ChannelUserevent 1"]
        );
        assert_eq!(next_transcript(&mut typed).await, "end");
        let over_socket = within_limit(over_socket).await.expect("no panic");
        assert_eq!(format_result(&over_socket), "OutcomeUnknown");
        assert_eq!(
            format_result(&within_limit(over.asterisk().ping().into_future()).await),
            "NotSent"
        );
        let over_http = within_limit(over_http).await.expect("no panic");
        assert_eq!(format_result(&over_http), "OutcomeUnknown");

        let (mut app, mut peer) = server.connect(&client).await;
        peer.send_event(&numbered_user_event("c", 2));
        assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 2");
        drop(over);
    });
}

/// Closing waits for requests that get their response in time.
#[test]
fn close_waits_for_responses() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let request = tokio::spawn(over.asterisk().ping().into_future());
        let arrived = peer.next_request();
        let closing = client.clone();
        let closed = tokio::spawn(async move { closing.close(LIMIT).await });
        assert_eq!(peer.next_frame_within(BRIEF), None);
        peer.respond(&arrived, 200, &pong());
        within_limit(request)
            .await
            .expect("no panic")
            .expect("a response");
        peer.close_with_client();
        within_limit(closed).await.expect("no panic");
    });
}

/// When closing returns, no task of the session runs, and no stream waits.
#[test]
fn no_task_runs_after_close() {
    for _ in 0..20 {
        run(async |server| {
            let client = server.client();
            let connecting = client.application("a").connect().into_future();
            let mut app = within_limit(connecting).await.expect("an application");
            let peer = server.peer();
            let closer = std::thread::spawn(move || peer.close_with_client());
            let session = app.session().clone();
            let twice = tokio::join!(client.close(LIMIT), session.close(LIMIT));
            assert_eq!(twice, ((), ()));
            // Polled once: all of it has arrived already.
            let follow = client.channel("c").play(["sound:x"]).send_with_events();
            assert!(format_result(&within_limit(follow).await).contains("no application"));
            assert_eq!(remaining_transcripts(&mut app).await, ["Connected"]);
            wait_until_no_task_is_alive().await;
            closer.join().expect("no panic");
        });
    }
}

/// A server that does not respond to the close is abandoned after a second, one that cannot be
/// reached at once.
#[test]
fn close_does_not_wait_for_unreachable_server() {
    run(async |server| {
        let client = server.client();
        let (mut app, peer) = server.connect(&client).await;
        within_limit(client.close(BRIEF)).await;
        assert_eq!(next_transcript(&mut app).await, "end");
        drop(peer);

        let (mut app, peer) = server.connect(&client).await;
        server.set_upgrade(Upgrade::Silence);
        peer.cut();
        assert_eq!(next_transcript(&mut app).await, "Disconnected");
        wait_until("tried again", || server.request_count("GET /events") == 3).await;
        within_limit(client.close(BRIEF)).await;
        assert_eq!(next_transcript(&mut app).await, "end");
    });
}

/// The WebSocket is closed when its last owner is dropped. Streams of objects do not count.
#[test]
fn websocket_closes_when_last_owner_is_dropped() {
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
            server.add_call("c");
            let mut object = client.channel("c").events();
            peer.send_event(&channel_event("StasisStart", "c"));
            assert_eq!(next_transcript(&mut object).await, "StasisStart c");
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
                    assert_eq!(
                        peer.next_frame().map(|(opcode, _)| opcode),
                        Some(opcode::CLOSE)
                    );
                } else {
                    assert_eq!(peer.next_frame_within(Duration::from_millis(1)), None);
                }
            }
            drop(peer);
            assert_eq!(next_transcript(&mut object).await, "end");
        });
    }
}

/// Aborting a connection attempt leaves nothing behind.
#[test]
fn dropped_connect_leaves_nothing_behind() {
    run(async |server| {
        let client = server.client();
        server.queue_upgrades([Upgrade::Silence]);
        let connecting = tokio::spawn(client.application("a").connect().into_future());
        wait_until("asked", || server.request_count("GET /events") == 1).await;
        connecting.abort();
        assert!(within_limit(connecting).await.is_err());
        let (mut app, mut peer) = server.connect(&client).await;
        peer.send_event(&numbered_user_event("c", 1));
        assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 1");
        server.set_response("POST /channels/c/ring", 204, &Value::Null);
        within_limit(client.channel("c").ring().into_future())
            .await
            .expect("a response");
    });
}

/// A server that closes properly gets a response, so that it need not wait.
#[test]
fn server_close_gets_response() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        peer.send_raw(&frame::encode(true, opcode::CLOSE, &1001_u16.to_be_bytes()));
        let (kind, _) = peer.next_frame().expect("a response");
        assert_eq!(kind, opcode::CLOSE);
        drop(peer);
        assert_eq!(next_transcript(&mut app).await, "Disconnected");
        assert_eq!(next_transcript(&mut app).await, "Reconnected");
    });
}

/// Subscriptions that can freeze Asterisk 22 are cancelled before the WebSocket is closed, by
/// whichever side. A server that does not respond delays nothing.
#[test]
fn device_state_subscriptions_are_cancelled_before_close() {
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
            server.set_response("GET /applications/a", 200, &everything);
            server.set_response(CANCEL, 200, &everything);
            if silent {
                server.never_respond_to(CANCEL);
            }
            let client = server.client();
            let connecting = client.application("a").connect().subscribe_all(all);
            let app = within_limit(connecting.into_future())
                .await
                .expect("an application");
            let mut peer = server.peer();
            let closed = tokio::spawn(async move {
                match dropped {
                    true => drop(app),
                    false => client.close(LIMIT).await,
                }
            });
            let (kind, _) = peer.next_frame().expect("a close");
            assert_eq!(kind, opcode::CLOSE);
            let arrived = server.requests().into_iter();
            let cancelled: Vec<_> = arrived.filter(|request| request.line() == CANCEL).collect();
            assert_eq!(cancelled.len(), usize::from(all));
            for request in cancelled {
                assert_eq!(request.query(), "eventSource=deviceState%3A");
            }
            drop(peer);
            within_limit(closed).await.expect("no panic");
        });
    }
}

/// Closing the client aborts connection attempts at once.
#[test]
fn close_aborts_connection_attempts() {
    run(async |server| {
        let client = server.builder().connect_timeout(LIMIT * 10);
        let client = client.build().expect("a client");
        server.queue_upgrades([Upgrade::Silence]);
        let connecting = tokio::spawn(client.application("a").connect().into_future());
        wait_until("asked", || server.request_count("GET /events") == 1).await;
        within_limit(client.close(LIMIT * 10)).await;
        let told = within_limit(connecting).await.expect("a task").map(drop);
        assert!(format_result(&told).starts_with("Disconnected"), "{told:?}");
        let (app, _peer) = server.connect(&client).await;
        app.close(BRIEF).await;
    });
}
