//! Outcomes of calls, as `outcome` reports them.

use std::time::{Duration, Instant};

use ari_api::Error;
use ari_api::EventSource;
use ari_api::outcome::CallOutcome;
use ari_api::stream::EndReport;

use super::session::on_every_release;

/// Endpoints of both technologies, the ringing time in seconds, and the outcome.
const CALLS: &[(&str, u64, &str)] = &[
    ("Local/1@testari", 30, "Answered"),
    ("PJSIP/1@loop", 30, "Answered"),
    ("Local/busy@testari", 30, "Busy"),
    ("PJSIP/busy@loop", 30, "Busy"),
    ("Local/ring@testari", 1, "NoAnswer"),
    ("PJSIP/ring@loop", 1, "NoAnswer"),
    ("Local/no-such@testari", 30, "UnknownExtension"),
    ("Local/1@no-such", 30, "UnknownExtension"),
    ("PJSIP/no-such@loop", 30, "UnknownExtension"),
    ("PJSIP/phone", 30, "Unreachable offline"),
    ("PJSIP/1@phone", 30, "Unreachable offline"),
    ("pjsip/phone", 30, "Unreachable offline"),
    ("PJSIP/nobody", 30, "Unreachable no endpoint"),
    ("Nonsense/1", 30, "Unreachable no channel technology"),
    ("SIP/1", 30, "Unreachable no channel technology"),
];

#[test]
fn call_outcomes_match_endpoints() {
    on_every_release(async |session| {
        let client = &session.client;
        let app = client.application("dialer").connect().await.unwrap();
        for (endpoint, timeout, expected) in CALLS {
            let request = client.channels().originate(*endpoint).app("dialer");
            let outcome = request
                .timeout(Duration::from_secs(*timeout))
                .outcome()
                .await
                .unwrap();
            let release = session.server.release();
            let told = format!("{outcome:?} {outcome}");
            let (kind, more) = expected.split_once(' ').unwrap_or((expected, ""));
            assert!(
                told.starts_with(kind) && told.contains(more),
                "{release} {endpoint}: {told}"
            );
            if let CallOutcome::Answered {
                channel,
                mut events,
                ..
            } = outcome
            {
                channel.hangup().await.unwrap();
                let mut last = String::new();
                while let Some(event) = events.next().await {
                    last = event.unwrap().kind().to_owned();
                }
                assert_eq!(last, "ChannelDestroyed");
            }
        }
        // No application would receive the events of these.
        let deaf = client.channels().originate("Local/1@testari");
        let error = deaf.extension("1").outcome().await.unwrap_err();
        assert!(
            matches!(
                error,
                Error::InvalidArgument {
                    parameter: "app",
                    ..
                }
            ),
            "{error}"
        );
        // The requests themselves return the cause, too.
        let originate = client.channels().originate("PJSIP/phone").app("dialer");
        let error = originate.await.unwrap_err();
        assert_eq!(error.status(), Some(500));
        assert!(error.to_string().contains("is offline"), "{error}");
        let create = client.channels().create("PJSIP/nobody", "dialer");
        let error = create.await.unwrap_err();
        assert!(error.to_string().contains("has no endpoint"), "{error}");
        drop(app);
    });
}

#[test]
fn recordings_have_their_length() {
    on_every_release(async |session| {
        let client = &session.client;
        let _app = client.application("taped").connect().await.unwrap();
        let call = client.channels().originate("Local/tone@testari");
        let CallOutcome::Answered { channel, .. } = call.app("taped").outcome().await.unwrap()
        else {
            panic!("not answered");
        };
        let name = format!("length-{}", ari_api::client::unique_id());
        let recording = channel.record(&name, "wav");
        let limited = recording.max_duration(Duration::from_millis(1_500));
        let recording = limited
            .max_silence(None)
            .wait_until_finished()
            .await
            .unwrap();
        let length = recording.duration.unwrap();
        // The server counts two whole seconds of its clock, or more, and the samples of those.
        let expected = Duration::from_secs(1)..=Duration::from_secs(3);
        assert!(expected.contains(&length), "{length:?}");
        channel.hangup().await.unwrap();
    });
}

/// A part of a second is not cut off, and no limit is none.
#[test]
fn calls_ring_as_long_as_they_may() {
    on_every_release(async |session| {
        let client = &session.client;
        let ringing = |timeout: Option<Duration>| {
            let request = client.channels().originate("Local/ring@testari");
            request.extension("1").context("testari").timeout(timeout)
        };
        let started = Instant::now();
        let limited = ringing(Some(Duration::from_millis(1_100))).await.unwrap();
        let unlimited = ringing(None).await.unwrap();
        while client.channel(&limited.id).get().await.is_ok() {
            assert!(started.elapsed() < Duration::from_secs(20));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let rang = started.elapsed();
        assert!(rang >= Duration::from_millis(1_900), "{rang:?}");
        let unlimited = client.channel(&unlimited.id);
        unlimited.get().await.expect("it rings on");
        unlimited.hangup().await.unwrap();
    });
}

/// A channel that comes from the dialplan is subscribed to only while it is in the application: its
/// stream ends after that, with a reason. The stream of one with an explicit subscription continues
/// until it is destroyed.
#[test]
fn channel_streams_end_without_subscription() {
    on_every_release(async |session| {
        let client = &session.client;
        let mut app = client.application("hello").connect().await.unwrap();
        for subscribed in [false, true] {
            let originate = client.channels().originate("Local/stasis@testari");
            originate.extension("1").context("testari").await.unwrap();
            let channel = loop {
                let event = app.next().await.unwrap().unwrap();
                if let ari_api::Event::StasisStart(start) = &*event {
                    break client.channel(&start.channel.id);
                }
            };
            let mut events = channel.events();
            if subscribed {
                let source = EventSource::channel(channel.channel_id());
                client
                    .application("hello")
                    .subscribe([source])
                    .await
                    .unwrap();
            }
            channel.continue_in_dialplan().await.unwrap();
            let mut kinds = Vec::new();
            let gone = loop {
                match events.next().await {
                    Some(Ok(event)) => kinds.push(event.kind().to_owned()),
                    Some(Err(Error::ObjectGone { .. })) => break true,
                    Some(Err(error)) => panic!("{error}"),
                    None => break false,
                }
            };
            assert!(kinds.iter().any(|kind| kind == "StasisEnd"), "{kinds:?}");
            assert_eq!(gone, !subscribed, "{kinds:?}");
            let destroyed = kinds.last().is_some_and(|kind| kind == "ChannelDestroyed");
            assert_eq!(destroyed, subscribed, "{kinds:?}");
        }
    });
}

#[test]
fn finished_waits_for_playbacks_and_recordings() {
    on_every_release(async |session| {
        let client = &session.client;
        let app = client.application("ivr").connect().await.unwrap();
        let call = client.channels().originate("Local/1@testari").app("ivr");
        let CallOutcome::Answered { channel, .. } = call.outcome().await.unwrap() else {
            panic!("not answered");
        };
        for (media, state) in [("sound:beep", "done"), ("sound:missing", "failed")] {
            let playback = channel.play([media]).wait_until_finished().await.unwrap();
            assert_eq!(playback.state.as_str(), state, "{media}");
        }
        // Asterisk skips these, and reports no end.
        for media in ["silence:1", "number:notanumber"] {
            let playback = channel.play([media]).wait_until_finished().await.unwrap();
            assert_eq!(playback.report, EndReport::NoEvent, "{media}");
        }
        let name = format!("outcome-{}", ari_api::client::unique_id());
        let recording = channel
            .record(&name, "wav")
            .max_duration(Duration::from_secs(1));
        let recording = recording.wait_until_finished().await.unwrap();
        assert_eq!(recording.state.as_str(), "done");
        let twice = channel.record(&name, "wav").wait_until_finished().await;
        assert_eq!(twice.unwrap_err().status(), Some(409));

        // Without the folder the server names no cause.
        let folder = session.server.dir().join("spool/recording");
        let away = session.server.dir().join("spool/away");
        std::fs::rename(&folder, &away).unwrap();
        let error = channel.record("nowhere", "wav").await.unwrap_err();
        std::fs::rename(&away, &folder).unwrap();
        assert_eq!(error.status(), Some(500));
        assert!(
            error.to_string().contains("folder of recordings"),
            "{error}"
        );

        // Stopped by another client.
        let (playback, mut events) = channel
            .play(["sound:tt-monkeys"])
            .send_with_events()
            .await
            .unwrap();
        let started = events.next().await.unwrap().unwrap();
        assert_eq!(started.kind(), "PlaybackStarted");
        super::session::retry_until_controllable(async || playback.stop().await).await;
        assert_eq!(
            events.next().await.unwrap().unwrap().kind(),
            "PlaybackFinished"
        );
        assert!(events.next().await.is_none());

        // The channel ends, and the playback with it.
        let playing = tokio::spawn(channel.play(["sound:tt-monkeys"]).wait_until_finished());
        let mut playing_events = app.events_of::<ari_api::models::PlaybackStarted>();
        playing_events.next().await.unwrap().unwrap();
        channel.hangup().await.unwrap();
        let outcome = playing.await.unwrap();
        let release = session.server.release();
        println!("{release}: a playback whose channel goes: {outcome:?}");
        // Invalid media never ends: then the channel's end is the playback's.
        let call = client.channels().originate("Local/1@testari").app("ivr");
        let CallOutcome::Answered { channel, .. } = call.outcome().await.unwrap() else {
            panic!("not answered");
        };
        let playing = tokio::spawn(channel.play(["number:x"]).wait_until_finished());
        channel
            .play(["sound:beep"])
            .wait_until_finished()
            .await
            .unwrap();
        channel.hangup().await.unwrap();
        let error = playing.await.unwrap().unwrap_err();
        assert!(matches!(error, Error::ObjectGone { .. }), "{error:?}");
    });
}
