//! Playbacks: their ends, and what stops them.

use ari_calls::play::{Play, Played};
use ari_calls::{Key, Keys, Media};
use ari_mock::Asterisk;

use crate::support::{Arrived, SOUND, assert_due, ms, with_clock};

#[test]
fn playbacks_end_for_a_reason() {
    type Setup = fn(Play<'_>) -> Play<'_>;
    type Script = &'static [(u64, &'static str)];
    // (media, settings, script, outcome, its time in milliseconds)
    type Case = (&'static [&'static str], Setup, Script, Played, u64);
    let cases: [Case; 4] = [
        (
            &["sound:one", "sound:two"],
            |it| it,
            &[(500, "1")],
            Played::Finished,
            4000,
        ),
        (
            &["sound:one", "sound:two"],
            |it| it.barge_in(Keys::STAR),
            &[(500, "1"), (2500, "*")],
            Played::Key(Key::Star),
            3100,
        ),
        (
            &["tone:ring"],
            |it| it.max_duration(ms(5000)),
            &[],
            Played::MaxDuration,
            5000,
        ),
        (
            &["tone:ring"],
            |it| it.barge_in(Keys::ALL),
            &[(500, "1")],
            Played::Key(Key::Digit1),
            600,
        ),
    ];
    for (media, setup, script, expected, after) in cases {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let prompt: Vec<&str> = media.to_vec();
            let program = arrived.run(move |mut call| async move {
                let begin = tokio::time::Instant::now();
                let played = setup(call.play(prompt)).await;
                (played, begin.elapsed())
            });
            arrived.play_script(script).await;
            let (played, took) = program.await.unwrap();
            assert_eq!(played.unwrap(), expected, "{media:?}");
            assert_due(took, after, &format!("{media:?}"));
            assert_eq!(arrived.pbx.playbacks(), [], "{media:?}");
        });
    }
}

/// Nothing is sent.
#[tokio::test]
async fn media_without_a_scheme_are_refused() {
    let mut arrived = Arrived::new().await;
    let program = arrived.run(|mut call| async move { call.play(["sound:one", "two"]).await });
    arrived.play_script(&[]).await;
    let error = program.await.unwrap().unwrap_err().to_string();
    assert_eq!(
        error,
        "the medium `two` has no scheme; a sound is `sound:two`"
    );
    assert_eq!(arrived.played(), [""; 0]);
}

/// Also if the request has not been answered yet.
#[test]
fn dropped_playbacks_are_stopped() {
    for delay in [ms(0), ms(500)] {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            arrived.pbx.delay("channels.playWithId", delay);
            let program = arrived.run(move |mut call| async move {
                let played = tokio::time::timeout(ms(200), call.play("sound:one")).await;
                assert!(played.is_err());
                call
            });
            arrived.pbx.idle().await;
            arrived.pbx.elapse(ms(200) + delay + ms(200)).await;
            assert_eq!(arrived.pbx.playbacks(), [], "{delay:?}");
            let stops = arrived.pbx.requests();
            assert!(
                stops
                    .iter()
                    .any(|request| request.operation.resource == "playbacks")
            );
            drop(program.await.unwrap());
        });
    }
}

/// Asterisk 13 takes one medium in a request.
#[test]
fn old_releases_get_one_request_for_each_medium() {
    for (release, requests) in [(13, vec!["one", "two"]), (14, vec!["one two"])] {
        with_clock(async move {
            let pbx = Asterisk::builder().release(release).frozen();
            let mut arrived = Arrived::at(pbx.sound("one", SOUND).sound("two", SOUND)).await;
            let program = arrived.run(move |mut call| async move {
                let begin = tokio::time::Instant::now();
                let played = call.play([Media::sound("one"), Media::sound("two")]).await;
                (played.unwrap(), begin.elapsed())
            });
            arrived.play_script(&[]).await;
            assert_eq!(program.await.unwrap(), (Played::Finished, 2 * SOUND));
            assert_eq!(arrived.played(), requests);
            arrived.pbx.assert_no_violations();
        });
    }
}
