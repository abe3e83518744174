//! Waiting for the end of playbacks and recordings.

use ari_api::runtime::{EndReport, EventFilter};
use ari_api::{Client, Error};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::sample::{of_channel, of_playback, of_recording, playback, recording};
use crate::server::{Peer, Server, quick};
use crate::tell::{fault, next, run, soon, until};

const PLAY: &str = "POST /channels/c/play";
const RECORD: &str = "POST /channels/c/record";

/// Starts a playback and waits for it; returns its final state.
async fn play(server: &Server, client: &Client) -> JoinHandle<Result<String, Error>> {
    server.has_call("c");
    server.answers("GET /playbacks/p", 200, &playback("p", "playing"));
    server.answers(PLAY, 201, &playback("p", "queued"));
    let request = client.channel("c").play(["sound:x"]).playback_id("p");
    let before = server.count(PLAY);
    let waiting = tokio::spawn(async move {
        request
            .finished()
            .await
            .map(|playback| told(playback.state.as_str(), playback.report))
    });
    until("sent", || server.count(PLAY) > before).await;
    waiting
}

/// Formats the final state, and how the end became known unless by an event.
fn told(state: &str, report: EndReport) -> String {
    match report {
        EndReport::Event => state.to_owned(),
        report => format!("{state} {report:?}"),
    }
}

async fn record(server: &Server, client: &Client) -> JoinHandle<Result<String, Error>> {
    server.has_call("c");
    server.answers("GET /recordings/live/r", 200, &recording("r", "recording"));
    server.answers(RECORD, 201, &recording("r", "queued"));
    let request = client.channel("c").record("r", "wav");
    let waiting = tokio::spawn(async move {
        request
            .finished()
            .await
            .map(|recording| told(recording.state.as_str(), recording.report))
    });
    until("sent", || server.count(RECORD) > 0).await;
    waiting
}

async fn end(waiting: JoinHandle<Result<String, Error>>) -> String {
    let result = soon(waiting).await.expect("no panic");
    result.unwrap_or_else(|error| fault(&error))
}

#[test]
fn what_becomes_of_a_playback_is_told() {
    type Event = fn(&mut Peer);
    let cases: [(Event, &str); 4] = [
        (
            |peer| peer.event(&of_playback("PlaybackFinished", "p", "done")),
            "done",
        ),
        (
            |peer| peer.event(&of_playback("PlaybackFinished", "p", "failed")),
            "failed",
        ),
        (
            |peer| peer.event(&of_channel("ChannelDestroyed", "c")),
            "Gone channel c",
        ),
        // The channel's end overtakes that of the playback.
        (
            |peer| {
                peer.event(&of_channel("ChannelDestroyed", "c"));
                peer.event(&of_playback("PlaybackFinished", "p", "done"));
            },
            "done",
        ),
    ];
    for (event, expected) in cases {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            let waiting = play(&server, &client).await;
            peer.event(&of_playback("PlaybackFinished", "another", "failed"));
            peer.event(&of_playback("PlaybackStarted", "p", "playing"));
            event(&mut peer);
            assert_eq!(end(waiting).await, expected);
        });
    }
}

#[test]
fn what_becomes_of_a_recording_is_told() {
    for (kind, state) in [("RecordingFinished", "done"), ("RecordingFailed", "failed")] {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            let waiting = record(&server, &client).await;
            peer.event(&of_recording("RecordingStarted", "r", "recording"));
            peer.event(&of_recording(kind, "r", state));
            assert_eq!(end(waiting).await, state);
        });
    }
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        let waiting = record(&server, &client).await;
        peer.event(&of_channel("ChannelDestroyed", "c"));
        assert_eq!(end(waiting).await, "Gone channel c");
    });
}

/// However the stream ends before the end is reported, no unfinished playback is reported as
/// finished.
#[test]
fn what_has_not_finished_is_no_result() {
    // Closed, before and after the playback has begun.
    for begun in [false, true] {
        run(async |server| {
            let client = server.client();
            let (app, mut peer) = server.connect(&client).await;
            let waiting = play(&server, &client).await;
            if begun {
                peer.event(&of_playback("PlaybackStarted", "p", "playing"));
                let session = app.session().clone();
                until("decoded", || session.stats().decoded == 1).await;
            }
            let closing = client.clone();
            let closed = tokio::spawn(async move { closing.close(crate::server::LIMIT).await });
            peer.close_with_client();
            soon(closed).await.expect("no panic");
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
        server.has_call("c");
        server.answers(PLAY, 201, &playback("p", "queued"));
        server.holds(PLAY);
        let request = client.channel("c").play(["sound:x"]).playback_id("p");
        let waiting = tokio::spawn(async move {
            let playback = request.finished().await?;
            Ok(playback.state.as_str().to_owned())
        });
        until("sent", || server.count(PLAY) > 0).await;
        peer.event(&of_playback("PlaybackStarted", "p", "playing"));
        peer.event(&of_playback("PlaybackFinished", "p", "done"));
        let session = app.session().clone();
        until("missed", || session.stats().dropped > 0).await;
        server.releases(PLAY);
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
            peer.text(&format!(r#"{{"type":"{kind}","playback":{{"id":"p"}}}}"#));
            let session = app.session().clone();
            until("received", || session.stats().decode_errors == 1).await;
            if expected == "done" {
                peer.event(&of_playback("PlaybackFinished", "p", "done"));
            } else {
                server.answers_no_more("GET /playbacks/p");
            }
            let told = end(waiting).await;
            assert!(told.starts_with(expected), "{told}");
        });
    }
}

/// Asterisk silently skips some media: the client finds the end by asking the server.
#[test]
fn playback_without_an_end_event_ends() {
    for (channel_exists, expected) in [(true, "playing NoEvent"), (false, "Gone channel c")] {
        run(async |server| {
            let client = server.client();
            let (_app, mut peer) = server.connect(&client).await;
            let waiting = play(&server, &client).await;
            peer.event(&of_playback("PlaybackStarted", "p", "playing"));
            // The playback exists at the first check.
            until("asked", || server.count("GET /playbacks/p") > 0).await;
            server.answers("GET /playbacks/p", 404, &Value::Null);
            if !channel_exists {
                server.list("channels", &[]);
            }
            assert_eq!(end(waiting).await, expected);
        });
    }
}

/// A filter that excludes the final event is reported before anything is sent.
#[test]
fn what_a_filter_holds_back_is_not_waited_for() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        let state = json!({"name": "a", "channel_ids": [], "bridge_ids": [], "endpoint_ids": [],
            "device_names": []});
        server.answers("PUT /applications/a/eventFilter", 200, &state);
        let set = async |filter: EventFilter| {
            let filtered = client.application("a").filter().filter(filter);
            soon(filtered.into_future()).await.expect("an answer");
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
            let finished = client.channel("none").play(["sound:x"]).finished();
            let error = soon(finished).await.expect_err("a filter or a refusal");
            assert_eq!(matches!(error, Error::InvalidConfig(_)), play, "{error}");
            let outcome = client.channels().originate("Local/1").app("a").outcome();
            let error = soon(outcome).await.expect_err("a filter or a refusal");
            assert_eq!(matches!(error, Error::InvalidConfig(_)), call, "{error}");
        }
        assert_eq!(server.count(PLAY), 0);
        set(EventFilter::allow_all()).await;
        let waiting = play(&server, &client).await;
        peer.event(&of_playback("PlaybackFinished", "p", "done"));
        assert_eq!(end(waiting).await, "done");
    });
}

/// A refusal is returned as such, and nothing is waited for.
#[test]
fn a_refused_playback_is_not_waited_for() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let finished = client.channel("none").play(["sound:x"]).finished();
        let error = soon(finished).await.expect_err("a refusal");
        assert_eq!(error.status(), Some(404));
        // Its streams are removed.
        let session = app.session().clone();
        drop(app);
        peer.event(&of_channel("StasisEnd", "none"));
        until("received", || session.stats().received == 1).await;
        assert_eq!(session.stats().skipped, 1);
    });
}

#[test]
fn a_connection_that_is_lost_is_told_or_mended() {
    run(async |server| {
        // The wait continues if the playback does.
        let client = server.client();
        let (_app, peer) = server.connect(&client).await;
        server.list("channels", &["c"]);
        server.application("a", &["c"], &[]);
        server.answers("GET /playbacks/p", 200, &playback("p", "playing"));
        let waiting = play(&server, &client).await;
        peer.cut();
        let mut peer = server.peer();
        until("compared", || server.count("GET /playbacks/p") > 0).await;
        peer.event(&of_playback("PlaybackFinished", "p", "done"));
        assert_eq!(end(waiting).await, "done");

        // The wait ends if the playback has ended during the gap.
        let waiting = play(&server, &client).await;
        server.answers("GET /playbacks/p", 404, &Value::Null);
        peer.cut();
        assert_eq!(end(waiting).await, "queued Gap");

        // The channel has ended, too.
        let peer = server.peer();
        let waiting = play(&server, &client).await;
        server.answers("GET /playbacks/p", 404, &Value::Null);
        server.list("channels", &[]);
        peer.cut();
        assert_eq!(end(waiting).await, "Gone channel c");
    });
    run(async |server| {
        let client = server
            .builder()
            .reconnect(quick().max_attempts(0))
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
fn an_end_before_the_answer_is_not_missed() {
    run(async |server| {
        let client = server.client();
        let (_app, mut peer) = server.connect(&client).await;
        server.is_silent_on(PLAY);
        let request = client.channel("c").play(["sound:x"]).playback_id("p");
        let waiting = tokio::spawn(async move { request.with_events().await.map(drop) });
        until("sent", || server.count(PLAY) > 0).await;
        peer.event(&of_playback("PlaybackFinished", "p", "done"));
        // Dropped during the request: its streams are removed.
        waiting.abort();
        assert!(soon(waiting).await.is_err());
        server.speaks_again();
        let waiting = play(&server, &client).await;
        peer.event(&of_playback("PlaybackFinished", "p", "done"));
        assert_eq!(end(waiting).await, "done");
    });
}

/// The filter of the application that has the channel applies. Another application gets no events
/// of the channel, unless it is subscribed to a source of them.
#[test]
fn another_application_tells_no_end() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let _other = soon(async { client.application("b").connect().await })
            .await
            .expect("an application");
        let _peer = server.peer();
        let state = |name: &str| {
            json!({"name": name, "channel_ids": [], "bridge_ids": [], "device_names": [],
                "endpoint_ids": []})
        };
        server.answers("PUT /applications/a/eventFilter", 200, &state("a"));
        server.answers("POST /applications/b/subscription", 200, &state("b"));
        let filter = EventFilter::new().disallow(["PlaybackFinished"]);
        let filtered = client.application("a").filter().filter(filter);
        soon(filtered.into_future()).await.expect("an answer");
        peer.event(&of_channel("StasisStart", "c"));
        while next(&mut app).await != "StasisStart c" {}
        let finished = client.channel("c").play(["sound:x"]).finished();
        let error = soon(finished).await.expect_err("a filter");
        assert!(matches!(error, Error::InvalidConfig(_)), "{error}");
        assert_eq!(server.count(PLAY), 0);
        let subscribed = client.application("b").subscribe(["endpoint:PJSIP"]);
        soon(subscribed.into_future()).await.expect("an answer");
        let finished = client.channel("c").play(["sound:x"]).finished();
        let error = soon(finished).await.expect_err("a refusal");
        assert_eq!(error.status(), Some(404), "{error}");
    });
}
