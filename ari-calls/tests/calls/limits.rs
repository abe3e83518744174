//! Settings at their limits, and calls that are let go or dropped.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use ari_calls::call_queue::CallQueue;
use ari_calls::conference::{Conference, ConferenceBuilder};
use ari_calls::menu::Menu;
use ari_calls::review::Review;
use ari_calls::transfer::LetGo;
use ari_calls::{Call, CallEnd, CallError};

use crate::support::{Arrived, SOUND, ms, with_clock};

type Step = for<'a> fn(&'a mut Call) -> BoxFuture<'a, Result<(), CallError>>;
type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A step with the longest limits ends with the call, and does not panic.
#[test]
fn limits_may_be_as_long_as_they_like() {
    const MAX: Duration = Duration::MAX;
    let steps: [(&str, Step); 4] = [
        ("play", |call| {
            Box::pin(async { call.play("tone:ring").max_duration(MAX).await.map(drop) })
        }),
        ("next_key", |call| {
            Box::pin(async { call.next_key(MAX).await.map(drop) })
        }),
        ("collect", |call| {
            let collect = call.collect(4).first_key_timeout(MAX).next_key_timeout(MAX);
            Box::pin(async { collect.total_timeout(MAX).await.map(drop) })
        }),
        ("detect", |call| {
            let detect = call.detect_answering_machine().initial_silence(MAX);
            let detect = detect.max_greeting(MAX).silence_after_greeting(MAX);
            let detect = detect.max_duration(MAX).wait_for_greeting_end(MAX);
            Box::pin(async { detect.await.map(drop) })
        }),
    ];
    for (name, step) in steps {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move { step(&mut call).await });
            arrived.play_script(&[(11_000, "h")]).await;
            let result = program.await.unwrap();
            assert!(
                matches!(result, Err(CallError::Ended(_))),
                "{name}: {result:?}"
            );
        });
    }
}

/// Otherwise an empty list of PINs would admit everybody.
#[test]
fn empty_lists_of_allowed_inputs_are_refused() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let mut call = arrived.call.take().unwrap();
        let error = call.collect(2).allow([""; 0]).await.unwrap_err();
        assert!(matches!(error, CallError::InvalidSettings(_)), "{error:?}");
        assert_eq!(arrived.played(), [""; 0]);
    });
}

/// Nothing is sent.
#[test]
fn settings_that_cannot_be_used_are_refused() {
    const MAX: Duration = Duration::MAX;
    const ZERO: Duration = Duration::ZERO;
    type Refused<'a> = BoxFuture<'a, Result<(), CallError>>;
    fn play<'a>(call: &'a mut Call, media: &'static str) -> Refused<'a> {
        Box::pin(async move { call.play(["sound:one", media]).await.map(drop) })
    }
    fn review(call: &mut Call, review: Review) -> Refused<'_> {
        let record = call.record("message", "wav");
        Box::pin(async { record.review(review.keep("1")).await.map(drop) })
    }
    fn choose(call: &mut Call, menu: Menu<()>) -> Refused<'_> {
        Box::pin(async move { call.choose(&menu.on("1", ())).await.map(drop) })
    }
    fn join(call: &mut Call, room: ConferenceBuilder) -> Refused<'_> {
        Box::pin(async move { room.build().join(call).await.map(drop) })
    }
    fn queue<'a>(call: &'a mut Call, step: Duration, media: &'static str) -> Refused<'a> {
        Box::pin(async move { call.play_queue().seek_step(step).push(media) })
    }
    macro_rules! step {
        (|$call:ident| $step:expr) => {
            |$call| Box::pin(async { $step.await.map(drop) })
        };
    }
    let steps: [(&str, Step); 44] = [
        ("medium without a scheme", |it| play(it, "one")),
        ("medium with an empty scheme", |it| play(it, ":one")),
        ("medium with a scheme only", |it| play(it, "sound:")),
        ("prompt", step!(|it| it.collect(1).prompt("one"))),
        ("no_input", step!(|it| it.collect(1).no_input("one"))),
        ("no_match", step!(|it| it.collect(1).no_match("one"))),
        ("menu", |it| choose(it, Menu::new("one"))),
        ("no_match of a menu", |it| {
            choose(it, Menu::new("sound:one").no_match("one"))
        }),
        ("menu below", |it| {
            let below = Menu::new("sound:one").on("1", ()).no_input("one");
            choose(it, Menu::new("sound:one").menu("2", below))
        }),
        ("review", |it| review(it, Review::new("one"))),
        ("too_short", |it| {
            review(it, Review::new("sound:one").too_short("one"))
        }),
        ("join_prompt", |it| {
            join(it, Conference::builder("room").join_prompt("one"))
        }),
        ("leave_prompt", |it| {
            join(it, Conference::builder("room").leave_prompt("sound:"))
        }),
        ("join_prompt of the program", |it| {
            join(it, Conference::builder("room").join_prompt("wav:one.wav"))
        }),
        ("conference.play", |_| {
            let room = Conference::builder("room").build();
            Box::pin(async move { room.play("one").await.map(drop) })
        }),
        ("position_prompt", |it| {
            let queue = CallQueue::builder().announce_every(SOUND);
            let queue = queue.position_prompt(|_| "one".into()).build();
            Box::pin(async move { queue.enter(it).await.map(drop) })
        }),
        ("push", |it| queue(it, SOUND, "one")),
        ("no seek_step", |it| queue(it, ZERO, "sound:one")),
        ("short seek_step", |it| {
            queue(it, Duration::from_micros(900), "sound:one")
        }),
        ("long seek_step", |it| queue(it, MAX, "sound:one")),
        (
            "dial: no timeout",
            step!(|it| it.dial("PJSIP/a").timeout(ZERO)),
        ),
        ("dial: timeout", step!(|it| it.dial("PJSIP/a").timeout(MAX))),
        (
            "dial: timeout of an endpoint",
            step!(|it| it.dial_all([("PJSIP/a", SOUND), ("PJSIP/b", MAX)])),
        ),
        ("dial: no endpoint", step!(|it| it.dial_all([""; 0]))),
        ("dial: no technology", step!(|it| it.dial("a"))),
        ("dial: empty technology", step!(|it| it.dial("/a"))),
        ("dial: empty name", step!(|it| it.dial("PJSIP/"))),
        (
            "dial: variable",
            step!(|it| it.dial("PJSIP/a").variable("", "1")),
        ),
        (
            "wait_for_answer",
            step!(|it| it.dial("PJSIP/a").timeout(MAX).wait_for_answer()),
        ),
        ("record: no name", step!(|it| it.record("", "wav"))),
        ("record: no format", step!(|it| it.record("message", ""))),
        (
            "record: no max_duration",
            step!(|it| it.record("message", "wav").max_duration(ZERO)),
        ),
        (
            "record: max_duration",
            step!(|it| it.record("message", "wav").max_duration(MAX)),
        ),
        (
            "record: no max_silence",
            step!(|it| it.record("message", "wav").max_silence(ZERO)),
        ),
        (
            "record: max_silence",
            step!(|it| it.record("message", "wav").max_silence(MAX)),
        ),
        ("record: min_duration", |it| {
            let record = it.record("message", "wav").min_duration(ms(5000));
            Box::pin(async { record.max_duration(ms(1000)).await.map(drop) })
        }),
        (
            "detect: no word_gap",
            step!(|it| it.detect_answering_machine().word_gap(ZERO)),
        ),
        (
            "detect: word_gap",
            step!(|it| it.detect_answering_machine().word_gap(MAX)),
        ),
        (
            "detect: no loudness",
            step!(|it| it.detect_answering_machine().silence_threshold(0)),
        ),
        (
            "detect: loudness",
            step!(|it| it.detect_answering_machine().silence_threshold(32768)),
        ),
        ("supervise", step!(|it| it.supervise(""))),
        ("move_to", step!(|it| it.move_to(""))),
        (
            "move_to: arguments",
            step!(|it| it.move_to("a").args(["b,c"])),
        ),
        (
            "priority",
            step!(|it| it.continue_in_dialplan().priority(0)),
        ),
    ];
    for (name, step) in steps {
        with_clock(async {
            let mut arrived = Arrived::new().await;
            // The requests of a new application.
            arrived.pbx.idle().await;
            let before = arrived.pbx.requests().len();
            let program = arrived.run(move |mut call| async move {
                let result = step(&mut call).await;
                (result, call.end().cloned())
            });
            arrived.pbx.idle().await;
            assert!(program.is_finished(), "{name}: is not refused");
            let (result, end) = program.await.unwrap();
            assert!(
                matches!(result, Err(CallError::InvalidSettings(_))),
                "{name}: {result:?}"
            );
            assert_eq!(arrived.pbx.requests().len(), before, "{name}");
            assert_eq!(end, None, "{name}");
        });
    }
}

/// ARI reports the way of its own request to hang up as a cause.
#[test]
fn hangups_by_requests_have_no_cause_of_their_own() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let id = arrived.alice.id().to_owned();
        let client = arrived.client.clone();
        let program = arrived.run(|mut call| async move { call.play("tone:ring").await });
        arrived.pbx.idle().await;
        client.channel(&id).hangup().await.unwrap();
        arrived.pbx.idle().await;
        let Err(CallError::Ended(CallEnd::HungUp { cause, .. })) = program.await.unwrap() else {
            panic!("it has hung up");
        };
        assert_ne!(cause, Some(32));
    });
}

#[test]
fn calls_stay_if_there_is_no_application_to_move_to() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let program = arrived.run(|mut call| async move {
            let moved = call.move_to("unknown").await;
            let played = call.play("sound:one").await;
            (moved, played, call.continue_in_dialplan().await)
        });
        arrived.play_script(&[]).await;
        let (moved, played, continued) = program.await.unwrap();
        assert_eq!(moved.unwrap(), LetGo::NoApplication);
        played.unwrap();
        assert_ne!(continued.unwrap(), LetGo::NoApplication);
    });
}

#[test]
fn dropped_calls_are_hung_up_if_the_program_wants_it() {
    for hangs_up in [false, true] {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let call = arrived.call.take().unwrap();
            drop(match hangs_up {
                true => call.hang_up_on_drop(),
                false => call,
            });
            arrived.pbx.idle().await;
            arrived.pbx.elapse(ms(1000)).await;
            assert_eq!(arrived.pbx.channel_ids().is_empty(), hangs_up);
        });
    }
}
