//! Waiting for the end of playbacks and recordings.

use ari_api::EventFilter;
use ari_api::stream::EndReport;
use ari_api::{Client, Error};
use ari_test_support::{LIMIT, Peer, wait_until, within_limit};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::sample::{channel_event, playback, playback_event, recording, recording_event};
use crate::server::{Server, fast_reconnect};
use crate::transcript::{format_error, next_transcript, run};

const PLAY: &str = "POST /channels/c/play";
const RECORD: &str = "POST /channels/c/record";

/// Starts a playback and waits for it; returns its final state.
async fn play(server: &Server, client: &Client) -> JoinHandle<Result<String, Error>> {
    server.add_call("c");
    server.set_response("GET /playbacks/p", 200, &playback("p", "playing"));
    server.set_response(PLAY, 201, &playback("p", "queued"));
    let request = client.channel("c").play(["sound:x"]).playback_id("p");
    let before = server.request_count(PLAY);
    let waiting = tokio::spawn(async move {
        request
            .wait_until_finished()
            .await
            .map(|playback| format_end(playback.state.as_str(), playback.report))
    });
    wait_until("sent", || server.request_count(PLAY) > before).await;
    waiting
}

/// Formats the final state, and how the end became known unless by an event.
fn format_end(state: &str, report: EndReport) -> String {
    match report {
        EndReport::Event => state.to_owned(),
        report => format!("{state} {report:?}"),
    }
}

async fn record(server: &Server, client: &Client) -> JoinHandle<Result<String, Error>> {
    server.add_call("c");
    server.set_response("GET /recordings/live/r", 200, &recording("r", "recording"));
    server.set_response(RECORD, 201, &recording("r", "queued"));
    let request = client.channel("c").record("r", "wav");
    let waiting = tokio::spawn(async move {
        request
            .wait_until_finished()
            .await
            .map(|recording| format_end(recording.state.as_str(), recording.report))
    });
    wait_until("sent", || server.request_count(RECORD) > 0).await;
    waiting
}

async fn end(waiting: JoinHandle<Result<String, Error>>) -> String {
    let result = within_limit(waiting).await.expect("no panic");
    result.unwrap_or_else(|error| format_error(&error))
}

#[test]
fn playback_outcome_is_reported() {
    type Event = fn(&mut Peer);
    let cases: [(Event, &str); 4] = [
        (
            |peer| peer.send_event(&playback_event("PlaybackFinished", "p", "done")),
            "done",
        ),
        (
            |peer| peer.send_event(&playback_event("PlaybackFinished", "p", "failed")),
            "failed",
        ),
        (
            |peer| peer.send_event(&channel_event("ChannelDestroyed", "c")),
            "Gone channel c",
        ),
        // The channel's end overtakes that of the playback.
        (
            |peer| {
                peer.send_event(&channel_event("ChannelDestroyed", "c"));
                peer.send_event(&playback_event("PlaybackFinished", "p", "done"));
            },
            "done",
        ),
    ];
    for (event, expected) in cases {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            let waiting = play(&server, &client).await;
            peer.send_event(&playback_event("PlaybackFinished", "another", "failed"));
            peer.send_event(&playback_event("PlaybackStarted", "p", "playing"));
            event(&mut peer);
            assert_eq!(end(waiting).await, expected);
        });
    }
}

#[test]
fn recording_outcome_is_reported() {
    for (kind, state) in [("RecordingFinished", "done"), ("RecordingFailed", "failed")] {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            let waiting = record(&server, &client).await;
            peer.send_event(&recording_event("RecordingStarted", "r", "recording"));
            peer.send_event(&recording_event(kind, "r", state));
            assert_eq!(end(waiting).await, state);
        });
    }
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        let waiting = record(&server, &client).await;
        peer.send_event(&channel_event("ChannelDestroyed", "c"));
        assert_eq!(end(waiting).await, "Gone channel c");
    });
}

/// However the stream ends before the end is reported, no unfinished playback is reported as
/// finished.
#[test]
fn unfinished_playback_is_not_reported_finished() {
    // Closed, before and after the playback has begun.
    for begun in [false, true] {
        run(async |server| {
            let client = server.client();
            let (app, mut peer) = server.connect(&client).await;
            let waiting = play(&server, &client).await;
            if begun {
                peer.send_event(&playback_event("PlaybackStarted", "p", "playing"));
                let session = app.session().clone();
                wait_until("decoded", || session.stats().decoded == 1).await;
            }
            let closing = client.clone();
            let closed = tokio::spawn(async move { closing.close(LIMIT).await });
            peer.close_with_client();
            within_limit(closed).await.expect("no panic");
            let told = end(waiting).await;
            assert!(told.starts_with("Disconnected: "), "{told}");
        });
    }
    // Room neither for its start nor for its end: the reader does not wait.
    run(async |server| {
        let client = server
            .builder()
            .event_buffer_capacity(1)
            .build()
            .expect("a client");
        let (app, mut peer) = server.connect(&client).await;
        server.add_call("c");
        server.set_response(PLAY, 201, &playback("p", "queued"));
        server.hold_responses_to(PLAY);
        let request = client.channel("c").play(["sound:x"]).playback_id("p");
        let waiting = tokio::spawn(async move {
            let playback = request.wait_until_finished().await?;
            Ok(playback.state.as_str().to_owned())
        });
        wait_until("sent", || server.request_count(PLAY) > 0).await;
        peer.send_event(&playback_event("PlaybackStarted", "p", "playing"));
        peer.send_event(&playback_event("PlaybackFinished", "p", "done"));
        let session = app.session().clone();
        wait_until("missed", || session.stats().dropped > 0).await;
        server.release_responses_to(PLAY);
        assert_eq!(end(waiting).await, "Lagged 1");
    });
    // An event that cannot be decoded does not end the wait, unless it was the final one.
    for (kind, expected) in [
        ("PlaybackContinuing", "done"),
        ("PlaybackFinished", "Decode "),
    ] {
        run(async |server| {
            let client = server.client();
            let (app, mut peer) = server.connect(&client).await;
            let waiting = play(&server, &client).await;
            peer.send_text(&format!(r#"{{"type":"{kind}","playback":{{"id":"p"}}}}"#));
            let session = app.session().clone();
            wait_until("received", || session.stats().decode_errors == 1).await;
            if expected == "done" {
                peer.send_event(&playback_event("PlaybackFinished", "p", "done"));
            } else {
                server.reset_response("GET /playbacks/p");
            }
            let told = end(waiting).await;
            assert!(told.starts_with(expected), "{told}");
        });
    }
}

/// Asterisk silently skips some media: the client finds the end by asking the server.
#[test]
fn playback_without_terminal_event_ends() {
    for (channel_exists, expected) in [(true, "playing NoEvent"), (false, "Gone channel c")] {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            let waiting = play(&server, &client).await;
            peer.send_event(&playback_event("PlaybackStarted", "p", "playing"));
            // The playback exists at the first check.
            wait_until("asked", || server.request_count("GET /playbacks/p") > 0).await;
            server.set_response("GET /playbacks/p", 404, &Value::Null);
            if !channel_exists {
                server.set_list("channels", &[]);
            }
            assert_eq!(end(waiting).await, expected);
        });
    }
}

/// A filter that excludes the final event is reported before anything is sent.
#[test]
fn filtered_terminal_event_is_refused_before_sending() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        let state = json!({"name": "a", "channel_ids": [], "bridge_ids": [], "endpoint_ids": [],
            "device_names": []});
        server.set_response("PUT /applications/a/eventFilter", 200, &state);
        let set = async |filter: EventFilter| {
            let filtered = client.application("a").filter().filter(filter);
            within_limit(filtered.into_future())
                .await
                .expect("a response");
        };
        for (filter, play, call) in [
            (
                EventFilter::new().disallow(["PlaybackFinished"]),
                true,
                false,
            ),
            (
                EventFilter::new().disallow(["Dial"]).allow(["StasisStart"]),
                true,
                true,
            ),
            (
                EventFilter::new().allow(["PlaybackFinished", "StasisStart"]),
                false,
                true,
            ),
        ] {
            set(filter).await;
            let finished = client
                .channel("none")
                .play(["sound:x"])
                .wait_until_finished();
            let error = within_limit(finished)
                .await
                .expect_err("a filter or a refusal");
            assert_eq!(matches!(error, Error::InvalidConfig(_)), play, "{error}");
            let outcome = client.channels().originate("Local/1").app("a").outcome();
            let error = within_limit(outcome)
                .await
                .expect_err("a filter or a refusal");
            assert_eq!(matches!(error, Error::InvalidConfig(_)), call, "{error}");
        }
        assert_eq!(server.request_count(PLAY), 0);
        set(EventFilter::allow_all()).await;
        let waiting = play(&server, &client).await;
        peer.send_event(&playback_event("PlaybackFinished", "p", "done"));
        assert_eq!(end(waiting).await, "done");
    });
}

/// A refusal is returned as such, and nothing is waited for.
#[test]
fn refused_playback_returns_at_once() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let finished = client
            .channel("none")
            .play(["sound:x"])
            .wait_until_finished();
        let error = within_limit(finished).await.expect_err("a refusal");
        assert_eq!(error.status(), Some(404));
        // Its streams are removed.
        let session = app.session().clone();
        drop(app);
        peer.send_event(&channel_event("StasisEnd", "none"));
        wait_until("received", || session.stats().received == 1).await;
        assert_eq!(session.stats().skipped, 1);
    });
}

#[test]
fn lost_connection_is_reported_or_survived() {
    run(async |server| {
        // The wait continues if the playback does.
        let client = server.client();
        let (_app, peer) = server.connect(&client).await;
        server.set_list("channels", &["c"]);
        server.set_application("a", &["c"], &[]);
        server.set_response("GET /playbacks/p", 200, &playback("p", "playing"));
        let waiting = play(&server, &client).await;
        peer.cut();
        let mut peer = server.peer();
        wait_until("compared", || server.request_count("GET /playbacks/p") > 0).await;
        peer.send_event(&playback_event("PlaybackFinished", "p", "done"));
        assert_eq!(end(waiting).await, "done");

        // The wait ends if the playback has ended during the gap.
        let waiting = play(&server, &client).await;
        server.set_response("GET /playbacks/p", 404, &Value::Null);
        peer.cut();
        assert_eq!(end(waiting).await, "queued Gap");

        // The channel has ended, too.
        let peer = server.peer();
        let waiting = play(&server, &client).await;
        server.set_response("GET /playbacks/p", 404, &Value::Null);
        server.set_list("channels", &[]);
        peer.cut();
        assert_eq!(end(waiting).await, "Gone channel c");
    });
    run(async |server| {
        let client = server
            .builder()
            .reconnect(fast_reconnect().max_attempts(0))
            .build()
            .expect("a client");
        let (_app, peer) = server.connect(&client).await;
        let waiting = play(&server, &client).await;
        peer.cut();
        let told = end(waiting).await;
        assert!(told.starts_with("Disconnected: "), "{told}");
    });
}

/// An end that was reported while the request was in flight is not missed.
#[test]
fn end_before_response_is_not_missed() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        server.never_respond_to(PLAY);
        let request = client.channel("c").play(["sound:x"]).playback_id("p");
        let waiting = tokio::spawn(async move { request.send_with_events().await.map(drop) });
        wait_until("sent", || server.request_count(PLAY) > 0).await;
        peer.send_event(&playback_event("PlaybackFinished", "p", "done"));
        // Dropped during the request: its streams are removed.
        waiting.abort();
        assert!(within_limit(waiting).await.is_err());
        server.resume_responses();
        let waiting = play(&server, &client).await;
        peer.send_event(&playback_event("PlaybackFinished", "p", "done"));
        assert_eq!(end(waiting).await, "done");
    });
}

/// The filter of the application that has the channel applies. Another application gets no events
/// of the channel, unless it is subscribed to a source of them.
#[test]
fn filter_of_owning_application_applies() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let _other = within_limit(async { client.application("b").connect().await })
            .await
            .expect("an application");
        let _peer = server.peer();
        let state = |name: &str| {
            json!({"name": name, "channel_ids": [], "bridge_ids": [], "device_names": [],
                "endpoint_ids": []})
        };
        server.set_response("PUT /applications/a/eventFilter", 200, &state("a"));
        server.set_response("POST /applications/b/subscription", 200, &state("b"));
        let filter = EventFilter::new().disallow(["PlaybackFinished"]);
        let filtered = client.application("a").filter().filter(filter);
        within_limit(filtered.into_future())
            .await
            .expect("a response");
        peer.send_event(&channel_event("StasisStart", "c"));
        while next_transcript(&mut app).await != "StasisStart c" {}
        let finished = client.channel("c").play(["sound:x"]).wait_until_finished();
        let error = within_limit(finished).await.expect_err("a filter");
        assert!(matches!(error, Error::InvalidConfig(_)), "{error}");
        assert_eq!(server.request_count(PLAY), 0);
        let subscribed = client.application("b").subscribe(["endpoint:PJSIP"]);
        within_limit(subscribed.into_future())
            .await
            .expect("a response");
        let finished = client.channel("c").play(["sound:x"]).wait_until_finished();
        let error = within_limit(finished).await.expect_err("a refusal");
        assert_eq!(error.status(), Some(404), "{error}");
    });
}
