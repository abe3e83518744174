//! Answering machine detection, by the talking and the silence of a party.

use std::time::Duration;

use ari_calls::detect::{AnsweredBy, DetectAnsweringMachine, Greeting, Heard, MachineSign};
use ari_calls::{CallEnd, CallError};

use crate::support::{Arrived, assert_due, ms, with_clock};

/// Talks, each time after a pause from the end of the last talking.
async fn talk(arrived: &Arrived, script: &[(u64, u64)]) {
    arrived.pbx.idle().await;
    for (pause, duration) in script {
        arrived.pbx.elapse(ms(*pause)).await;
        arrived.alice.talk(ms(*duration));
        arrived.pbx.elapse(ms(*duration)).await;
    }
    arrived.pbx.elapse(Duration::from_secs(100)).await;
}

/// A word, as persons say it.
const HELLO: &[(u64, u64)] = &[(700, 500)];

/// A greeting of two sentences, and a beep.
const GREETING: &[(u64, u64)] = &[(300, 1200), (300, 1500), (1200, 400)];

#[test]
fn persons_and_machines_are_distinguished() {
    type Setup = fn(DetectAnsweringMachine<'_>) -> DetectAnsweringMachine<'_>;
    // (settings, talking, outcome, its time in milliseconds)
    type Case<'a> = (Setup, &'a [(u64, u64)], &'a str, u64);
    let cases: [Case<'_>; 9] = [
        (|it| it, HELLO, "human", 2000),
        (
            |it| it.silence_after_greeting(ms(1500)),
            HELLO,
            "human",
            2700,
        ),
        (|it| it, &[], "machine: InitialSilence, NotAwaited", 2500),
        (|it| it, GREETING, "machine: LongGreeting, NotAwaited", 2150),
        (
            |it| it.max_words(1).max_greeting(ms(9000)),
            GREETING,
            "machine: ManyWords, NotAwaited",
            1950,
        ),
        (
            |it| it.wait_for_greeting_end(ms(60_000)),
            GREETING,
            "machine: LongGreeting, Over",
            6900,
        ),
        (
            |it| {
                it.wait_for_greeting_end(ms(60_000))
                    .greeting_end_silence(ms(1000))
            },
            GREETING,
            "machine: LongGreeting, Over",
            4300,
        ),
        (
            |it| it.wait_for_greeting_end(ms(2000)),
            &[(300, 60_000)],
            "machine: LongGreeting, TooLong",
            3850,
        ),
        (
            |it| it.max_greeting(ms(9000)).max_duration(ms(4000)),
            &[(300, 8000)],
            "unsure",
            4000,
        ),
    ];
    for (setup, script, expected, due) in cases {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move {
                call.answer().await.unwrap();
                let begin = tokio::time::Instant::now();
                let answered_by = setup(call.detect_answering_machine()).await;
                (answered_by.unwrap(), begin.elapsed(), call)
            });
            talk(&arrived, script).await;
            let (answered_by, took, _call) = program.await.unwrap();
            let found = match &answered_by {
                AnsweredBy::Human { .. } => "human".to_owned(),
                AnsweredBy::Machine { sign, greeting, .. } => {
                    format!("machine: {sign:?}, {greeting:?}")
                }
                AnsweredBy::Unsure { .. } => "unsure".to_owned(),
                other => panic!("{other:?}"),
            };
            assert_eq!(found, expected, "{script:?}");
            assert_due(took, due, expected);
            assert_eq!(answered_by.is_human(), expected == "human");
            assert_eq!(answered_by.is_machine(), expected.starts_with("machine"));
            let heard: Duration = answered_by.heard().iter().map(duration).sum();
            assert_due(heard, due, "the sum of what was heard");
            assert!(!arrived.alice.is_talk_detected(), "{expected}");
            arrived.pbx.assert_no_violations();
        });
    }
}

fn duration(heard: &Heard) -> Duration {
    match heard {
        Heard::Talk(time) | Heard::Silence(time) => *time,
        other => panic!("{other:?}"),
    }
}

/// The spans have the server's durations.
#[tokio::test]
async fn all_that_was_heard_is_reported() {
    let mut arrived = Arrived::new().await;
    let program = arrived.run(|mut call| async move {
        let detect = call.detect_answering_machine();
        detect.wait_for_greeting_end(ms(60_000)).await.unwrap()
    });
    talk(&arrived, GREETING).await;
    let answered_by = program.await.unwrap();
    let AnsweredBy::Machine {
        sign: MachineSign::LongGreeting,
        greeting: Greeting::Over,
        heard,
        ..
    } = answered_by
    else {
        panic!("{answered_by:?}");
    };
    let expected = [
        Heard::Silence(ms(300)),
        Heard::Talk(ms(1200)),
        Heard::Silence(ms(300)),
        Heard::Talk(ms(1500)),
        Heard::Silence(ms(1200)),
        Heard::Talk(ms(400)),
        Heard::Silence(ms(2000)),
    ];
    assert_eq!(heard.len(), expected.len(), "{heard:?}");
    for (found, expected) in heard.iter().zip(&expected) {
        let kind = std::mem::discriminant(found);
        assert_eq!(kind, std::mem::discriminant(expected), "{heard:?}");
        let difference = duration(found).abs_diff(duration(expected));
        assert!(difference <= ms(50), "{found:?}, not {expected:?}");
    }
}

/// Keys that are pressed meanwhile are kept, and talking before the detection does not count.
#[tokio::test]
async fn keys_are_kept() {
    let mut arrived = Arrived::new().await;
    let program = arrived.run(|mut call| async move {
        let answered_by = call.detect_answering_machine().await.unwrap();
        (answered_by.is_human(), call.next_key(ms(10)).await.unwrap())
    });
    arrived.pbx.idle().await;
    arrived.alice.press("5");
    talk(&arrived, HELLO).await;
    let (is_human, key) = program.await.unwrap();
    assert!(is_human);
    assert_eq!(key.map(|key| key.to_string()).as_deref(), Some("5"));
}

/// The request that switches the first detection off does not switch the second one off.
#[tokio::test]
async fn a_detection_follows_a_dropped_one() {
    let mut arrived = Arrived::new().await;
    let program = arrived.run(|mut call| async move {
        let first = call.detect_answering_machine();
        assert!(tokio::time::timeout(ms(200), first).await.is_err());
        call.detect_answering_machine().await.unwrap()
    });
    talk(&arrived, HELLO).await;
    let answered_by = program.await.unwrap();
    assert!(answered_by.is_human(), "{answered_by:?}");
    assert!(!arrived.alice.is_talk_detected());
}

/// Nothing is sent.
#[tokio::test]
async fn words_need_a_gap() {
    let mut arrived = Arrived::new().await;
    let program = arrived.run(|mut call| async move {
        let detect = call.detect_answering_machine();
        detect.word_gap(Duration::from_micros(999)).await
    });
    talk(&arrived, &[]).await;
    let error = program.await.unwrap().unwrap_err();
    assert!(matches!(error, CallError::InvalidSettings(_)), "{error}");
}

#[derive(Clone, Copy, Debug)]
enum Interruption {
    Hangup,
    Dropped,
    Gap,
}

/// A hangup, a dropped future and a lost WebSocket at every moment of a detection.
#[test]
fn talk_detection_is_switched_off_at_every_end() {
    for interruption in [
        Interruption::Hangup,
        Interruption::Dropped,
        Interruption::Gap,
    ] {
        for moment in (0..16).map(|moment| ms(500 * moment)) {
            with_clock(async move {
                let mut arrived = Arrived::new().await;
                let program = arrived.run(|mut call| async move {
                    let detect = call.detect_answering_machine();
                    let answered_by = detect.wait_for_greeting_end(ms(20_000)).await;
                    (answered_by, call)
                });
                let case = format!("{interruption:?} at {moment:?}");
                if moment.is_zero() {
                    // While the request to switch it on is sent.
                    arrived
                        .pbx
                        .wait_for_request("channels.setChannelVar", 1)
                        .await;
                } else {
                    arrived.pbx.idle().await;
                    arrived.pbx.elapse(ms(10)).await;
                    arrived.alice.talk(ms(1000));
                    arrived.pbx.elapse(moment.min(ms(1500))).await;
                    arrived.alice.talk(ms(2000));
                    arrived.pbx.elapse(moment.saturating_sub(ms(1500))).await;
                }
                match interruption {
                    Interruption::Hangup => arrived.alice.hang_up(),
                    Interruption::Dropped => program.abort(),
                    Interruption::Gap => arrived.pbx.drop_connections(),
                }
                arrived.pbx.elapse(Duration::from_secs(60)).await;
                assert!(program.is_finished(), "{case}: waits for ever");
                match (interruption, program.await) {
                    (Interruption::Dropped, _) => {}
                    (Interruption::Hangup, Ok((Err(error), _))) => {
                        let end = error.call_end();
                        assert!(
                            matches!(end, Some(CallEnd::HungUp { .. })),
                            "{case}: {error}"
                        );
                    }
                    (_, Ok((answered_by, _))) => {
                        answered_by.unwrap();
                    }
                    (_, Err(panic)) => panic!("{case}: {panic}"),
                }
                assert!(!arrived.alice.is_talk_detected(), "{case}");
                arrived.pbx.assert_no_violations();
            });
        }
    }
}
