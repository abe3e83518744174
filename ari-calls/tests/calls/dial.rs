//! Calls to other endpoints: who answers, who ends, and that nothing is left behind.

use std::time::Duration;

use ari_calls::dial::{Dial, Endpoint, Ringback};
use ari_calls::{Call, CallEnd, CallError};
use ari_mock::{Asterisk, Step};

use crate::support::{Arrived, ms, with_clock};

const SECOND: Duration = Duration::from_secs(1);

/// A server whose phones ring, answer after a time, and hang up 10 s later.
async fn arrived() -> Arrived {
    let phone = |answer_after: u32| {
        [
            Step::Ringing,
            Step::Wait(answer_after * SECOND),
            Step::Answer,
            Step::Wait(10 * SECOND),
            Step::Hangup,
        ]
    };
    let pbx = Asterisk::builder()
        .frozen()
        .endpoint("PJSIP/quick", phone(2))
        .endpoint("PJSIP/slow", phone(5))
        .endpoint("PJSIP/never", [Step::Ringing, Step::Wait(3600 * SECOND)])
        .endpoint("PJSIP/busy", [Step::Wait(SECOND), Step::Busy])
        .endpoint(
            "PJSIP/away",
            [Step::Wait(SECOND), Step::Forward("1".to_owned())],
        )
        .offline_endpoint("PJSIP/offline");
    Arrived::at(pbx).await
}

#[test]
fn endpoints_are_rung_and_connected() {
    type Setup = fn(&mut Call) -> Dial<'_>;
    // (settings, time at which the caller hangs up, outcome, its time in milliseconds)
    type Case = (Setup, Option<u64>, &'static str, u64);
    let cases: [Case; 15] = [
        (
            |it| it.dial("PJSIP/quick"),
            None,
            "PJSIP/quick: talked for 10 s, ended by the callee",
            12_000,
        ),
        (
            |it| it.dial("PJSIP/quick"),
            Some(6000),
            "PJSIP/quick: talked for 4 s, ended by the caller",
            6000,
        ),
        (
            |it| it.dial("PJSIP/quick").max_duration(3 * SECOND),
            None,
            "PJSIP/quick: talked for 3 s, ended by its longest duration",
            5000,
        ),
        (|it| it.dial("PJSIP/busy"), None, "PJSIP/busy: busy", 1000),
        (
            |it| it.dial("PJSIP/away"),
            None,
            "PJSIP/away: forwarded",
            1000,
        ),
        (
            |it| it.dial("PJSIP/offline"),
            None,
            "PJSIP/offline: unreachable",
            0,
        ),
        (
            |it| it.dial("PJSIP/never").timeout(4 * SECOND),
            None,
            "PJSIP/never: no answer",
            4000,
        ),
        (
            |it| it.dial_all(["PJSIP/slow", "PJSIP/busy", "PJSIP/quick"]),
            None,
            "PJSIP/quick: talked for 10 s, ended by the callee; PJSIP/busy: busy; PJSIP/slow: answered elsewhere",
            12_000,
        ),
        (
            |it| {
                it.dial_in_order(["PJSIP/busy", "PJSIP/never", "PJSIP/slow"])
                    .timeout(6 * SECOND)
            },
            None,
            "PJSIP/slow: talked for 10 s, ended by the callee; PJSIP/busy: busy; PJSIP/never: no answer",
            22_000,
        ),
        // The timeouts of the endpoints.
        (
            |it| {
                it.dial_in_order([
                    ("PJSIP/never", 2 * SECOND),
                    ("PJSIP/slow", 3 * SECOND),
                    ("PJSIP/quick", 4 * SECOND),
                ])
            },
            None,
            "PJSIP/quick: talked for 10 s, ended by the callee; PJSIP/never: no answer; PJSIP/slow: no answer",
            17_000,
        ),
        (
            |it| {
                let never = Endpoint::new("PJSIP/never").timeout(2 * SECOND);
                it.dial_in_order([never, "PJSIP/slow".into()])
                    .timeout(6 * SECOND)
            },
            None,
            "PJSIP/slow: talked for 10 s, ended by the callee; PJSIP/never: no answer",
            17_000,
        ),
        (
            |it| {
                let slow = Endpoint::new("PJSIP/slow").timeout(6 * SECOND);
                it.dial_all([slow, "PJSIP/never".into()]).timeout(SECOND)
            },
            None,
            "PJSIP/slow: talked for 10 s, ended by the callee; PJSIP/never: no answer",
            15_000,
        ),
        (
            |it| it.dial_all(["PJSIP/busy", "PJSIP/offline"]),
            None,
            "PJSIP/offline: unreachable; PJSIP/busy: busy",
            1000,
        ),
        (
            |it| it.dial("PJSIP/quick").ringback(Ringback::EarlyMedia),
            None,
            "PJSIP/quick: talked for 10 s, ended by the callee",
            12_000,
        ),
        (
            |it| {
                it.dial("PJSIP/quick")
                    .ringback(Ringback::Music("default".to_owned()))
            },
            None,
            "PJSIP/quick: talked for 10 s, ended by the callee",
            12_000,
        ),
    ];
    for (setup, hangup, expected, after) in cases {
        with_clock(async move {
            let mut arrived = arrived().await;
            let program = arrived.run(move |mut call| async move {
                let begin = tokio::time::Instant::now();
                let connected = setup(&mut call).await;
                (connected, begin.elapsed())
            });
            let script: &[_] = match hangup {
                Some(time) => &[(time, "h")],
                None => &[],
            };
            arrived.play_script(script).await;
            let (connected, took) = program.await.unwrap();
            assert_eq!(connected.unwrap().to_string(), expected);
            // The frozen clock advances in steps, and more often than once for a call.
            let due = ms(after)..ms(after) + 3 * SECOND;
            assert!(due.contains(&took), "{expected}: {took:?}");
            let alice = [arrived.alice.id().to_owned()];
            let left = if hangup.is_some() {
                &[][..]
            } else {
                &alice[..]
            };
            assert_eq!(arrived.pbx.channel_ids(), left, "{expected}");
            assert_eq!(arrived.pbx.bridges(), [], "{expected}");
            if hangup.is_none() {
                // The caller can go on.
                assert_eq!(
                    arrived.alice.state().as_deref(),
                    expected.contains("talked").then_some("Up").or(Some("Ring")),
                    "{expected}"
                );
                assert!(!arrived.alice.is_playing_ringing(), "{expected}");
                assert_eq!(arrived.alice.music_class(), None, "{expected}");
            }
            arrived.pbx.assert_no_violations();
        });
    }
}

/// The caller sees the endpoint that has answered, and no other one.
#[test]
fn callers_see_who_has_answered() {
    for (name, expected) in [("Bob <200>", ("Bob", "200")), ("", ("", ""))] {
        with_clock(async move {
            let mut arrived = arrived().await;
            let program = arrived.run(move |mut call| async move {
                let quick = match name {
                    "" => "PJSIP/quick".into(),
                    name => Endpoint::new("PJSIP/quick").connected_line(name),
                };
                let slow = Endpoint::new("PJSIP/slow").connected_line("Carol <300>");
                call.dial_all([slow, quick]).await.map(drop)
            });
            arrived.pbx.idle().await;
            arrived.pbx.elapse(4 * SECOND).await;
            let channel = arrived.client.channel(arrived.alice.id());
            let connected = channel.get().await.unwrap().connected;
            let seen = (connected.name.as_str(), connected.number.as_str());
            assert_eq!(seen, expected);
            arrived.pbx.elapse(10 * SECOND).await;
            program.await.unwrap().unwrap();
            arrived.pbx.assert_no_violations();
        });
    }
}

/// The callee hangs up. A caller whom nobody has answered is left to the program.
#[test]
fn callers_are_hung_up_with_the_callee_if_wanted() {
    for (endpoint, hangs_up, is_left) in [
        ("PJSIP/quick", false, true),
        ("PJSIP/quick", true, false),
        ("PJSIP/busy", true, true),
    ] {
        with_clock(async move {
            let mut arrived = arrived().await;
            let program = arrived.run(move |mut call| async move {
                let dial = call.dial(endpoint);
                let dial = if hangs_up {
                    dial.hang_up_caller()
                } else {
                    dial
                };
                dial.await.unwrap().to_string()
            });
            arrived.play_script(&[]).await;
            let dialed = program.await.unwrap();
            let talked = "PJSIP/quick: talked for 10 s, ended by the callee";
            assert_eq!(dialed == talked, endpoint == "PJSIP/quick", "{dialed}");
            let is_there = arrived.pbx.channel_ids() == [arrived.alice.id()];
            assert_eq!(is_there, is_left, "{endpoint}, {hangs_up}");
        });
    }
}

/// Nothing is sent.
#[tokio::test]
async fn endpoints_without_a_technology_are_refused() {
    let mut arrived = arrived().await;
    let program = arrived.run(|mut call| async move {
        let none = call.dial_all([""; 0]).await.unwrap_err().to_string();
        (
            none,
            call.dial_all(["PJSIP/quick", "bob"])
                .await
                .unwrap_err()
                .to_string(),
        )
    });
    arrived.play_script(&[]).await;
    let (none, bob) = program.await.unwrap();
    assert_eq!(none, "there is no endpoint to call");
    assert!(bob.starts_with("`bob` is no endpoint"), "{bob}");
    assert_eq!(arrived.pbx.channel_ids(), [arrived.alice.id()]);
}

/// The server ends channels that are created while the application has no WebSocket. The endpoint
/// is dialed after the gap.
#[test]
fn endpoints_are_dialed_in_a_gap() {
    type Setup = fn(&mut Call) -> Dial<'_>;
    let setups: [Setup; 2] = [
        |it| it.dial("PJSIP/quick"),
        |it| it.dial("PJSIP/quick").ringback(Ringback::EarlyMedia),
    ];
    for setup in setups {
        with_clock(async move {
            let mut arrived = arrived().await;
            let program = arrived.run(move |mut call| async move {
                tokio::time::sleep(SECOND).await;
                setup(&mut call).await.unwrap().to_string()
            });
            arrived.pbx.idle().await;
            arrived.pbx.elapse(ms(990)).await;
            let operation = "events.eventWebsocket";
            arrived.pbx.fail_times(operation, 503, "Unavailable", 1);
            arrived.pbx.drop_socket("calls");
            arrived.pbx.elapse(60 * SECOND).await;
            let dialed = program.await.unwrap();
            assert!(dialed.starts_with("PJSIP/quick: talked"), "{dialed}");
            assert_eq!(arrived.pbx.channel_ids(), [arrived.alice.id()]);
            assert_eq!(arrived.pbx.bridges(), []);
        });
    }
}

#[derive(Clone, Copy, Debug)]
enum Interruption {
    CallerHangsUp,
    Dropped,
    Gap,
}

/// A hangup, a dropped future and a lost WebSocket at every moment of a call to two endpoints.
#[test]
fn interruptions_leave_nothing_behind() {
    for interruption in [
        Interruption::CallerHangsUp,
        Interruption::Dropped,
        Interruption::Gap,
    ] {
        for moment in (0..14).map(|moment| moment * ms(1000) + ms(10)) {
            with_clock(async move {
                let mut arrived = arrived().await;
                let program = arrived.run(|mut call| async move {
                    let connected = call.dial_all(["PJSIP/quick", "PJSIP/slow"]).await;
                    (connected.map(|it| it.to_string()), call)
                });
                arrived.pbx.idle().await;
                arrived.pbx.elapse(moment).await;
                match interruption {
                    Interruption::CallerHangsUp => arrived.alice.hang_up(),
                    Interruption::Dropped => program.abort(),
                    Interruption::Gap => arrived.pbx.drop_connections(),
                }
                arrived.pbx.elapse(60 * SECOND).await;
                let case = format!("{interruption:?} at {moment:?}");
                assert!(program.is_finished(), "{case}: waits for ever");
                match (interruption, program.await) {
                    (Interruption::Dropped, _) => {}
                    (Interruption::CallerHangsUp, Ok((result, _))) => match result {
                        Err(CallError::Ended(CallEnd::HungUp { .. })) => {}
                        Ok(talked) => assert!(
                            talked.starts_with("PJSIP/quick: talked"),
                            "{case}: {talked}"
                        ),
                        Err(error) => panic!("{case}: {error}"),
                    },
                    (Interruption::Gap, Ok((result, _))) => {
                        let talked = result.unwrap();
                        assert!(
                            talked.starts_with("PJSIP/quick: talked for 1"),
                            "{case}: {talked}"
                        );
                    }
                    (_, Err(panic)) => panic!("{case}: {panic}"),
                }
                let alice = arrived.alice.id().to_owned();
                let left = arrived.pbx.channel_ids();
                assert!(left.iter().all(|id| *id == alice), "{case}: {left:?}");
                assert_eq!(arrived.pbx.bridges(), [], "{case}");
                arrived.pbx.assert_no_violations();
            });
        }
    }
}

#[test]
fn transferred_legs_are_not_hung_up() {
    // (the leg that another program moves to its application, outcome)
    for (moves_caller, expected) in [(true, "the caller"), (false, "the callee")] {
        with_clock(async move {
            let mut arrived = arrived().await;
            let other = arrived.pbx.client().unwrap();
            let app = other.application("other").connect().await.unwrap();
            let alice = arrived.alice.id().to_owned();
            let running = arrived.run(|mut call| async move {
                let dialed = call.dial("PJSIP/quick").await.unwrap();
                call.hang_up().await.unwrap();
                dialed.to_string()
            });
            arrived.pbx.idle().await;
            arrived.pbx.elapse(ms(4000)).await;
            let mut channels = arrived.pbx.channel_ids();
            assert_eq!(channels.len(), 2, "{channels:?}");
            channels.sort_by_key(|id| *id == alice);
            let [callee, caller] = channels.try_into().unwrap();
            let moved = if moves_caller { caller } else { callee };
            other.channel(&moved).r#move("other").await.unwrap();
            arrived.pbx.elapse(ms(4000)).await;
            let dialed = running.await.unwrap();
            assert!(dialed.ends_with(expected), "{dialed}");
            assert_eq!(arrived.pbx.channel_ids(), [moved], "{expected}");
            assert_eq!(arrived.pbx.bridges(), [], "{expected}");
            drop(app);
        });
    }
}
