//! Steps of calls by `ari-calls`, with a phone on the other end of a Local channel.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ari_api::channels::ChannelHandle;
use ari_api::stream::EventStream;
use ari_api::{Client, Event};
use ari_calls::collect::{Collected, InputEnd};
use ari_calls::dial::{Dial, Endpoint, Ringback, Screening, ScreeningFuture};
use ari_calls::menu::{Chosen, Menu};
use ari_calls::play::Played;
use ari_calls::record::RecordEnd;
use ari_calls::{Call, CallEnd, CallError, Key};
use ari_test_support::within_limit;
use tokio::time::sleep;

use crate::asterisk::{Asterisk, Release};
use crate::live::session::builder;

/// Runs a test on a server of each release that is installed.
pub(super) fn on_every_release(test: impl AsyncFn(&Asterisk, &Client, &mut EventStream<Event>)) {
    for release in Release::ALL {
        let Some(server) = Asterisk::start(release) else {
            return;
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let client = builder(&server).build().unwrap();
            let mut app = client.application("live").connect().await.unwrap();
            test(&server, &client, &mut app).await;
        });
    }
}

/// Creates a call. Returns it, and the phone at its other end.
pub(super) async fn call(client: &Client, app: &mut EventStream<Event>) -> (Call, ChannelHandle) {
    let request = client.channels().originate("Local/live@testari");
    request.app("live").formats("slin16").await.unwrap();
    let (mut call, mut phone) = (None, None);
    while call.is_none() || phone.is_none() {
        let event = within_limit(app.next()).await.unwrap().unwrap();
        let Event::StasisStart(start) = &*event else {
            continue;
        };
        if start.args.is_empty() {
            call = Some(Call::incoming(client, start));
        } else {
            let channel = client.channel(&start.channel.id);
            channel.answer().await.unwrap();
            phone = Some(channel);
        }
    }
    (call.unwrap(), phone.unwrap())
}

/// Presses keys on a phone, after a pause in milliseconds.
pub(super) async fn press(phone: &ChannelHandle, pause: u64, keys: &str) {
    sleep(Duration::from_millis(pause)).await;
    phone.send_dtmf(keys).await.unwrap();
}

/// Waits until nothing is left on the server.
pub(super) async fn wait_until_removed(client: &Client) {
    within_limit(async {
        while !client.channels().list().await.unwrap().is_empty() {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

#[test]
fn keys_choices_and_playbacks() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let (mut call, phone) = call(client, app).await;
        let played = call.play(["sound:beep", "digits:1"]).await.unwrap();
        assert_eq!(played, Played::Finished, "{release}");
        for media in ["silence:1", "number:notanumber", "sound:missing"] {
            let played = call.play(media).await.unwrap();
            let expected = Played::Incomplete {
                media_uri: media.to_owned(),
            };
            assert_eq!(played, expected, "{release}");
        }
        let begin = Instant::now();
        let limit = Duration::from_millis(700);
        assert_eq!(
            call.play("tone:ring").max_duration(limit).await.unwrap(),
            Played::MaxDuration
        );
        assert!(
            begin.elapsed() < Duration::from_secs(5),
            "{release}: the tone goes on"
        );

        // A long prompt is stopped by the first key.
        let collect = call
            .collect(1..=10)
            .prompt("digits:1234567890123456789012345678901234567890");
        let (collected, ()) = tokio::join!(collect.into_future(), press(&phone, 500, "42#7"));
        let Collected::Digits {
            digits, ended_by, ..
        } = collected.unwrap()
        else {
            panic!("{release}: nothing collected");
        };
        let expected = ("42", InputEnd::Terminator(Key::Pound));
        assert_eq!((digits.as_str(), ended_by), expected, "{release}");
        let key = call.next_key(Duration::from_secs(10)).await.unwrap();
        assert_eq!(
            key,
            Some(Key::Digit7),
            "{release}: the key behind the terminator"
        );

        let menu = Menu::new("digits:1234567890")
            .on("1", 1)
            .on("_2XX", 2)
            .attempts(2)
            .no_match("sound:beep");
        let (chosen, ()) = tokio::join!(call.choose(&menu), press(&phone, 300, "9"));
        assert_eq!(
            chosen.unwrap(),
            Chosen::NoInput,
            "{release}: 9 is no choice, then nothing"
        );
        let (chosen, ()) = tokio::join!(call.choose(&menu), press(&phone, 300, "204"));
        let Chosen::Choice {
            value: 2, digits, ..
        } = chosen.unwrap()
        else {
            panic!("{release}: not chosen");
        };
        assert_eq!(digits, "204", "{release}");
        call.hang_up().await.unwrap();
        wait_until_removed(client).await;
    });
}

#[test]
fn recordings_end_by_keys_silence_and_hangup() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let seconds = Duration::from_secs;
        let (mut call, phone) = call(client, app).await;
        let name = |case: &str| format!("step-{case}-{}", ari_api::client::unique_id());

        // The terminator of Asterisk's own, with a key behind it.
        let record = call.record(name("pound"), "wav").beep(true).into_future();
        let (recorded, ()) = tokio::join!(record, press(&phone, 1500, "#5"));
        let recorded = recorded.unwrap();
        assert_eq!(recorded.ended_by, RecordEnd::Key(Key::Pound), "{release}");
        let key = call.next_key(seconds(10)).await.unwrap();
        assert_eq!(
            key,
            Some(Key::Digit5),
            "{release}: only the terminator is taken"
        );
        recorded.stored.delete_stored().await.unwrap();

        // One that Asterisk does not have.
        let record = call
            .record(name("seven"), "wav")
            .terminators(Key::Digit7)
            .into_future();
        let (recorded, ()) = tokio::join!(record, press(&phone, 700, "17"));
        assert_eq!(
            recorded.unwrap().ended_by,
            RecordEnd::Key(Key::Digit7),
            "{release}"
        );

        let recorded = call
            .record(name("silence"), "wav")
            .max_silence(seconds(1))
            .await
            .unwrap();
        assert_eq!(
            recorded.ended_by,
            RecordEnd::Silence,
            "{release}: {recorded:?}"
        );
        // The recording of a silent phone can be empty, and an empty one is not played.
        phone.play(["digits:1234567890"]).await.unwrap();
        let record = call.record(name("limit"), "wav").max_duration(seconds(1));
        let recorded = record.await.unwrap();
        assert_eq!(
            recorded.ended_by,
            RecordEnd::MaxDuration,
            "{release}: {recorded:?}"
        );
        let played = call
            .play(format!("recording:{}", recorded.stored.recording_name()))
            .await;
        assert_eq!(played.unwrap(), Played::Finished, "{release}");

        // A hangup is an outcome, and the file exists.
        let record = call.record(name("hangup"), "wav").into_future();
        let hang_up = async {
            sleep(Duration::from_millis(1200)).await;
            phone.hangup().await.unwrap();
        };
        let (recorded, ()) = tokio::join!(record, hang_up);
        let recorded = recorded.unwrap();
        let expected = matches!(
            &recorded.ended_by,
            RecordEnd::CallEnded(CallEnd::HungUp { .. })
        );
        assert!(expected, "{release}: {recorded:?}");
        assert!(recorded.stored.get_stored().await.is_ok(), "{release}");
        let next = call.play("sound:beep").await;
        assert!(
            matches!(next, Err(CallError::Ended(_))),
            "{release}: {next:?}"
        );
        wait_until_removed(client).await;
    });
}

/// The other side hangs up at moments that a program of all steps runs through.
#[test]
fn hangups_end_every_step() {
    async fn serve(mut call: Call) -> Result<(), CallError> {
        loop {
            call.play(["sound:beep", "digits:12"]).await?;
            call.collect(2)
                .prompt("digits:12")
                .first_key_timeout(Duration::from_millis(500))
                .await?;
            let mut queue = call.play_queue();
            queue.push(["sound:beep", "digits:1"])?;
            queue.finished().await?;
            let name = format!("step-{}", ari_api::client::unique_id());
            let record = call
                .record(name, "wav")
                .max_duration(Duration::from_secs(1))
                .await?;
            record.stored.delete_stored().await?;
        }
    }
    on_every_release(async |server, client, app| {
        let mut calls = Vec::new();
        for moment in 0..40 {
            let (call, phone) = call(client, app).await;
            calls.push(tokio::spawn(async move {
                let program = tokio::spawn(serve(call));
                sleep(Duration::from_millis(moment * 130)).await;
                phone.hangup().await.unwrap();
                (moment, within_limit(program).await.unwrap())
            }));
        }
        for ended in calls {
            let (moment, result) = ended.await.unwrap();
            let error = result.unwrap_err();
            let release = server.release();
            let is_hangup = matches!(error.call_end(), Some(CallEnd::HungUp { .. }));
            assert!(is_hangup, "{release}, after {moment} moments: {error:?}");
        }
        wait_until_removed(client).await;
    });
}

/// Waits until no bridge and no channels but the two of the call are left.
pub(super) async fn wait_until_legs_are_removed(client: &Client, channels: usize) {
    within_limit(async {
        loop {
            let left = client.channels().list().await.unwrap();
            let bridges = client.bridges().list().await.unwrap();
            // Asterisk 16 may list a destroyed bridge.
            if left.len() == channels && bridges.iter().all(|it| it.channels.is_empty()) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

#[test]
fn endpoints_are_dialed_and_connected() {
    type Setup = fn(&mut Call) -> Dial<'_>;
    let seconds = Duration::from_secs;
    let cases: [(Setup, &str); 10] = [
        (
            |it| it.dial("PJSIP/stay@loop"),
            "PJSIP/stay@loop: talked for 3 s, ended by the callee",
        ),
        (
            |it| it.dial("Local/stay@testari"),
            "Local/stay@testari: talked for 3 s, ended by the callee",
        ),
        (
            |it| it.dial("PJSIP/stay@loop").ringback(Ringback::EarlyMedia),
            "PJSIP/stay@loop: talked for 3 s, ended by the callee",
        ),
        (
            |it| {
                it.dial("PJSIP/echo@loop")
                    .ringback(Ringback::Music("default".to_owned()))
                    .max_duration(Duration::from_secs(1))
            },
            "PJSIP/echo@loop: talked for 1 s, ended by its longest duration",
        ),
        (|it| it.dial("PJSIP/busy@loop"), "PJSIP/busy@loop: busy"),
        (
            |it| it.dial("PJSIP/away@loop"),
            "PJSIP/away@loop: forwarded",
        ),
        (|it| it.dial("PJSIP/phone"), "PJSIP/phone: unreachable"),
        (
            |it| it.dial("PJSIP/ring@loop").timeout(Duration::from_secs(1)),
            "PJSIP/ring@loop: no answer",
        ),
        (
            |it| it.dial_all(["PJSIP/ring@loop", "PJSIP/stay@loop"]),
            "PJSIP/stay@loop: talked for 3 s, ended by the callee; PJSIP/ring@loop: answered elsewhere",
        ),
        (
            |it| {
                it.dial_in_order([
                    "PJSIP/busy@loop",
                    "Local/no-such@testari",
                    "Local/stay@testari",
                ])
            },
            "Local/stay@testari: talked for 3 s, ended by the callee; PJSIP/busy@loop: busy; Local/no-such@testari: unknown extension",
        ),
    ];
    on_every_release(async |server, client, app| {
        let (mut call, phone) = call(client, app).await;
        for (setup, expected) in cases {
            let connected = within_limit(setup(&mut call).into_future()).await.unwrap();
            let release = server.release();
            assert_eq!(connected.to_string(), expected, "{release}: {connected:?}");
            wait_until_legs_are_removed(client, 2).await;
        }
        // The channels of legs are not the application's.
        while let Some(event) = app.try_next() {
            if let Event::StasisStart(start) = &*event.unwrap() {
                panic!("{}: a call of {}", server.release(), start.channel.name);
            }
        }
        // The caller hangs up while the phone rings.
        let hang_up = async {
            sleep(seconds(1)).await;
            phone.hangup().await.unwrap();
        };
        let ring = call.dial("PJSIP/ring@loop").into_future();
        let (connected, ()) = tokio::join!(ring, hang_up);
        let error = connected.unwrap_err();
        let is_hangup = matches!(error.call_end(), Some(CallEnd::HungUp { .. }));
        assert!(is_hangup, "{}: {error}", server.release());
        wait_until_legs_are_removed(client, 0).await;
    });
}

/// The endpoint sees the caller id, the caller sees who has answered, and a conversation ends with the
/// caller.
#[test]
fn conversations_end_with_the_caller() {
    on_every_release(async |server, client, app| {
        let (mut call, phone) = call(client, app).await;
        let caller = call.channel().clone();
        let dialed = async {
            let endpoint = Endpoint::new("Local/live@testari").connected_line("Bob <200>");
            let connected = call.dial(endpoint).caller_id("Sales <4711>").await;
            connected.unwrap().to_string()
        };
        let talk = async {
            let far = loop {
                let event = within_limit(app.next()).await.unwrap().unwrap();
                if let Event::StasisStart(start) = &*event {
                    break start.channel.clone();
                }
            };
            assert_eq!(far.caller.number, "4711", "{}: {far:?}", server.release());
            client.channel(&far.id).answer().await.unwrap();
            within_limit(async {
                while caller.get().await.unwrap().connected.number != "200" {
                    sleep(Duration::from_millis(20)).await;
                }
            })
            .await;
            sleep(Duration::from_secs(2)).await;
            phone.hangup().await.unwrap();
        };
        let (talked, ()) = tokio::join!(dialed, talk);
        assert!(
            talked.ends_with("ended by the caller"),
            "{}: {talked}",
            server.release()
        );
        wait_until_legs_are_removed(client, 0).await;
    });
}

/// Connects an endpoint that presses 1.
fn accept(callee: &mut Call) -> ScreeningFuture<'_> {
    Box::pin(async move {
        let collect = callee.collect(1).prompt("digits:1");
        let collected = collect.first_key_timeout(Duration::from_secs(20)).await?;
        Ok(match collected.digits() {
            Some("1") => Screening::Connect,
            pressed => Screening::Decline(format!("pressed {pressed:?}")),
        })
    })
}

/// An endpoint that declines is hung up, and one that accepts is connected, also after early media.
#[test]
fn endpoints_are_screened() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        for ringback in [Ringback::Ringing, Ringback::EarlyMedia] {
            let (mut call, phone) = call(client, app).await;
            let caller = call.id().to_owned();
            let screened = Arc::new(AtomicUsize::new(0));
            let count = Arc::clone(&screened);
            let dial = call
                .dial_in_order(["PJSIP/keys2@loop", "Local/live@testari"])
                .ringback(ringback.clone())
                .on_answer(move |callee| {
                    count.fetch_add(1, Ordering::SeqCst);
                    accept(callee)
                });
            let is_connected = async || {
                let bridges = client.bridges().list().await.unwrap();
                let mut bridges = bridges.iter().map(|it| &it.channels);
                bridges.any(|it| it.len() == 2 && it.contains(&caller))
            };
            let talk = async {
                let far = loop {
                    let event = within_limit(app.next()).await.unwrap().unwrap();
                    if let Event::StasisStart(start) = &*event {
                        break client.channel(&start.channel.id);
                    }
                };
                far.answer().await.unwrap();
                while screened.load(Ordering::SeqCst) < 2 {
                    sleep(Duration::from_millis(20)).await;
                }
                assert!(!is_connected().await, "{release}, {ringback:?}");
                while !is_connected().await {
                    press(&far, 200, "1").await;
                }
                far.hangup().await.unwrap();
            };
            let both = async { tokio::join!(dial.into_future(), talk) };
            let (dialed, ()) = within_limit(both).await;
            let dialed = dialed.unwrap().to_string();
            let expected = "ended by the callee; PJSIP/keys2@loop: declined: pressed";
            assert!(
                dialed.starts_with("Local/live@testari: talked") && dialed.contains(expected),
                "{release}, {ringback:?}: {dialed}"
            );
            wait_until_legs_are_removed(client, 2).await;
            phone.hangup().await.unwrap();
            wait_until_legs_are_removed(client, 0).await;
        }
    });
}

/// Callers hang up at moments over the whole of a dialed call.
#[test]
fn hangups_while_dialing_leave_nothing() {
    on_every_release(async |_, client, app| {
        let mut calls = Vec::new();
        for moment in 0..25 {
            let (mut call, phone) = call(client, app).await;
            calls.push(tokio::spawn(async move {
                let program = tokio::spawn(async move {
                    let endpoints = ["PJSIP/ring@loop", "PJSIP/stay@loop"];
                    let dial = call.dial_all(endpoints);
                    let _ = match moment % 3 {
                        0 => dial.await,
                        1 => dial.on_answer(accept).await,
                        _ => {
                            let dial = dial.ringback(Ringback::EarlyMedia);
                            dial.on_answer(accept).await
                        }
                    };
                });
                sleep(Duration::from_millis(moment * 40)).await;
                phone.hangup().await.unwrap();
                within_limit(program).await.unwrap();
            }));
        }
        for ended in calls {
            ended.await.unwrap();
        }
        wait_until_legs_are_removed(client, 0).await;
    });
}

/// A hundred callers press a key in one menu at the same time, and nothing is left behind.
#[test]
fn hundred_calls_choose_at_once() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let menu = Menu::new("digits:1234567890").on("1", ()).attempts(5);
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let request = client.channels().originate("Local/keys1@testari");
            request.app("live").formats("slin16").await.unwrap();
        }
        while calls.len() < 100 {
            let event = within_limit(app.next()).await.unwrap().unwrap();
            if let Event::StasisStart(start) = &*event {
                let mut call = Call::incoming(client, start);
                let menu = menu.clone();
                calls.spawn(async move {
                    let chosen = call.choose(&menu).await;
                    call.hang_up().await.unwrap();
                    chosen
                });
            }
        }
        let mut chosen = Vec::new();
        while let Some(call) = within_limit(calls.join_next()).await {
            chosen.push(call.unwrap().unwrap());
        }
        let is_chosen = |chosen: &&Chosen<()>| matches!(chosen, Chosen::Choice { .. });
        assert_eq!(
            chosen.iter().filter(is_chosen).count(),
            100,
            "{release}: {chosen:?}"
        );
        wait_until_removed(client).await;
        let bridges = client.bridges().list().await.unwrap();
        assert_eq!(bridges, [], "{release}");
    });
}

/// A call that cannot be moved stays in its application, and a hangup by a request has no cause of
/// its own.
#[test]
fn calls_stay_if_there_is_no_application_to_move_to() {
    on_every_release(async |_, client, app| {
        let (mut call, _phone) = call(client, app).await;
        let moved = call.move_to("nobody").await.unwrap();
        assert_eq!(moved, ari_calls::transfer::LetGo::NoApplication);
        call.play("sound:beep").await.unwrap();
        client.channel(call.id()).hangup().await.unwrap();
        let end = call.wait_for_end().await.unwrap();
        let CallEnd::HungUp { cause, .. } = &end else {
            panic!("{end}");
        };
        assert_ne!(*cause, Some(32), "{end}");
    });
}
