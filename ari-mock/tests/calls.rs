//! Calls and events that tests can cause.

use std::time::{Duration, Instant};

use ari_api::client::ReconnectPolicy;
use ari_api::error::Finding;
use ari_api::outcome::{CallOutcome, call_outcome};
use ari_api::stream::EndReport;
use ari_api::{Client, Error, Event};
use ari_mock::{Asterisk, Step, ViolationKind};
use ari_test_support::{LIMIT, within_limit};
use helpers::wait;
use raw::request;

#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
mod raw;

#[cfg(test)]
mod helpers {
    use ari_api::Event;
    use ari_api::stream::EventStream;
    use ari_test_support::within_limit;

    pub(crate) async fn wait(events: &mut EventStream<Event>, kind: &str) -> std::sync::Arc<Event> {
        loop {
            let event = within_limit(events.next()).await.unwrap().unwrap();
            if event.kind() == kind {
                return event;
            }
        }
    }
}

#[tokio::test]
async fn a_call_arrives_presses_keys_and_hangs_up() {
    let pbx = Asterisk::start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("ivr").connect().await.unwrap();
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .caller("Alice <100>")
        .app_args(["menu", "de"])
        .into_application("ivr");
    let started = wait(&mut app, "StasisStart").await;
    let Event::StasisStart(start) = &*started else {
        panic!();
    };
    assert_eq!(
        (start.args.as_slice(), &*start.channel.caller.number),
        (&["menu".to_owned(), "de".to_owned()][..], "100")
    );
    assert_eq!(alice.state().as_deref(), Some("Ring"));
    client.channel(alice.id()).answer().await.unwrap();
    assert_eq!(alice.state().as_deref(), Some("Up"));
    assert_eq!(alice.application().as_deref(), Some("ivr"));
    alice.press("4#");
    for expected in ["4", "#"] {
        let event = wait(&mut app, "ChannelDtmfReceived").await;
        let Event::ChannelDtmfReceived(key) = &*event else {
            panic!();
        };
        assert_eq!(key.digit, expected);
    }
    alice.hang_up();
    wait(&mut app, "StasisEnd").await;
    assert!(!alice.exists());
    let answered = pbx.wait_for_request("channels.answer", 1).await;
    assert!(answered.path.ends_with("/answer"));
    pbx.assert_no_violations();
}

/// Ten minutes of ringing take no time.
#[tokio::test]
async fn paused_clock_moves_only_when_advanced() {
    let pbx = Asterisk::builder().paused().start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("dialer").connect().await.unwrap();
    let begin = Instant::now();
    let call = client.channels().originate("PJSIP/ring@loop").app("dialer");
    let channel = call.timeout(Duration::from_secs(600)).await.unwrap();
    pbx.advance(Duration::from_millis(599_999));
    assert!(pbx.channel(&channel.id).exists());
    pbx.advance(Duration::from_millis(1));
    assert!(!pbx.channel(&channel.id).exists());
    let event = wait(&mut app, "ChannelDestroyed").await;
    let Event::ChannelDestroyed(destroyed) = &*event else {
        panic!();
    };
    assert_eq!(destroyed.cause, 19);
    assert!(begin.elapsed() < LIMIT);
}

#[tokio::test]
async fn phones_follow_their_steps() {
    let pbx = Asterisk::builder()
        .endpoint(
            "PJSIP/bob",
            [
                Step::Ringing,
                Step::Wait(Duration::from_secs(3)),
                Step::Answer,
            ],
        )
        .offline_endpoint("PJSIP/carol")
        .paused()
        .start()
        .await
        .unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("dialer").connect().await.unwrap();
    let bob = client
        .channels()
        .originate("PJSIP/bob")
        .app("dialer")
        .await
        .unwrap();
    assert_eq!(pbx.channel(&bob.id).state().as_deref(), Some("Ringing"));
    pbx.advance(Duration::from_secs(3));
    wait(&mut app, "StasisStart").await;
    let carol = client
        .channels()
        .originate("PJSIP/carol")
        .app("dialer")
        .await;
    assert_eq!(carol.unwrap_err().status(), Some(500));
}

#[tokio::test]
async fn an_answer_waits_for_the_playback_before_it() {
    let pbx = Asterisk::builder().paused().start().await.unwrap();
    let client = pbx.client().unwrap();
    let _app = client.application("ivr").connect().await.unwrap();
    let call = pbx.incoming_call("PJSIP/alice").into_application("ivr");
    let channel = client.channel(call.id());
    channel.play(["sound:hello-world"]).await.unwrap();
    let answering = tokio::spawn(channel.answer().into_future());
    pbx.wait_for_request("channels.answer", 1).await;
    assert!(!answering.is_finished());
    pbx.advance(Duration::from_secs(2));
    answering.await.unwrap().unwrap();
    assert_eq!(call.state().as_deref(), Some("Up"));
}

/// `POST /bridges` takes its body as the variables. Only other parameters in it are a mistake.
#[tokio::test]
async fn variables_of_a_bridge_may_be_the_whole_body() {
    let pbx = Asterisk::builder().release(24).start().await.unwrap();
    for (body, status, kinds) in [
        (r#"{"colour": "red"}"#, 200, &[][..]),
        ("{}", 200, &[]),
        (
            r#"{"name": "x", "colour": "red"}"#,
            200,
            &[ViolationKind::Wrapping],
        ),
        (
            r#"{"variables": {"colour": "red"}}"#,
            400,
            &[ViolationKind::Wrapping],
        ),
    ] {
        let before = pbx.violations().len();
        let response = request(&pbx, "POST", "bridges", body).await;
        assert_eq!(response.0, status, "{body}: {}", response.1);
        let violations = pbx.violations().into_iter().skip(before);
        let found: Vec<_> = violations.map(|violation| violation.kind).collect();
        assert_eq!(found, kinds, "{body}");
    }
}

/// Several playbacks may have the same id. Requests are for the first of them.
#[tokio::test]
async fn playbacks_with_the_same_id_play_and_end() {
    let pbx = Asterisk::builder().paused().start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("app").connect().await.unwrap();
    pbx.incoming_call("PJSIP/alice")
        .id("a")
        .into_application("app");
    pbx.incoming_call("PJSIP/bob")
        .id("b")
        .into_application("app");
    for (channel, sound) in [("a", "tt-monkeys"), ("a", "beep"), ("b", "hello")] {
        let path = format!("channels/{channel}/play/p?media=sound:{sound}");
        assert_eq!(request(&pbx, "POST", &path, "").await.0, 201);
    }
    for left in ["tt-monkeys", "beep", "hello"] {
        let (_, first) = request(&pbx, "GET", "playbacks/p", "").await;
        assert_eq!(first["media_uri"], format!("sound:{left}"));
        assert_eq!(request(&pbx, "DELETE", "playbacks/p", "").await.0, 204);
    }
    assert_eq!(request(&pbx, "DELETE", "playbacks/p", "").await.0, 404);
    let mut finished = Vec::new();
    while finished.len() < 3 {
        let event = app.next().await.unwrap().unwrap();
        if let Event::PlaybackFinished(end) = event.as_ref() {
            finished.push(end.playback.media_uri.clone());
        }
    }
    assert_eq!(finished, ["sound:tt-monkeys", "sound:beep", "sound:hello"]);
    assert_eq!(pbx.playbacks(), []);
    assert_eq!(request(&pbx, "DELETE", "channels/a", "").await.0, 204);
}

#[tokio::test]
async fn silently_ignored_mistakes_are_violations() {
    let pbx = Asterisk::builder().release(22).start().await.unwrap();
    let client = pbx.client().unwrap();
    let _app = client.application("app").connect().await.unwrap();
    client.bridge("b").create_with_id().await.unwrap();
    for (method, path, body, status, kind) in [
        (
            "GET",
            "channels?colour=red",
            "",
            200,
            ViolationKind::UnknownParameter,
        ),
        (
            "POST",
            "asterisk/variable",
            "{\"variable\":\"x\",\"value\":12}",
            204,
            ViolationKind::WrongType,
        ),
        (
            "PUT",
            "applications/app/eventFilter",
            "{\"filter\":{}}",
            200,
            ViolationKind::Wrapping,
        ),
        (
            "GET",
            "asterisk/info?only=nonsense",
            "",
            200,
            ViolationKind::UnknownValue,
        ),
        (
            "GET",
            "channels//variable",
            "",
            200,
            ViolationKind::EmptySegment,
        ),
        ("POST", "channels", "[1]", 400, ViolationKind::IgnoredBody),
        (
            "GET",
            "asterisk/info",
            "{\"only\":\"build,system\"}",
            200,
            ViolationKind::WrongType,
        ),
        (
            "POST",
            "channels/x/record?name=r&format=wav&beep=maybe",
            "",
            404,
            ViolationKind::WrongType,
        ),
        (
            "GET",
            "channels/x?channelId=y",
            "",
            404,
            ViolationKind::UnknownParameter,
        ),
        ("GET", "channels?a=1&a=2", "", 200, ViolationKind::Repeated),
        (
            "GET",
            "asterisk/info?only=build%00x",
            "",
            200,
            ViolationKind::Nul,
        ),
        (
            "POST",
            "bridges/b/record?name=r",
            "",
            422,
            ViolationKind::Crash,
        ),
        (
            "POST",
            "bridges/b/variable?value=x",
            "",
            400,
            ViolationKind::Crash,
        ),
        (
            "GET",
            "bridges/b/variables",
            r#"{"variables":1}"#,
            400,
            ViolationKind::Crash,
        ),
    ] {
        let before = pbx.violations().len();
        assert_eq!(request(&pbx, method, path, body).await.0, status, "{path}");
        let new = &pbx.violations()[before..];
        assert!(
            new.iter().any(|violation| violation.kind == kind),
            "{path}: {new:?}"
        );
    }
}

#[tokio::test]
async fn faults() {
    let mut pbx = Asterisk::start().await.unwrap();
    let client = Client::builder(pbx.url())
        .credentials("aritest", "testme")
        .reconnect(ReconnectPolicy::disabled())
        .build()
        .unwrap();
    pbx.fail("asterisk.ping", 503, "Asterisk not booted");
    assert_eq!(
        client.asterisk().ping().await.unwrap_err().status(),
        Some(503)
    );
    client.asterisk().ping().await.unwrap();

    let mut app = client.application("app").connect().await.unwrap();
    wait(&mut app, "Connected").await;
    pbx.send_text("{\"type\":\"StasisStart\",\"application\":1}");
    let garbage = within_limit(app.next()).await.unwrap();
    assert!(matches!(garbage, Err(Error::Decode(_))), "{garbage:?}");
    pbx.drop_connections();
    let lost = within_limit(app.next()).await.unwrap();
    assert!(matches!(lost, Err(Error::Disconnected { .. })), "{lost:?}");

    let call = pbx
        .incoming_call("PJSIP/alice")
        .to_extension("testari", "1");
    assert!(call.exists());
    pbx.stop();
    assert!(client.asterisk().ping().await.is_err());
    pbx.restart().await.unwrap();
    client.asterisk().ping().await.unwrap();
    assert!(client.channels().list().await.unwrap().is_empty());
}

/// An operation or parameter that a release does not have is reported as a violation and has no
/// effect.
#[tokio::test]
async fn releases_have_their_own_operations() {
    let old = Asterisk::builder().release(16).start().await.unwrap();
    let client = old.client().unwrap();
    let error = client.channel("x").progress().await.unwrap_err();
    assert!(
        matches!(error, Error::UnsupportedByRelease { .. }),
        "{error:?}"
    );
    assert_eq!(old.violations()[0].kind, ViolationKind::NotInThisRelease);
    // 21 does not report variables, but 20 and 22 do.
    for (release, reports) in [(20, true), (21, false), (22, true)] {
        let pbx = Asterisk::builder().release(release).start().await.unwrap();
        let client = pbx.client().unwrap();
        let _app = client.application("app").connect().await.unwrap();
        let call = pbx.incoming_call("PJSIP/alice").into_application("app");
        let channel = client.channel(call.id());
        let set = channel.set_channel_var("NAME").value("value");
        set.report_events(true).await.unwrap();
        let variables = channel.get().await.unwrap().channelvars;
        assert_eq!(variables.is_some(), reports, "{release}: {variables:?}");
        assert_eq!(pbx.violations().is_empty(), reports, "{release}");
        assert_eq!(call.variable("NAME").as_deref(), Some("value"));
    }
    let newest = Asterisk::start().await.unwrap();
    assert_eq!(newest.version().major, 24);
}

/// As on a real server, some media end without an event, and a failed request does not contain the
/// reason, so the client queries the state.
#[tokio::test]
async fn missed_events_are_recovered_by_requests() {
    let pbx = Asterisk::start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("ivr").connect().await.unwrap();
    let alice = pbx.incoming_call("PJSIP/alice").into_application("ivr");
    wait(&mut app, "StasisStart").await;
    let channel = client.channel(alice.id());
    channel.answer().await.unwrap();
    for media in ["silence:1", "number:notanumber"] {
        let playback = within_limit(channel.play([media]).wait_until_finished())
            .await
            .unwrap();
        assert_eq!(playback.report, EndReport::NoEvent, "{media}");
    }
    for (endpoint, expected) in [
        (
            "Local/no-such@testari",
            "unknown extension: the dialplan has no",
        ),
        ("PJSIP/no-such@loop", "unknown extension: cause 1"),
        (
            "PJSIP/phone",
            "unreachable: the endpoint PJSIP/phone is offline",
        ),
        ("PJSIP/nobody", "unreachable: the server has no endpoint"),
        ("SIP/1", "unreachable: the server has no channel technology"),
    ] {
        let call = client.channels().originate(endpoint).app("ivr");
        let outcome = within_limit(call.outcome()).await.unwrap().to_string();
        assert!(outcome.starts_with(expected), "{endpoint}: {outcome}");
    }
    pbx.fail("channels.record", 500, "Internal Server Error");
    let error = channel.record("r", "wav").await.unwrap_err();
    let Error::Response(refusal) = error else {
        panic!("{error}");
    };
    assert_eq!(refusal.finding, Some(Finding::RecordingFolderExists));
}

/// Asterisk calls the extension to which the phone of an originated call forwards it, and the outcome
/// is that of the new channel. A channel that was created and then dialed ends.
#[tokio::test]
async fn phones_forward_calls() {
    let forward = |extension: &str| [Step::Ringing, Step::Forward(extension.to_owned())];
    let pbx = Asterisk::builder()
        .endpoint("PJSIP/away", forward("1"))
        .endpoint("PJSIP/taken", forward("busy"))
        .start()
        .await
        .unwrap();
    let client = pbx.client().unwrap();
    let _app = client.application("ivr").connect().await.unwrap();
    let call = client.channels().originate("PJSIP/away").app("ivr");
    match within_limit(call.outcome()).await.unwrap() {
        CallOutcome::Answered { channel, .. } => {
            let name = channel.get().await.unwrap().name;
            assert!(name.starts_with("Local/1@testari-"), "{name}");
            channel.hangup().await.unwrap();
        }
        other => panic!("{other}"),
    }
    let call = client.channels().originate("PJSIP/taken").app("ivr");
    let outcome = within_limit(call.outcome()).await.unwrap();
    // It may have ended before its events could be received.
    let is_expected = matches!(outcome, CallOutcome::Forwarded(_) | CallOutcome::Busy(_));
    assert!(is_expected, "{outcome}");
    let create = client.channels().create("PJSIP/away", "ivr");
    let (channel, events) = create.send_with_events().await.unwrap();
    channel.dial().await.unwrap();
    let outcome = within_limit(call_outcome(channel, events)).await.unwrap();
    assert_eq!(outcome.to_string(), "forwarded: to the extension 1");
    assert_eq!(outcome.failure().unwrap().forward, "1");
    assert_eq!(pbx.channel_ids(), [""; 0]);
    pbx.assert_no_violations();
}
