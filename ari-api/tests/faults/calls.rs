//! Outcomes of originated calls, with faults of the connection.

use ari_api::outcome::{CallOutcome, Claimed, call_outcome};
use ari_api::stream::{ConnectionEvent, EventStream};
use ari_api::{Client, Error, Event};
use ari_test_support::{LIMIT, Peer, wait_until, within_limit};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::sample::{
    channel_event, channel_in_stasis, channel_object_event, destroyed, dial, event, ringing_channel,
};
use crate::server::{Server, Upgrade, fast_reconnect};
use crate::transcript::{
    format_error, next_transcript, remaining_transcripts, run, transcripts_up_to,
};

const ORIGINATE: &str = "POST /channels";
const CREATE: &str = "POST /channels/create";

type OutcomeTask = JoinHandle<Result<CallOutcome, Error>>;

/// Originates a call to the channel `c` into the application `a`, and waits for its outcome.
async fn originate(server: &Server, client: &Client) -> OutcomeTask {
    server.set_response(ORIGINATE, 200, &ringing_channel("c", "Down"));
    let before = server.request_count(ORIGINATE);
    let request = client
        .channels()
        .originate("Local/1@x")
        .app("a")
        .channel_id("c");
    let waiting = tokio::spawn(request.outcome());
    wait_until("sent", || server.request_count(ORIGINATE) > before).await;
    waiting
}

/// Formats the outcome as text.
async fn format_outcome(waiting: OutcomeTask) -> String {
    match within_limit(waiting).await.expect("no panic") {
        Ok(CallOutcome::Answered { channel, .. }) => format!("Answered {}", channel.channel_id()),
        Ok(other) => {
            let told = format!("{other:?}");
            told.split('(').next().unwrap_or_default().to_owned()
        }
        Err(error) => format_error(&error),
    }
}

/// Waits until the application has received this many events.
async fn wait_for_event_count(app: &EventStream<Event>, count: u64) {
    let session = app.session().clone();
    wait_until("received", || session.stats().received >= count).await;
}

#[test]
fn call_outcome_is_reported() {
    let forwarded = |to: Value| {
        let mut dial = dial("c", "CANCEL");
        dial["forward"] = json!("200");
        if !to.is_null() {
            dial["forwarded"] = to;
        }
        dial
    };
    let new_channel = channel_in_stasis("new", "Up", "a");
    let cases: [(&[Value], &str); 10] = [
        (&[dial("c", "CONGESTION"), destroyed("c", 21)], "Rejected"),
        (
            &[dial("c", "CHANUNAVAIL"), destroyed("c", 20)],
            "Unreachable",
        ),
        (
            &[channel_object_event(
                "StasisStart",
                &channel_in_stasis("c", "Up", "a"),
            )],
            "Answered c",
        ),
        // The channel's state is reported later.
        (
            &[
                channel_object_event("StasisStart", &channel_in_stasis("c", "Ringing", "a")),
                channel_object_event("ChannelStateChange", &channel_in_stasis("c", "Up", "a")),
            ],
            "Answered c",
        ),
        (
            &[
                dial("c", "RINGING"),
                dial("c", "ANSWER"),
                channel_object_event("StasisStart", &channel_in_stasis("c", "Ring", "a")),
            ],
            "Answered c",
        ),
        (&[dial("c", "BUSY"), destroyed("c", 17)], "Busy"),
        (&[forwarded(Value::Null), destroyed("c", 23)], "Forwarded"),
        (
            &[
                forwarded(ringing_channel("new", "Down")),
                destroyed("c", 23),
                channel_object_event("StasisStart", &new_channel),
            ],
            "Answered new",
        ),
        (&[dial("c", "RINGING"), destroyed("c", 19)], "NoAnswer"),
        // Answered, and ended before it was in the application.
        (&[dial("c", "ANSWER"), destroyed("c", 16)], "Failed"),
    ];
    for (events, expected) in cases {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            let waiting = originate(&server, &client).await;
            // Only a call that is forwarded asks for it.
            server.set_response("GET /channels/new", 200, &new_channel);
            peer.send_event(&channel_object_event(
                "StasisStart",
                &channel_in_stasis("another", "Up", "a"),
            ));
            for event in events {
                peer.send_event(event);
            }
            assert_eq!(format_outcome(waiting).await, expected);
        });
    }
}

/// A call that was answered in the gap is reported as answered, and the application is notified
/// that the call has entered.
#[test]
fn answer_during_gap_is_found() {
    for is_old in [false, true] {
        run(async |server| {
            let client = server.client();
            let (mut app, mut peer) = server.connect(&client).await;
            let waiting = originate(&server, &client).await;
            peer.send_event(&channel_object_event(
                "ChannelCreated",
                &ringing_channel("c", "Down"),
            ));
            transcripts_up_to(&mut app, "ChannelCreated").await;
            let mut answered = channel_in_stasis("c", "Up", "a");
            if is_old {
                // The server does not report the dialplan application that a channel executes.
                answered["dialplan"] = json!({"context": "c", "exten": "s", "priority": 1});
            }
            server.set_objects("channels", [answered]);
            server.set_application("a", &["c"], &[]);
            peer.cut();
            assert_eq!(format_outcome(waiting).await, "Answered c", "{is_old}");
            let found = reconciled(&mut app).await;
            assert_eq!(found["entered_channels"], json!(["c"]));
            assert_eq!(found["discovered_channels"], json!([]));
            // Once.
            server.peer().cut();
            assert_eq!(reconciled(&mut app).await["entered_channels"], json!([]));
        });
    }
}

async fn reconciled(app: &mut EventStream<Event>) -> Value {
    loop {
        let event = within_limit(app.next())
            .await
            .expect("an item")
            .expect("an event");
        if let Event::Connection(ConnectionEvent::Resynced(found)) = &*event {
            return serde_json::to_value(&**found).expect("JSON");
        }
    }
}

/// A call that ended in the gap is reported as ended. The client receives events of a call that
/// still rings again, even if the application did not exist when the call was made.
#[test]
fn call_that_rings_through_gap_is_resubscribed() {
    run(async |server| {
        let client = server.client();
        let (_app, peer) = server.connect(&client).await;
        let waiting = originate(&server, &client).await;
        peer.cut();
        assert_eq!(format_outcome(waiting).await, "Gone channel c");
    });
    const SUBSCRIBE: &str = "POST /applications/a/subscription";
    for (is_subscribed, expected) in [(true, "Busy"), (false, "Busy"), (false, "Gone channel c")] {
        run(async |server| {
            let client = server.client();
            let (mut app, peer) = server.connect(&client).await;
            let waiting = originate(&server, &client).await;
            server.set_objects("channels", [ringing_channel("c", "Ringing")]);
            let of_call: &[&str] = if is_subscribed { &["c"] } else { &[] };
            server.set_application("a", of_call, &[]);
            let state = json!({"name": "a", "channel_ids": ["c"], "bridge_ids": [],
                "endpoint_ids": [], "device_names": []});
            if expected == "Busy" {
                server.set_response(SUBSCRIBE, 200, &state);
            }
            let restores = expected == "Busy" && !is_subscribed;
            if restores {
                server.hold_responses_to(SUBSCRIBE);
            }
            peer.cut();
            if restores {
                wait_until("subscribed", || server.request_count(SUBSCRIBE) == 1).await;
                server.set_application("a", &["c"], &[]);
                server.release_responses_to(SUBSCRIBE);
            }
            let found = reconciled(&mut app).await;
            if expected == "Busy" {
                let restored = if is_subscribed {
                    json!([])
                } else {
                    json!(["channel:c"])
                };
                assert_eq!(found["restored_subscriptions"], restored);
                let mut peer = server.peer();
                peer.send_event(&destroyed("c", 17));
            } else {
                assert_eq!(
                    found["failures"].as_array().map(Vec::len),
                    Some(1),
                    "{found}"
                );
            }
            assert_eq!(format_outcome(waiting).await, expected);
        });
    }
}

/// A server that does not know a channel yet, because the request is still in flight, is asked
/// again after the response.
#[test]
fn call_in_flight_is_not_reported_gone() {
    for is_made in [true, false] {
        run(async |server| {
            // No second gap does the work that the first has left undone.
            let builder = server.builder().keepalive(LIMIT * 100, LIMIT * 100);
            let client = builder.build().expect("a client");
            let (mut app, peer) = server.connect(&client).await;
            server.hold_responses_to(ORIGINATE);
            let waiting = originate(&server, &client).await;
            let mut gone = client.channel("gone").events();
            peer.cut();
            reconciled(&mut app).await;
            // The server has been asked about the objects that streams follow.
            assert_eq!(
                remaining_transcripts(&mut gone).await.pop().as_deref(),
                Some("Gone channel gone")
            );
            if is_made {
                server.set_objects("channels", [ringing_channel("c", "Ringing")]);
                server.set_application("a", &["c"], &[]);
            }
            let session = app.session().clone();
            let subscribed = json!({"name": "a", "channel_ids": ["c"], "bridge_ids": [],
                "endpoint_ids": [], "device_names": []});
            server.set_response("POST /applications/a/subscription", 200, &subscribed);
            server.release_responses_to(ORIGINATE);
            if is_made {
                let mut peer = server.peer();
                // The application may not have existed when the call was made.
                wait_until("subscribed", || {
                    server.request_count("POST /applications/a/subscription") == 1
                })
                .await;
                peer.send_event(&channel_object_event(
                    "StasisStart",
                    &channel_in_stasis("c", "Up", "a"),
                ));
                wait_until("received", || session.stats().received >= 1).await;
                assert_eq!(format_outcome(waiting).await, "Answered c");
            } else {
                assert_eq!(format_outcome(waiting).await, "Gone channel c");
            }
        });
    }
}

/// If the connection ends for good, in whatever way, the future ends.
#[test]
fn end_of_connection_ends_outcome() {
    run(async |server| {
        let client = server
            .builder()
            .reconnect(fast_reconnect().max_attempts(0))
            .build()
            .expect("a client");
        let (_app, peer) = server.connect(&client).await;
        let waiting = originate(&server, &client).await;
        peer.cut();
        let told = format_outcome(waiting).await;
        assert!(told.starts_with("Disconnected: "), "{told}");
    });
    run(async |server| {
        let client = server.client();
        let (_app, peer) = server.connect(&client).await;
        let waiting = originate(&server, &client).await;
        server.queue_upgrades([Upgrade::Refuse(401)]);
        peer.cut();
        let told = format_outcome(waiting).await;
        assert!(
            told.starts_with("Disconnected: cannot connect again"),
            "{told}"
        );
    });
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        let waiting = originate(&server, &client).await;
        peer.send_event(&event("ApplicationReplaced", json!({})));
        peer.close_with_client();
        let told = format_outcome(waiting).await;
        assert!(told.contains("another client has taken over"), "{told}");
    });
    run(async |server| {
        let client = server.client();
        let (_app, peer) = server.connect(&client).await;
        let waiting = originate(&server, &client).await;
        let closing = client.clone();
        let closed = tokio::spawn(async move { closing.close(LIMIT).await });
        peer.close_with_client();
        within_limit(closed).await.expect("no panic");
        let told = format_outcome(waiting).await;
        assert!(
            told.starts_with("Disconnected: the session was closed"),
            "{told}"
        );
    });
}

/// Dropping the future at any time leaves nothing behind.
#[test]
fn dropped_outcome_leaves_nothing_behind() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let waiting = originate(&server, &client).await;
        waiting.abort();
        assert!(within_limit(waiting).await.is_err());
        let session = app.session().clone();
        drop(app);
        peer.send_event(&channel_event("ChannelDestroyed", "c"));
        wait_until("skipped", || session.stats().skipped == 1).await;
    });
}

/// A dropped event may have been the answer or the end of the call, so the client asks the server.
#[test]
fn dropped_event_makes_client_ask_server() {
    for (missed, state, expected) in [
        (
            channel_object_event("StasisStart", &channel_in_stasis("c", "Up", "a")),
            Some("Up"),
            "Answered c",
        ),
        (destroyed("c", 17), None, "Lagged 1"),
    ] {
        run(async |server| {
            let client = server
                .builder()
                .event_buffer_capacity(1)
                .build()
                .expect("a client");
            let (app, mut peer) = server.connect(&client).await;
            server.hold_responses_to(ORIGINATE);
            let waiting = originate(&server, &client).await;
            peer.send_event(&dial("c", "RINGING"));
            peer.send_event(&missed);
            wait_for_event_count(&app, 2).await;
            if let Some(state) = state {
                server.set_objects("channels", [channel_in_stasis("c", state, "a")]);
            }
            server.release_responses_to(ORIGINATE);
            assert_eq!(format_outcome(waiting).await, expected);
        });
    }
}

/// If no event can arrive, nothing is sent.
#[test]
fn outcome_without_connected_application_is_refused() {
    run(async |server| {
        let client = server.client();
        let (_app, _peer) = server.connect(&client).await;
        for app in ["mistyped", "b"] {
            let call = client.channels().originate("Local/1").app(app);
            let error = within_limit(call.outcome())
                .await
                .expect_err("no application");
            assert!(matches!(error, Error::Disconnected { .. }), "{error:?}");
            assert!(format_error(&error).contains(app), "{error:?}");
        }
        let call = client.channels().originate("Local/1").extension("1");
        let error = within_limit(call.outcome())
            .await
            .expect_err("no application");
        assert!(matches!(error, Error::InvalidArgument { .. }), "{error:?}");
        assert_eq!(server.request_count(ORIGINATE), 0);
    });
}

/// A request whose response is lost may have created a channel. The error contains its id.
#[test]
fn lost_response_error_names_channel() {
    run(async |server| {
        let client = server.client();
        let (_app, _peer) = server.connect(&client).await;
        server.never_respond_to(ORIGINATE);
        let client = client.with_timeout(std::time::Duration::from_millis(50));
        let call = client
            .channels()
            .originate("Local/1")
            .app("a")
            .channel_id("mine");
        let error = within_limit(call.outcome()).await.expect_err("silence");
        assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
        let text = error.to_string();
        assert!(
            text.contains("channel mine") && text.contains(&server.url()),
            "{text}"
        );
    });
}

async fn create(
    server: &Server,
    client: &Client,
    peer: &mut Peer,
) -> ari_api::stream::ObjectStream<Event> {
    server.set_response(CREATE, 200, &channel_in_stasis("c", "Down", "a"));
    server.set_objects("channels", [channel_in_stasis("c", "Down", "a")]);
    let create = client.channels().create("Local/1", "a").channel_id("c");
    let (_, events) = within_limit(create.send_with_events())
        .await
        .expect("a channel");
    peer.send_event(&channel_object_event(
        "StasisStart",
        &channel_in_stasis("c", "Down", "a"),
    ));
    events
}

/// A created channel is in the application before it is dialed: this is not an answer.
#[test]
fn created_channel_is_answered_when_up() {
    let cases: [(&[Value], &str); 4] = [
        (&[dial("c", "RINGING"), dial("c", "ANSWER")], "Answered c"),
        (
            &[channel_object_event(
                "ChannelStateChange",
                &channel_in_stasis("c", "Up", "a"),
            )],
            "Answered c",
        ),
        (&[dial("c", "BUSY"), destroyed("c", 17)], "Busy"),
        (&[destroyed("c", 19)], "NoAnswer"),
    ];
    for is_consumed in [false, true] {
        for (events, expected) in &cases {
            run(async |server| {
                let client = server.client();
                let (app, mut peer) = server.connect(&client).await;
                let mut stream = create(&server, &client, &mut peer).await;
                if is_consumed {
                    assert_eq!(next_transcript(&mut stream).await, "StasisStart c");
                }
                let channel = client.channel("c");
                let waiting = tokio::spawn(call_outcome(channel, stream));
                wait_until("asked", || server.request_count("GET /channels/c") > 0).await;
                wait_for_event_count(&app, 1).await;
                for event in *events {
                    peer.send_event(event);
                }
                assert_eq!(format_outcome(waiting).await, *expected, "{is_consumed}");
            });
        }
    }
    // All of it has been taken from the stream already.
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        let mut stream = create(&server, &client, &mut peer).await;
        peer.send_event(&channel_object_event(
            "ChannelStateChange",
            &channel_in_stasis("c", "Up", "a"),
        ));
        transcripts_up_to(&mut stream, "ChannelStateChange").await;
        server.set_objects("channels", [channel_in_stasis("c", "Up", "a")]);
        let waiting = tokio::spawn(call_outcome(client.channel("c"), stream));
        assert_eq!(format_outcome(waiting).await, "Answered c");
    });
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        let mut stream = create(&server, &client, &mut peer).await;
        peer.send_event(&destroyed("c", 17));
        remaining_transcripts(&mut stream).await;
        server.set_list("channels", &[]);
        let waiting = tokio::spawn(call_outcome(client.channel("c"), stream));
        assert!(format_outcome(waiting).await.starts_with("Disconnected: "));
    });
}

/// A call that was dialed had an extension: taken from the stream before, that is unknown.
#[test]
fn an_extension_is_not_called_unknown_after_events_were_taken() {
    for (dial_is_taken, expected) in [(false, "UnknownExtension"), (true, "Failed")] {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            let mut stream = create(&server, &client, &mut peer).await;
            if dial_is_taken {
                peer.send_event(&dial("c", "RINGING"));
                transcripts_up_to(&mut stream, "Dial").await;
            }
            let mut destroyed = destroyed("c", 0);
            destroyed["channel"]["name"] = "Local/1@default-00000001;1".into();
            let waiting = tokio::spawn(call_outcome(client.channel("c"), stream));
            wait_until("asked", || server.request_count("GET /channels/c") > 0).await;
            peer.send_event(&destroyed);
            assert_eq!(format_outcome(waiting).await, expected);
        });
    }
}

/// The second claim is reported as lost; every other refusal is an error.
#[test]
fn claim_is_won_or_lost() {
    for (status, expected) in [
        (204, Some(Claimed::Won)),
        (409, Some(Claimed::Lost)),
        (404, None),
        (501, None),
    ] {
        run(async |server| {
            let client = server.client();
            server.set_response("POST /events/claim", status, &json!({"message": "no"}));
            let claim = client.events().claim_channel("c", "a").outcome();
            match (within_limit(claim).await, expected) {
                (Ok(claimed), expected) => assert_eq!(Some(claimed), expected),
                (Err(error), None) => assert_eq!(error.status(), Some(status)),
                (Err(error), Some(_)) => panic!("{error}"),
            }
        });
    }
}
