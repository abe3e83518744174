//! Recordings of `ari-calls` that are controlled, and that the caller reviews.

use std::time::Duration;

use ari_api::Event;
use ari_api::client::unique_id;
use ari_api::stream::EventStream;
use ari_calls::record::{RecordEffect, RecordEnd};
use ari_calls::review::{Review, ReviewEnd, Reviewed, Unreviewed};
use ari_test_support::within_limit;

use super::call_steps::{call, on_every_release, wait_until_removed};

/// Waits until a recording has begun.
async fn wait_for_recording(app: &mut EventStream<Event>) {
    within_limit(async {
        while !matches!(
            &*app.next().await.unwrap().unwrap(),
            Event::RecordingStarted(_)
        ) {}
    })
    .await;
}

/// Waits until a playback has begun.
async fn wait_for_playback(app: &mut EventStream<Event>) {
    within_limit(async {
        while !matches!(
            &*app.next().await.unwrap().unwrap(),
            Event::PlaybackStarted(_)
        ) {}
    })
    .await;
}

#[test]
fn recordings_are_controlled_and_reviewed() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let second = Duration::from_secs(1);
        let (mut call, phone) = call(client, app).await;

        // A terminator ends a recording that is paused, which Asterisk does not.
        let record = call.record(format!("control-{}", unique_id()), "wav");
        let control = record.control();
        let steps = async {
            for step in ["pause", "resume", "mute", "unmute", "pause"] {
                let effect = match step {
                    "pause" => control.pause().await,
                    "resume" => control.resume().await,
                    "mute" => control.mute().await,
                    _ => control.unmute().await,
                };
                assert_eq!(effect.unwrap(), RecordEffect::Done, "{release}: {step}");
            }
            phone.send_dtmf("#").await.unwrap();
        };
        let (recorded, ()) = tokio::join!(within_limit(record.into_future()), steps);
        let recorded = recorded.unwrap();
        let is_key = matches!(recorded.ended_by, RecordEnd::Key(_));
        assert!(is_key, "{release}: {recorded:?}");
        let effect = control.resume().await.unwrap();
        assert_eq!(effect, RecordEffect::Ended, "{release}");
        let file = recorded.download().await.unwrap();
        assert!(
            file.bytes().await.unwrap().starts_with(b"RIFF"),
            "{release}"
        );
        recorded.delete().await.unwrap();
        let error = recorded.download().await.unwrap_err().to_string();
        assert!(error.contains("404"), "{release}: {error}");

        let record = call.record(format!("control-{}", unique_id()), "wav");
        let record = record.max_pause(second);
        let control = record.control();
        let (recorded, paused) = tokio::join!(within_limit(record.into_future()), control.pause());
        assert_eq!(paused.unwrap(), RecordEffect::Done, "{release}");
        let recorded = recorded.unwrap();
        assert_eq!(recorded.ended_by, RecordEnd::MaxPause, "{release}");
        recorded.delete().await.unwrap();

        // Records again, listens, and keeps it: the keys behind the terminator are the menu's.
        let review = Review::new("digits:1234567890")
            .keep("1")
            .listen("2")
            .again("3")
            .discard("4");
        let name = format!("review-{}", unique_id());
        while app.try_next().is_some() {}
        let record = call.record(&name, "wav").review(review.clone());
        let keys = async {
            for keys in ["#3", "#21"] {
                wait_for_recording(app).await;
                phone.send_dtmf(keys).await.unwrap();
            }
        };
        let (reviewed, ()) = tokio::join!(within_limit(record.into_future()), keys);
        let reviewed = reviewed.unwrap();
        let Reviewed::Kept { recorded, by, .. } = reviewed else {
            panic!("{release}: {reviewed:?}");
        };
        assert_eq!(by, ReviewEnd::Chosen, "{release}");
        recorded.delete().await.unwrap();

        // Each is too short.
        let record = call
            .record(&name, "wav")
            .min_duration(600 * second)
            .max_duration(900 * second);
        let record = record.review(review.clone().recordings(2).too_short("sound:beep"));
        let keys = async {
            for _ in 0..2 {
                wait_for_recording(app).await;
                phone.send_dtmf("#").await.unwrap();
            }
        };
        let (reviewed, ()) = tokio::join!(within_limit(record.into_future()), keys);
        let is_short = matches!(reviewed, Ok(Reviewed::TooShort));
        assert!(is_short, "{release}: {reviewed:?}");

        // The caller hangs up during the review.
        let stored = client.stored_recording(&name);
        let review = review.on_hangup(Unreviewed::Delete);
        let record = call.record(&name, "wav").review(review);
        let hang_up = async {
            wait_for_recording(app).await;
            phone.send_dtmf("#").await.unwrap();
            wait_for_playback(app).await;
            assert!(stored.get_stored().await.is_ok(), "{release}");
            phone.hangup().await.unwrap();
        };
        let (reviewed, ()) = tokio::join!(within_limit(record.into_future()), hang_up);
        let is_discarded = matches!(
            reviewed,
            Ok(Reviewed::Discarded {
                by: ReviewEnd::CallEnded(_),
                ..
            })
        );
        assert!(is_discarded, "{release}: {reviewed:?}");
        let error = stored.get_stored().await.unwrap_err();
        assert_eq!(error.status(), Some(404), "{release}");
        wait_until_removed(client).await;
    });
}
