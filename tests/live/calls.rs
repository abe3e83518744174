//! Calls: their outcomes, ids that are in use, dialing, and moving between applications.

mod ours {
    use std::time::{Duration, Instant};

    use ari_api::outcome::CallOutcome;
    use ari_api::{Error, EventSource};
    use ari_test_support::LIMIT;

    use crate::live::session::on_every_release;

    /// Endpoints of both technologies, the ringing time in seconds, and the outcome.
    const CALLS: &[(&str, u64, &str)] = &[
        ("Local/1@testari", 30, "Answered"),
        ("PJSIP/1@loop", 30, "Answered"),
        ("Local/busy@testari", 30, "Busy"),
        ("PJSIP/busy@loop", 30, "Busy"),
        // Forwarded to another extension, which Asterisk calls.
        ("PJSIP/away@loop", 30, "Answered"),
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
                let text = format!("{outcome:?} {outcome}");
                let (kind, more) = expected.split_once(' ').unwrap_or((expected, ""));
                assert!(
                    text.starts_with(kind) && text.contains(more),
                    "{release} {endpoint}: {text}"
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
            let without_app = client.channels().originate("Local/1@testari");
            let error = without_app.extension("1").outcome().await.unwrap_err();
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
                assert!(started.elapsed() < LIMIT);
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
}

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use std::time::Duration;

    use ari_api::Event;
    use ari_api::client::unique_id;
    use ari_api::outcome::{CallOutcome, call_outcome};

    use crate::live::session::{APP, on_every_release, refusal, wait};

    /// Neither of the two halves of a `Local` channel may have the id of another channel.
    #[test]
    fn originate_with_a_duplicate_id() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let taken = session.call("1").await.channel_id().to_owned();
            let expected = (
                409,
                "Channel with given unique ID already exists".to_owned(),
            );
            let request = || client.channels().originate("Local/1@testari").app(APP);
            let (first, second) = (unique_id(), unique_id());
            for refused in [
                request().channel_id(&taken).await,
                request().channel_id(&first).other_channel_id(&taken).await,
                client
                    .channel(&taken)
                    .originate_with_id("Local/1@testari")
                    .app(APP)
                    .await,
                client
                    .channels()
                    .create("Local/1@testari", APP)
                    .channel_id(&taken)
                    .await,
            ] {
                assert_eq!(refusal(refused), expected);
            }
            // Nothing is left of those that were refused, and the first continues.
            let ids: Vec<_> = client.channels().list().await.unwrap();
            assert_eq!(ids.len(), 2, "{ids:?}");
            let both = request().channel_id(&first).other_channel_id(&second);
            assert_eq!(both.await.unwrap().id, first);
            client.channel(&second).get().await.unwrap();
            session.wait_for_stasis_start(&first).await;
            // An id is free again when its channel no longer exists.
            client.channel(&taken).hangup().await.unwrap();
            session
                .wait("ChannelDestroyed", |event| match event {
                    Event::ChannelDestroyed(event) => (event.channel.id == taken).then_some(()),
                    _ => None,
                })
                .await;
            request().channel_id(&taken).await.unwrap();
            session.wait_for_stasis_start(&taken).await;
        });
    }

    /// A channel is created, dialed, answered, and talks with another in a bridge.
    #[test]
    fn create_dial_bridge() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let app = client.application("dialer").connect().await.unwrap();
            let caller = client
                .channels()
                .originate("Local/echo@testari")
                .app("dialer");
            let CallOutcome::Answered {
                channel: caller, ..
            } = caller.outcome().await.unwrap()
            else {
                panic!("not answered");
            };
            let create = client.channels().create("PJSIP/1@loop", "dialer");
            let (called, mut events) = create.app_args(["made"]).send_with_events().await.unwrap();
            // It is in the application before it is dialed, and may be in the bridge, too.
            loop {
                let event = events.next().await.unwrap().unwrap();
                if let Event::StasisStart(start) = &*event {
                    assert_eq!(start.args, ["made"]);
                    assert_eq!(start.channel.state.as_str(), "Down");
                    break;
                }
            }
            let bridge = client.bridges().create().kind("mixing").await.unwrap().id;
            let bridge = client.bridge(bridge);
            bridge.add_channel([caller.channel_id()]).await.unwrap();
            called
                .dial()
                .caller(caller.channel_id())
                .timeout(Duration::from_secs(30))
                .await
                .unwrap();
            let mut states = Vec::new();
            while !states.iter().any(|state| state == "ANSWER") {
                let event = events.next().await.unwrap().unwrap();
                if let Event::Dial(dial) = &*event
                    && dial.peer.id == called.channel_id()
                {
                    states.push(dial.dialstatus.clone());
                }
            }
            bridge.add_channel([called.channel_id()]).await.unwrap();
            while events.next().await.unwrap().unwrap().kind() != "ChannelEnteredBridge" {}
            let mut inside = bridge.get().await.unwrap().channels;
            inside.sort_unstable();
            let mut expected = [caller.channel_id(), called.channel_id()];
            expected.sort_unstable();
            assert_eq!(inside, expected);
            assert_eq!(called.get().await.unwrap().state.as_str(), "Up");
            // Only once.
            assert_eq!(refusal(called.dial().await).0, 409);
            called.hangup().await.unwrap();
            let mut last = String::new();
            while let Some(event) = events.next().await {
                last = event.unwrap().kind().to_owned();
            }
            assert_eq!(last, "ChannelDestroyed");
            assert_eq!(bridge.get().await.unwrap().channels, [caller.channel_id()]);

            // Nobody answers the second one.
            let create = client.channels().create("PJSIP/busy@loop", "dialer");
            let (busy, mut events) = create.send_with_events().await.unwrap();
            while events.next().await.unwrap().unwrap().kind() != "StasisStart" {}
            busy.dial().timeout(Duration::from_secs(30)).await.unwrap();
            let outcome = call_outcome(busy, events).await.unwrap();
            assert!(matches!(outcome, CallOutcome::Busy(_)), "{outcome:?}");
            drop(app);
        });
    }

    /// The first application is notified that the channel leaves, the second that it enters, with its
    /// arguments.
    #[test]
    fn move_with_arguments() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let mut other = client.application("other").connect().await.unwrap();
            let channel = session.call("1").await;
            let request = channel.r#move("other").app_args(["é x", "second"]);
            request.await.unwrap();
            session.wait_for_kind("StasisEnd").await;
            let id = channel.channel_id();
            let start = wait(
                &mut other,
                &session.server,
                "StasisStart",
                |event| match event {
                    Event::StasisStart(start) if start.channel.id == id => Some(start.clone()),
                    _ => None,
                },
            )
            .await;
            assert_eq!(start.args, ["é x", "second"]);
            assert_eq!(start.application, "other");
            assert!(start.replace_channel.is_none());
            // And back, without any.
            channel.r#move(APP).await.unwrap();
            assert_eq!(
                session.wait_for_stasis_start(id).await.1,
                Vec::<String>::new()
            );
        });
    }

    /// The request succeeds. The failure is an event, and the channel stays in its application.
    #[test]
    fn move_to_an_unknown_application() {
        on_every_release(async |session| {
            let channel = session.call("1").await;
            let request = channel.r#move("nobody").app_args(["x", "y"]);
            request.await.unwrap();
            let failed = session
                .wait("ApplicationMoveFailed", |event| match event {
                    Event::ApplicationMoveFailed(failed) => Some(failed.clone()),
                    _ => None,
                })
                .await;
            assert_eq!(failed.channel.id, channel.channel_id());
            assert_eq!(failed.destination, "nobody");
            assert_eq!(failed.args, ["x", "y"]);
            let nobody = session.client.channel("no-such").r#move(APP).await;
            assert_eq!(refusal(nobody).0, 404);
        });
    }
}
