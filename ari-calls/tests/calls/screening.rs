//! Screening of endpoints that have answered: who is connected, and that nothing is left behind.

use std::time::Duration;

use ari_calls::dial::{Dial, Dialed, Reached, Ringback, Screening, ScreeningFuture};
use ari_calls::{Call, CallError};
use ari_mock::{Asterisk, Step};

use crate::support::{Arrived, ms, with_clock};

const SECOND: Duration = Duration::from_secs(1);

/// A server whose phones answer after a second, and press a key two seconds later. They hang up ten
/// seconds after that.
async fn arrived() -> Arrived {
    let phone = |answer_after: u32, key: &str| {
        [
            Step::Ringing,
            Step::Wait(answer_after * SECOND),
            Step::Answer,
            Step::Wait(2 * SECOND),
            Step::SendDtmf(key.to_owned()),
            Step::Wait(10 * SECOND),
            Step::Hangup,
        ]
    };
    let brief = [Step::Answer, Step::Wait(SECOND), Step::Hangup];
    let mailbox = [Step::Answer, Step::Talk(20 * SECOND), Step::Hangup];
    let pbx = Asterisk::builder()
        .frozen()
        .sound("one", SECOND)
        .endpoint("PJSIP/yes", phone(1, "1"))
        .endpoint("PJSIP/late", phone(6, "1"))
        .endpoint("PJSIP/no", phone(1, "2"))
        .endpoint("PJSIP/mute", phone(1, ""))
        .endpoint("PJSIP/brief", brief)
        .endpoint("PJSIP/mailbox", mailbox)
        .endpoint("PJSIP/busy", [Step::Busy]);
    Arrived::at(pbx).await
}

/// Asks for a 1.
fn ask(callee: &mut Call) -> ScreeningFuture<'_> {
    Box::pin(async move {
        let key = callee.collect(1).prompt("sound:one").await?;
        Ok(match key.digits() {
            Some("1") => Screening::Connect,
            Some(digit) => Screening::Decline(format!("pressed {digit}")),
            None => Screening::Decline(String::new()),
        })
    })
}

/// Connects persons only.
fn detect(callee: &mut Call) -> ScreeningFuture<'_> {
    Box::pin(async move {
        let detect = callee.detect_answering_machine();
        let answered_by = detect.initial_silence(9 * SECOND).max_duration(ms(2500));
        Ok(match answered_by.await?.is_machine() {
            false => Screening::Connect,
            true => Screening::Decline("a machine".to_owned()),
        })
    })
}

fn describe(dialed: &Dialed) -> String {
    dialed.to_string().replace("PJSIP/", "")
}

#[test]
fn endpoints_are_connected_if_the_screening_accepts_them() {
    type Setup = fn(&mut Call) -> Dial<'_>;
    // (settings, outcome)
    let cases: [(Setup, &str); 10] = [
        (
            |it| it.dial("PJSIP/yes").on_answer(ask),
            "yes: talked for 10 s, ended by the callee",
        ),
        (
            |it| it.dial("PJSIP/no").on_answer(ask),
            "no: declined: pressed 2",
        ),
        (|it| it.dial("PJSIP/mute").on_answer(ask), "mute: declined"),
        (
            |it| {
                let dial = it.dial("PJSIP/mute").screening_timeout(4 * SECOND);
                dial.on_answer(|_| Box::pin(std::future::pending()))
            },
            "mute: the screening took too long",
        ),
        (
            |it| it.dial("PJSIP/brief").on_answer(ask),
            "brief: the screening failed: the call has hung up (cause 16)",
        ),
        (
            |it| {
                it.dial_in_order(["PJSIP/no", "PJSIP/busy", "PJSIP/yes"])
                    .on_answer(ask)
            },
            "yes: talked for 10 s, ended by the callee; no: declined: pressed 2; busy: busy",
        ),
        // The other one rings on while the first one declines.
        (
            |it| it.dial_all(["PJSIP/no", "PJSIP/late"]).on_answer(ask),
            "late: talked for 10 s, ended by the callee; no: declined: pressed 2",
        ),
        // The first one that accepts is connected.
        (
            |it| it.dial_all(["PJSIP/late", "PJSIP/yes"]).on_answer(ask),
            "yes: talked for 10 s, ended by the callee; late: answered elsewhere",
        ),
        (
            |it| {
                it.dial("PJSIP/yes")
                    .ringback(Ringback::EarlyMedia)
                    .on_answer(ask)
            },
            "yes: talked for 10 s, ended by the callee",
        ),
        (
            |it| {
                it.dial_in_order(["PJSIP/mailbox", "PJSIP/yes"])
                    .on_answer(detect)
            },
            "yes: talked for 10 s, ended by the callee; mailbox: declined: a machine",
        ),
    ];
    for (setup, expected) in cases {
        with_clock(async move {
            let mut arrived = arrived().await;
            let program = arrived.run(move |mut call| async move { setup(&mut call).await });
            arrived.pbx.idle().await;
            arrived.pbx.elapse(ms(2500)).await;
            let is_screened = !expected.contains("busy") && !expected.starts_with("brief");
            if is_screened && !expected.contains("mailbox") {
                // The caller still waits.
                assert_eq!(arrived.alice.state().as_deref(), Some("Ring"), "{expected}");
            }
            arrived.play_script(&[]).await;
            let dialed = program.await.unwrap().unwrap();
            assert_eq!(describe(&dialed), expected);
            assert_eq!(
                arrived.pbx.channel_ids(),
                [arrived.alice.id()],
                "{expected}"
            );
            assert_eq!(arrived.pbx.bridges(), [], "{expected}");
            arrived.pbx.assert_no_violations();
        });
    }
}

/// With early media, an endpoint is not in the bridge while it is screened.
#[tokio::test]
async fn screened_endpoints_leave_the_bridge_of_early_media() {
    let mut arrived = arrived().await;
    let program = arrived.run(|mut call| async move {
        let dial = call.dial("PJSIP/yes").ringback(Ringback::EarlyMedia);
        dial.on_answer(ask).await
    });
    arrived.pbx.idle().await;
    for (pause, phase, expected) in [
        (ms(500), "ringing", 2),
        (ms(1500), "screened", 1),
        (ms(3000), "connected", 2),
    ] {
        arrived.pbx.elapse(pause).await;
        let bridges = arrived.pbx.bridges();
        assert_eq!(bridges.len(), 1, "{phase}");
        assert_eq!(bridges[0].channels.len(), expected, "{phase}");
    }
    program.abort();
    arrived.pbx.elapse(SECOND).await;
    assert_eq!(arrived.pbx.bridges(), []);
}

/// A panic of the screening ends the program, and nothing is left of any leg.
#[tokio::test]
async fn panics_leave_no_leg() {
    let mut arrived = arrived().await;
    let program = arrived.run(|mut call| async move {
        let dial = call.dial_all(["PJSIP/yes", "PJSIP/late"]);
        let ringback = dial.ringback(Ringback::EarlyMedia);
        ringback.on_answer(|_| panic!("not screened")).await
    });
    arrived.pbx.idle().await;
    arrived.pbx.elapse(2 * SECOND).await;
    assert!(program.await.unwrap_err().is_panic());
    arrived.pbx.elapse(SECOND).await;
    assert_eq!(arrived.pbx.channel_ids(), [arrived.alice.id()]);
    assert_eq!(arrived.pbx.bridges(), []);
}

/// An endpoint that the screening sends to the dialplan is not hung up.
#[tokio::test]
async fn endpoints_can_leave_the_application() {
    let mut arrived = arrived().await;
    let program = arrived.run(|mut call| async move {
        let dial = call.dial("PJSIP/yes").on_answer(|callee| {
            Box::pin(async move {
                let go = callee.channel().continue_in_dialplan();
                go.context("testari").extension("echo").await?;
                let end = callee.wait_for_end().await?;
                Err(CallError::Ended(end))
            })
        });
        (dial.await, call)
    });
    arrived.pbx.idle().await;
    arrived.pbx.elapse(3 * SECOND).await;
    let (dialed, _call) = program.await.unwrap();
    assert_eq!(
        describe(&dialed.unwrap()),
        "yes: the screening failed: the call has left the application"
    );
    assert_eq!(arrived.pbx.channel_ids().len(), 2);
}

/// A call that is accepted is not connected yet.
#[tokio::test]
async fn accepted_calls_can_be_taken() {
    let mut arrived = arrived().await;
    let program = arrived.run(|mut call| async move {
        let dial = call.dial_in_order(["PJSIP/no", "PJSIP/yes"]);
        dial.on_answer(ask).wait_for_answer().await
    });
    arrived.pbx.idle().await;
    arrived.pbx.elapse(10 * SECOND).await;
    let reached = program.await.unwrap().unwrap();
    let Reached::Answered {
        endpoint, callee, ..
    } = &reached
    else {
        panic!("{reached:?}");
    };
    assert_eq!(endpoint, "PJSIP/yes");
    let callee = callee.id().to_owned();
    assert!(arrived.pbx.channel_ids().contains(&callee));
    drop(reached);
    arrived.pbx.elapse(SECOND).await;
    assert_eq!(arrived.pbx.channel_ids(), [arrived.alice.id()]);
}

#[derive(Clone, Copy, Debug)]
enum Interruption {
    CallerHangsUp,
    Dropped,
    Gap,
}

/// A hangup of the caller, a dropped future and a lost WebSocket at every moment of a screening.
#[test]
fn interruptions_leave_nothing_behind() {
    for interruption in [
        Interruption::CallerHangsUp,
        Interruption::Dropped,
        Interruption::Gap,
    ] {
        for ringback in [Ringback::Ringing, Ringback::EarlyMedia] {
            for moment in (0..7).map(|moment| ms(700 * moment + 10)) {
                let ringback = ringback.clone();
                with_clock(async move {
                    let case = format!("{interruption:?} at {moment:?}, {ringback:?}");
                    let mut arrived = arrived().await;
                    let program = arrived.run(|mut call| async move {
                        let dial = call.dial_all(["PJSIP/yes", "PJSIP/late"]);
                        let dialed = dial.ringback(ringback).on_answer(ask).await;
                        (dialed, call)
                    });
                    arrived.pbx.idle().await;
                    arrived.pbx.elapse(moment).await;
                    match interruption {
                        Interruption::CallerHangsUp => arrived.alice.hang_up(),
                        Interruption::Dropped => program.abort(),
                        Interruption::Gap => arrived.pbx.drop_connections(),
                    }
                    arrived.pbx.elapse(25 * SECOND).await;
                    assert!(program.is_finished(), "{case}: waits for ever");
                    match (interruption, program.await) {
                        (Interruption::Dropped, _) => {}
                        (_, Err(panic)) => panic!("{case}: {panic}"),
                        (Interruption::CallerHangsUp, Ok(_)) => {}
                        (Interruption::Gap, Ok((dialed, _))) => {
                            let dialed = dialed.unwrap();
                            assert!(matches!(dialed, Dialed::Talked { .. }), "{case}: {dialed}");
                        }
                    }
                    let alice = arrived.alice.id().to_owned();
                    let left = arrived.pbx.channel_ids();
                    assert!(left.iter().all(|id| *id == alice), "{case}: {left:?}");
                    assert_eq!(arrived.pbx.bridges(), [], "{case}");
                    assert_eq!(arrived.pbx.playbacks(), [], "{case}");
                    arrived.pbx.assert_no_violations();
                });
            }
        }
    }
}
