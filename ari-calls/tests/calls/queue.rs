//! Play queues: what they play, how a program controls them, and how they end.

use std::time::Duration;

use ari_calls::play_queue::{PlayQueue, QueueControl, QueueEnd};
use ari_calls::{Call, CallEnd, CallError, Key, Media};
use tokio::time::{Instant, sleep};

use crate::support::{Arrived, ms, with_clock};

/// A thing that a program does with a queue.
#[derive(Clone, Copy, Debug)]
enum Step {
    Push(&'static [&'static str]),
    Pause,
    Resume,
    Skip,
    Forward,
    Reverse,
    Restart,
    Stop,
}

async fn take(queue: &PlayQueue, step: Step) -> Option<QueueControl> {
    let control = match step {
        Step::Push(media) => {
            queue.push(media.to_vec()).unwrap();
            return None;
        }
        Step::Pause => queue.pause().await,
        Step::Resume => queue.resume().await,
        Step::Skip => queue.skip().await,
        Step::Forward => queue.forward().await,
        Step::Reverse => queue.reverse().await,
        Step::Restart => queue.restart().await,
        Step::Stop => {
            queue.stop().await.unwrap();
            return None;
        }
    };
    Some(control.unwrap())
}

#[test]
fn queues_play_until_nothing_is_left() {
    use QueueControl::*;
    use Step::*;
    let incomplete = |media: &[&str]| {
        let media: Vec<Media> = media.iter().map(|uri| Media::from(*uri)).collect();
        format!("Incomplete {{ media: {media:?} }}")
    };
    // (steps after pauses, their effects, outcome, its time in milliseconds, what was played)
    type Case<'a> = (
        &'a [(u64, Step)],
        &'a [QueueControl],
        String,
        u64,
        &'a [&'a str],
    );
    let cases: &[Case<'_>] = &[
        (&[], &[], "Finished".to_owned(), 0, &[]),
        (
            &[
                (0, Push(&["sound:one"])),
                (1000, Push(&["sound:two"])),
                (500, Push(&["sound:three"])),
            ],
            &[],
            "Finished".to_owned(),
            6000,
            &["one", "two", "three"],
        ),
        (
            &[
                (0, Push(&["sound:one", "sound:two"])),
                (0, Push(&["sound:three"])),
                (500, Skip),
            ],
            &[Done],
            "Finished".to_owned(),
            2500,
            &["one", "three"],
        ),
        (
            &[
                (0, Push(&["sound:one"])),
                (0, Push(&["sound:two"])),
                (1000, Pause),
                (5000, Forward),
                (0, Pause),
                (3000, Resume),
            ],
            &[Done, NotPlaying, Done, Done],
            "Finished".to_owned(),
            12_000,
            &["one", "two"],
        ),
        // At 0.5 s to 1 s, at 1.2 s to 0.7 s, and at 1 s to the beginning.
        (
            &[
                (0, Push(&["sound:one"])),
                (500, Forward),
                (200, Reverse),
                (300, Restart),
            ],
            &[Done, Done, Done],
            "Finished".to_owned(),
            3000,
            &["one"],
        ),
        // At 1.6 s to 1.5 s, because less than a step is left.
        (
            &[(0, Push(&["sound:one"])), (1600, Forward)],
            &[Done],
            "Finished".to_owned(),
            2100,
            &["one"],
        ),
        // Spoken digits take 0.7 s each, and cannot be controlled.
        (
            &[
                (0, Push(&["digits:12345"])),
                (0, Push(&["sound:one"])),
                (1000, Restart),
                (0, Pause),
                (5000, Resume),
            ],
            &[Unsupported, NextMedium, Done],
            "Finished".to_owned(),
            8000,
            &["digits:12345", "one"],
        ),
        (
            &[
                (0, Push(&["tone:ring"])),
                (0, Push(&["sound:one"])),
                (1500, Stop),
            ],
            &[],
            "Stopped".to_owned(),
            1500,
            &["tone:ring"],
        ),
        // Asterisk reports no end of these two. The server is asked.
        (
            &[(
                0,
                Push(&[
                    "silence:1",
                    "sound:one",
                    "recording:none",
                    "sound:missing",
                    "sound:two",
                ]),
            )],
            &[],
            incomplete(&["silence:1", "recording:none", "sound:missing"]),
            12_500,
            &["silence:1", "one", "recording:none", "missing", "two"],
        ),
        // Ends by its limit, of which pauses are no part.
        (
            &[(0, Push(&["tone:ring"])), (3000, Pause), (60_000, Resume)],
            &[Done, Done],
            "Finished".to_owned(),
            70_000,
            &["tone:ring"],
        ),
    ];
    for (steps, effects, expected, after, played) in cases {
        let (steps, effects) = (steps.to_vec(), effects.to_vec());
        let (expected, after, played) = (expected.clone(), *after, played.to_vec());
        with_clock(async move {
            let case = format!("{steps:?}");
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move {
                let limit = Duration::from_secs(10);
                let mut queue = call.play_queue().max_medium_duration(limit);
                queue = queue.seek_step(ms(500));
                let begin = Instant::now();
                let mut found = Vec::new();
                for (pause, step) in steps {
                    if pause > 0 {
                        sleep(ms(pause)).await;
                    }
                    found.extend(take(&queue, step).await);
                }
                let end = queue.finished().await.unwrap();
                (format!("{end:?}"), found, begin.elapsed(), call)
            });
            arrived.play_script(&[]).await;
            assert!(program.is_finished(), "{case}: waits for ever");
            let (end, found, took, _call) = program.await.unwrap();
            assert_eq!((end, found), (expected, effects), "{case}");
            // The frozen clock advances in steps, and for each control.
            let due = ms(after)..ms(after + 1200);
            assert!(due.contains(&took), "{case}: {took:?}");
            assert_eq!(arrived.played(), played, "{case}");
            arrived.pbx.elapse(ms(500)).await;
            assert_eq!(arrived.pbx.playbacks(), [], "{case}");
            arrived.pbx.assert_no_violations();
        });
    }
}

/// Keys are read while the queue plays, and a queue that is dropped stops.
#[test]
fn keys_are_read_while_a_queue_plays() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let program = arrived.run(|mut call| async move {
            let mut queue = call.play_queue();
            for media in ["sound:one", "sound:two", "sound:three"] {
                queue.push(media).unwrap();
            }
            let mut keys = Vec::new();
            loop {
                tokio::select! {
                    end = queue.finished() => panic!("{end:?}"),
                    key = call.next_key(ms(60_000)) => match key.unwrap() {
                        Some(Key::Star) => break,
                        Some(Key::Digit6) => {
                            queue.skip().await.unwrap();
                        }
                        key => keys.extend(key),
                    },
                }
            }
            let current = queue.current();
            drop(queue);
            sleep(ms(500)).await;
            (keys, current, call)
        });
        arrived
            .play_script(&[(500, "56"), (1000, "7"), (500, "*")])
            .await;
        let (keys, current, _call) = program.await.unwrap();
        assert_eq!(keys, [Key::Digit5, Key::Digit7]);
        assert_eq!(current, Some(Media::sound("two")));
        assert_eq!(arrived.played(), ["one", "two"]);
        assert_eq!(arrived.pbx.playbacks(), []);
    });
}

/// The function is set before the next medium, because Asterisk would let it wait, and restored.
#[test]
fn volume_changes_with_the_next_medium() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let program = arrived.run(|mut call| async move {
            let mut queue = call.play_queue();
            assert!(queue.set_volume(41.0).await.is_err());
            assert!(queue.set_volume(f32::NAN).await.is_err());
            queue.push("sound:one").unwrap();
            queue.push("sound:two").unwrap();
            sleep(ms(500)).await;
            queue.set_volume(-6.0).await.unwrap();
            queue.finished().await.unwrap();
            drop(queue);
            call
        });
        arrived.play_script(&[]).await;
        drop(program.await.unwrap());
        let requests = arrived.pbx.requests().into_iter();
        let names: Vec<_> = requests
            .filter(|it| matches!(it.operation.nickname, "playWithId" | "setChannelVar"))
            .map(|it| {
                let value = it.query.iter().find(|(name, _)| name == "value");
                let value = value.map(|(_, value)| value.as_str()).unwrap_or_default();
                format!("{} {value}", it.operation.nickname)
            })
            .collect();
        let expected = [
            "playWithId ",
            "setChannelVar 0.501",
            "playWithId ",
            "setChannelVar 0",
        ];
        assert_eq!(names, expected);
    });
}

/// Nothing is appended.
#[tokio::test]
async fn media_without_a_scheme_are_refused() {
    let mut arrived = Arrived::new().await;
    let program = arrived.run(|mut call| async move {
        let queue = call.play_queue();
        let error = queue.push(["sound:one", "two"]).unwrap_err().to_string();
        assert_eq!(queue.waiting(), 0);
        error
    });
    let error = program.await.unwrap();
    assert!(error.contains("`two` has no scheme"), "{error}");
}

/// A hangup, a lost WebSocket and a dropped queue at every moment.
#[test]
fn interruptions_leave_nothing_behind() {
    /// Plays, and passes the end of the call on.
    async fn serve(mut call: Call) -> Result<(QueueEnd, Call), CallError> {
        let mut queue = call.play_queue();
        for media in ["sound:one", "silence:1", "digits:123", "sound:two"] {
            queue.push(media)?;
        }
        sleep(ms(1000)).await;
        queue.pause().await?;
        sleep(ms(1000)).await;
        queue.resume().await?;
        Ok((queue.finished().await?, call))
    }
    for moment in (0..14).map(|moment| ms(730 * moment + 10)) {
        for interruption in ["hangup", "gap", "dropped"] {
            with_clock(async move {
                let case = format!("{interruption} at {moment:?}");
                let mut arrived = Arrived::new().await;
                let program = arrived.run(serve);
                arrived.pbx.idle().await;
                arrived.pbx.elapse(moment).await;
                let was_finished = program.is_finished();
                match interruption {
                    "hangup" => arrived.alice.hang_up(),
                    "gap" => arrived.pbx.drop_connections(),
                    _ => program.abort(),
                }
                let wait = if interruption == "gap" {
                    60_000
                } else {
                    10_000
                };
                arrived.pbx.elapse(ms(wait)).await;
                assert!(program.is_finished(), "{case}: waits for ever");
                let result = program.await;
                assert_eq!(arrived.pbx.playbacks(), [], "{case}");
                match (interruption, result) {
                    ("dropped", _) => {}
                    ("hangup", Ok(Err(error))) => {
                        let end = error.call_end();
                        let expected = matches!(
                            end,
                            Some(CallEnd::HungUp {
                                cause: Some(16),
                                ..
                            })
                        );
                        assert!(expected, "{case}: {error}");
                    }
                    ("gap", Ok(Ok(_))) => {}
                    ("hangup", Ok(Ok(_))) if was_finished => {}
                    (_, result) => panic!("{case}: {result:?}"),
                }
            });
        }
    }
}
