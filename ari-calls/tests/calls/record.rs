//! Recordings: their ends, and the keys around them.

use std::time::Duration;

use ari_calls::record::{Record, RecordEnd};
use ari_calls::{CallEnd, CallError, Key, Keys};

use crate::support::{Arrived, ms, with_clock};

#[test]
fn recordings_end_for_a_reason() {
    type Setup = fn(Record<'_>) -> Record<'_>;
    type Script = &'static [(u64, &'static str)];
    // (settings, script, the end, its time in seconds, key that the next step reads)
    let cases: [(Setup, Script, &str, u64, Option<Key>); 5] = [
        (|it| it, &[(3000, "1#2")], "key #", 3, Some(Key::Digit2)),
        // Asterisk cannot wait for these, so the client stops the recording.
        (
            |it| it.terminators(Keys::STAR | Key::Digit1),
            &[(3000, "#1")],
            "key 1",
            3,
            None,
        ),
        (
            |it| it.terminators(Keys::NONE),
            &[(3000, "#"), (7000, "h")],
            "call ended",
            10,
            None,
        ),
        (
            |it| it.max_duration(Duration::from_secs(8)),
            &[(1000, "5")],
            "max duration",
            8,
            None,
        ),
        (
            |it| it.terminators(Keys::ALL),
            &[(1000, "9")],
            "key 9",
            1,
            None,
        ),
    ];
    for (setup, script, expected, seconds, next) in cases {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move {
                // Forgotten, because the recording begins later.
                tokio::time::sleep(ms(50)).await;
                let recorded = setup(call.record("greeting", "wav")).await;
                (recorded, call.next_key(ms(1000)).await)
            });
            arrived.play_script(script).await;
            let (recorded, key) = program.await.unwrap();
            let recorded = recorded.unwrap();
            let ended_by = match &recorded.ended_by {
                RecordEnd::Key(key) => format!("key {key}"),
                RecordEnd::CallEnded(CallEnd::HungUp { .. }) => "call ended".to_owned(),
                RecordEnd::MaxDuration => "max duration".to_owned(),
                other => format!("{other:?}"),
            };
            assert_eq!(ended_by, expected, "{script:?}");
            assert!(
                recorded.duration.as_secs().abs_diff(seconds) <= 1,
                "{recorded:?}"
            );
            match expected {
                "call ended" => assert!(matches!(key, Err(CallError::Ended(_))), "{key:?}"),
                _ => assert_eq!(key.unwrap(), next, "{script:?}"),
            }
            assert_eq!(arrived.pbx.stored_recordings(), ["greeting"], "{script:?}");
            assert_eq!(arrived.pbx.live_recordings(), [], "{script:?}");
        });
    }
}

#[tokio::test]
async fn dropped_recordings_are_stopped_and_kept() {
    let mut arrived = Arrived::new().await;
    let program = arrived.run(move |mut call| async move {
        let recorded = tokio::time::timeout(ms(2000), call.record("greeting", "wav")).await;
        assert!(recorded.is_err());
        call
    });
    arrived.pbx.idle().await;
    arrived.pbx.elapse(ms(2500)).await;
    assert_eq!(arrived.pbx.live_recordings(), []);
    assert_eq!(arrived.pbx.stored_recordings(), ["greeting"]);
    drop(program.await.unwrap());
}

/// A server may report the end of a recording before the hangup that has ended it.
#[test]
fn hangups_may_be_reported_after_the_end_of_a_recording() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let program = arrived.run(|mut call| async move { call.record("late", "wav").await });
        arrived.pbx.idle().await;
        arrived.pbx.elapse(ms(2000)).await;
        let recording = arrived.client.live_recording("late");
        recording.stop().await.unwrap();
        arrived.pbx.elapse(ms(100)).await;
        arrived.alice.hang_up();
        arrived.pbx.elapse(ms(1000)).await;
        let recorded = program.await.unwrap().unwrap();
        let expected = matches!(
            recorded.ended_by,
            RecordEnd::CallEnded(CallEnd::HungUp { .. })
        );
        assert!(expected, "{recorded:?}");
    });
}
