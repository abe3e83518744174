//! Recordings that are controlled, that are too short, and that the caller reviews.

use std::time::Duration;

use ari_calls::record::{Record, RecordEffect, RecordEnd};
use ari_calls::review::{Review, ReviewEnd, Reviewed, Unreviewed};
use ari_calls::{Call, CallEnd, CallError, Key};
use tokio::time::sleep;

use crate::support::{Arrived, ms, with_clock};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn recordings_are_paused_muted_and_stopped() {
    type Setup = fn(Record<'_>) -> Record<'_>;
    type Script = &'static [(u64, &'static str)];
    // (settings, the caller's keys, what the program does after pauses, end, duration in seconds)
    let cases: [(Setup, Script, Script, RecordEnd, u64); 7] = [
        (
            |it| it,
            &[(20_000, "#")],
            &[(3000, "pause"), (10_000, "resume")],
            RecordEnd::Key(Key::Pound),
            10,
        ),
        // The pause is no part of the duration.
        (
            |it| it.max_duration(8 * SECOND),
            &[],
            &[(3000, "pause"), (20_000, "resume")],
            RecordEnd::MaxDuration,
            8,
        ),
        // Asterisk reads no keys during a pause.
        (
            |it| it.max_pause(3600 * SECOND),
            &[(9000, "#")],
            &[(3000, "pause")],
            RecordEnd::Key(Key::Pound),
            3,
        ),
        (
            |it| it.max_pause(30 * SECOND),
            &[],
            &[(3000, "pause")],
            RecordEnd::MaxPause,
            3,
        ),
        (
            |it| it,
            &[],
            &[(3000, "mute"), (2000, "unmute"), (1000, "stop")],
            RecordEnd::Stopped,
            6,
        ),
        (
            |it| it.max_duration(5 * SECOND),
            &[],
            &[(2000, "pause"), (9000, "stop")],
            RecordEnd::Stopped,
            2,
        ),
        // Another request ends it before its longest duration, of which the pause is no part.
        (
            |it| it.max_duration(9 * SECOND),
            &[],
            &[(2000, "pause"), (9000, "resume"), (1000, "other")],
            RecordEnd::Stopped,
            3,
        ),
    ];
    for (setup, script, steps, expected, seconds) in cases {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move {
                let client = call.client().clone();
                let record = setup(call.record("greeting", "wav"));
                let control = record.control();
                let after = control.clone();
                let other = client.live_recording("greeting");
                let steps = async {
                    for (pause, step) in steps {
                        sleep(ms(*pause)).await;
                        let effect = match *step {
                            "pause" => control.pause().await,
                            "resume" => control.resume().await,
                            "mute" => control.mute().await,
                            "unmute" => control.unmute().await,
                            "other" => Ok(other.stop().await.map(|()| RecordEffect::Done).unwrap()),
                            _ => control.stop().await,
                        };
                        assert_eq!(effect.unwrap(), RecordEffect::Done, "{step}");
                    }
                };
                let (recorded, ()) = tokio::join!(record.into_future(), steps);
                assert_eq!(after.pause().await.unwrap(), RecordEffect::Ended);
                recorded.unwrap()
            });
            arrived.play_script(script).await;
            assert!(program.is_finished(), "{steps:?}: waits for ever");
            let recorded = program.await.unwrap();
            assert_eq!(recorded.ended_by, expected, "{steps:?}");
            let found = recorded.duration.as_secs();
            assert!(found.abs_diff(seconds) <= 1, "{steps:?}: {recorded:?}");
            assert_eq!(arrived.pbx.live_recordings(), [], "{steps:?}");
            arrived.pbx.assert_no_violations();
        });
    }
}

fn review() -> Review {
    Review::new("sound:one")
        .listen("1")
        .keep("2")
        .again("3")
        .discard("*")
        .too_short("sound:three")
        .no_match("sound:two")
}

/// Describes an outcome in a line, with the duration in seconds.
fn describe(reviewed: &Reviewed) -> String {
    let reason = |by: &ReviewEnd| match by {
        ReviewEnd::CallEnded(CallEnd::HungUp { .. }) => "hangup".to_owned(),
        by => format!("{by:?}"),
    };
    match reviewed {
        Reviewed::Kept { recorded, by, .. } => {
            format!("kept {} s: {}", recorded.duration.as_secs(), reason(by))
        }
        Reviewed::Discarded { by, .. } => format!("discarded: {}", reason(by)),
        other => format!("{other:?}"),
    }
}

#[test]
fn callers_review_their_recordings() {
    type Setup = fn(Review) -> Review;
    // (settings, keys after pauses, outcome, media)
    type Case = (
        Setup,
        &'static [(u64, &'static str)],
        &'static str,
        &'static [&'static str],
    );
    const RECORDING: &str = "recording:greeting";
    let delete_at_hangup: Setup = |it| it.on_hangup(Unreviewed::Delete);
    let cases: [Case; 14] = [
        (
            |it| it,
            &[(4100, "#"), (500, "2")],
            "kept 4 s: Chosen",
            &["one"],
        ),
        // The menu is also heard behind the recording, and its keys stop the recording.
        (
            |it| it,
            &[(4100, "#"), (500, "1"), (1000, "*")],
            "discarded: Chosen",
            &["one", RECORDING],
        ),
        (
            |it| it,
            &[(4100, "#"), (500, "3"), (6100, "#"), (500, "2")],
            "kept 6 s: Chosen",
            &["one", "one"],
        ),
        (
            |it| it,
            &[(1100, "#"), (7100, "#"), (500, "2")],
            "kept 5 s: Chosen",
            &["three", "one"],
        ),
        (
            |it| it.recordings(2),
            &[(1100, "#"), (3100, "#")],
            "TooShort",
            &["three"],
        ),
        (
            |it| it,
            &[(4100, "#"), (500, "9")],
            "kept 4 s: NoChoice",
            &["one", "two one", "one"],
        ),
        (
            |it| it.attempts(1).on_no_choice(Unreviewed::Delete),
            &[(4100, "#")],
            "discarded: NoChoice",
            &["one"],
        ),
        (
            |it| it,
            &[(4100, "#"), (500, "h")],
            "kept 4 s: hangup",
            &["one"],
        ),
        (
            delete_at_hangup,
            &[(4100, "#"), (500, "h")],
            "discarded: hangup",
            &["one"],
        ),
        // Listening and recording again count together, and the next one of them ends the review.
        (
            |it| it.max_repetitions(2),
            &[(4100, "#"), (500, "1"), (500, "3"), (6100, "#"), (500, "1")],
            "kept 6 s: MaxRepetitions",
            &["one", RECORDING, "one"],
        ),
        (
            |it| it.max_repetitions(0).on_no_choice(Unreviewed::Delete),
            &[(4100, "#"), (500, "3")],
            "discarded: MaxRepetitions",
            &["one"],
        ),
        (
            |it| it.max_repetitions(0),
            &[(4100, "#"), (500, "2")],
            "kept 4 s: Chosen",
            &["one"],
        ),
        (|it| it, &[(4100, "h")], "kept 4 s: hangup", &[]),
        (delete_at_hangup, &[(4100, "h")], "discarded: hangup", &[]),
    ];
    for (setup, script, expected, played) in cases {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move {
                let record = call.record("greeting", "wav").min_duration(2 * SECOND);
                let reviewed = record.review(setup(review())).await.unwrap();
                (describe(&reviewed), call)
            });
            arrived.play_script(script).await;
            assert!(program.is_finished(), "{script:?}: waits for ever");
            let (reviewed, _call) = program.await.unwrap();
            assert_eq!(reviewed, expected, "{script:?}");
            assert_eq!(arrived.played(), played, "{script:?}");
            let stored = if expected.starts_with("kept") {
                &["greeting"][..]
            } else {
                &[]
            };
            assert_eq!(arrived.pbx.stored_recordings(), stored, "{script:?}");
            arrived.pbx.assert_no_violations();
        });
    }
}

/// A caller who records again and again, and one who listens again and again.
#[test]
fn reviews_end_while_keys_keep_coming() {
    for (key, count) in [("3", 21), ("1", 1)] {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move {
                let record = call.record("greeting", "wav");
                describe(&record.review(review()).await.unwrap())
            });
            let script = [(1100, "#"), (500, key)].repeat(22);
            arrived.play_script(&script).await;
            assert!(program.is_finished(), "{key}: waits for ever");
            assert_eq!(program.await.unwrap(), "kept 1 s: MaxRepetitions", "{key}");
            let requests = arrived.pbx.requests().into_iter();
            let recordings = requests.filter(|it| it.operation.nickname == "record");
            assert_eq!(recordings.count(), count, "{key}");
        });
    }
}

/// The file can be downloaded and deleted. One that is too short without its silence is deleted.
#[test]
fn recordings_are_downloaded_and_deleted() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let program = arrived.run(|mut call| async move {
            let recorded = call.record("greeting", "wav").max_duration(3 * SECOND);
            let recorded = recorded.await.unwrap();
            let file = recorded.download().await.unwrap().bytes().await.unwrap();
            assert!(file.starts_with(b"RIFF"), "{} bytes", file.len());
            recorded.delete().await.unwrap();
            recorded.delete().await.unwrap();
            let record = call.record("greeting", "wav");
            record.min_duration(2 * SECOND).await.unwrap().ended_by
        });
        arrived.play_script(&[(4200, "#")]).await;
        assert_eq!(program.await.unwrap(), RecordEnd::TooShort);
        assert_eq!(arrived.pbx.stored_recordings(), [""; 0]);
    });
}

/// Nothing is sent.
#[tokio::test]
async fn reviews_without_keys_are_refused() {
    let mut arrived = Arrived::new().await;
    let program = arrived.run(|mut call: Call| async move {
        let record = call.record("greeting", "wav");
        record.review(Review::new("sound:one")).await.unwrap_err()
    });
    arrived.play_script(&[]).await;
    let error = program.await.unwrap();
    assert!(matches!(error, CallError::InvalidSettings(_)), "{error}");
    assert_eq!(arrived.pbx.live_recordings(), []);
}

/// A hangup, a lost WebSocket and a dropped future at every moment.
#[test]
fn interruptions_of_a_review_leave_nothing_behind() {
    for moment in (0..13).map(|moment| ms(790 * moment + 10)) {
        for interruption in ["hangup", "gap", "dropped"] {
            with_clock(async move {
                let case = format!("{interruption} at {moment:?}");
                let mut arrived = Arrived::new().await;
                let program = arrived.run(move |mut call| async move {
                    let record = call.record("greeting", "wav").max_duration(3 * SECOND);
                    let review = review().on_hangup(Unreviewed::Delete).listen("5");
                    record.review(review).await
                });
                arrived.pbx.idle().await;
                arrived.pbx.elapse(moment).await;
                if moment > 4 * SECOND {
                    arrived.alice.press("5");
                }
                let was_reviewing = moment > 4 * SECOND && !program.is_finished();
                match interruption {
                    "hangup" => arrived.alice.hang_up(),
                    "gap" => arrived.pbx.drop_connections(),
                    _ => program.abort(),
                }
                arrived.pbx.elapse(100 * SECOND).await;
                assert!(program.is_finished(), "{case}: waits for ever");
                assert_eq!(arrived.pbx.playbacks(), [], "{case}");
                assert_eq!(arrived.pbx.live_recordings(), [], "{case}");
                match (interruption, program.await) {
                    ("hangup", Ok(Ok(reviewed))) => {
                        let found = describe(&reviewed);
                        assert!(found.starts_with("discarded: hangup"), "{case}: {found}");
                        assert_eq!(arrived.pbx.stored_recordings(), [""; 0], "{case}");
                    }
                    ("hangup", Ok(Err(CallError::Ended(_)))) if moment < ms(500) => {}
                    ("gap", Ok(Ok(Reviewed::Kept { .. }))) => {}
                    ("dropped", Err(_)) if was_reviewing => {
                        assert_eq!(arrived.pbx.stored_recordings(), [""; 0], "{case}");
                    }
                    ("dropped", Err(_)) => {}
                    (_, result) => panic!("{case}: {result:?}"),
                }
            });
        }
    }
}
