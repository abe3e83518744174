//! Settings at their limits, and calls that are let go or dropped.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use ari_calls::transfer::LetGo;
use ari_calls::{Call, CallEnd, CallError};

use crate::support::{Arrived, ms, with_clock};

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
fn limits_that_asterisk_does_not_take_are_refused() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let mut call = arrived.call.take().unwrap();
        let before = arrived.pbx.requests().len();
        for limit in [Duration::ZERO, Duration::MAX] {
            let dialed = call.dial("PJSIP/bob").timeout(limit).await.map(drop);
            let recorded = call.record("message", "wav").max_duration(limit);
            for result in [dialed, recorded.await.map(drop)] {
                assert!(
                    matches!(result, Err(CallError::InvalidSettings(_))),
                    "{result:?}"
                );
            }
        }
        let recorded = call.record("message", "wav").min_duration(ms(5000));
        let result = recorded.max_duration(ms(1000)).await.map(drop);
        assert!(
            matches!(result, Err(CallError::InvalidSettings(_))),
            "{result:?}"
        );
        assert_eq!(arrived.pbx.requests().len(), before);
    });
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
