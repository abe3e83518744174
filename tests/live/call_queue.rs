//! Play queues of `ari-calls`.

use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::client::unique_id;
use ari_calls::play::Played;
use ari_calls::play_queue::{PlayQueue, QueueControl, QueueEnd};
use ari_calls::{CallEnd, CallError, Key, Media};
use ari_test_support::within_limit;

use super::call_steps::{call, on_every_release, press, wait_until_removed};

/// Returns the level of what a phone hears of a medium.
async fn heard(phone: &ChannelHandle, queue: &mut PlayQueue) -> f64 {
    let client = phone.client();
    let name = format!("queue-{}", unique_id());
    phone.record(&name, "wav").await.unwrap();
    queue.push("digits:55").unwrap();
    let end = within_limit(queue.finished()).await.unwrap();
    assert_eq!(end, QueueEnd::Finished);
    let live = client.live_recording(&name);
    live.stop().await.unwrap();
    // The file is complete when the recording is over.
    within_limit(async { while live.get_live().await.is_ok() {} }).await;
    let stored = client.stored_recording(&name);
    let file = stored.get_stored_file().await.unwrap();
    let file = file.bytes().await.unwrap();
    stored.delete_stored().await.unwrap();
    let (samples, _) = file.as_chunks::<2>();
    let samples = samples.iter().skip(22);
    let squares = samples.map(|sample| f64::from(i16::from_le_bytes(*sample)).powi(2));
    squares.sum::<f64>().sqrt()
}

#[test]
fn queues_play_and_are_controlled() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let (mut call, phone) = call(client, app).await;
        let mut queue = call.play_queue();

        for media in ["sound:beep", "recording:none", "digits:1", "sound:missing"] {
            queue.push(media).unwrap();
        }
        let QueueEnd::Incomplete { media, .. } = within_limit(queue.finished()).await.unwrap()
        else {
            panic!("{release}: not incomplete");
        };
        let expected = ["recording:none", "sound:missing"].map(Media::from);
        assert_eq!(media, expected, "{release}");

        // A tone never ends by itself.
        queue.push(["tone:ring", "tone:busy"]).unwrap();
        queue.push("sound:tt-monkeys").unwrap();
        let keys = async {
            loop {
                tokio::select! {
                    end = queue.finished() => panic!("{release}: {end:?}"),
                    key = call.next_key(Duration::from_secs(60)) => match key.unwrap() {
                        Some(Key::Digit6) => return queue.skip().await.unwrap(),
                        Some(_) => {}
                        None => panic!("{release}: no key"),
                    }
                }
            }
        };
        let (skipped, ()) = tokio::join!(keys, press(&phone, 200, "56"));
        assert_eq!(skipped, QueueControl::Done, "{release}");
        for (control, expected) in [
            ("forward", QueueControl::Done),
            ("reverse", QueueControl::Done),
            ("restart", QueueControl::Done),
            ("pause", QueueControl::Done),
            ("forward", QueueControl::NotPlaying),
            ("resume", QueueControl::Done),
        ] {
            let effect = match control {
                "forward" => queue.forward().await,
                "reverse" => queue.reverse().await,
                "restart" => queue.restart().await,
                "pause" => queue.pause().await,
                _ => queue.resume().await,
            };
            assert_eq!(effect.unwrap(), expected, "{release}: {control}");
        }
        queue.stop().await.unwrap();
        let end = within_limit(queue.finished()).await.unwrap();
        assert_eq!(end, QueueEnd::Stopped, "{release}");

        queue.push("digits:123").unwrap();
        let effect = queue.restart().await.unwrap();
        assert_ne!(
            effect,
            QueueControl::Done,
            "{release}: digits are controlled"
        );
        within_limit(queue.finished()).await.unwrap();

        let loud = heard(&phone, &mut queue).await;
        queue.set_volume(-20.0).await.unwrap();
        let quiet = heard(&phone, &mut queue).await;
        assert!(
            quiet < loud / 5.0 && quiet > 0.0,
            "{release}: {loud}, then {quiet}"
        );

        // Dropping it stops the tone, and restores the volume.
        queue.push("tone:ring").unwrap();
        let paused = queue.pause().await.unwrap();
        assert_eq!(paused, QueueControl::Done, "{release}");
        drop(queue);
        let played = within_limit(call.play("sound:beep").into_future()).await;
        assert_eq!(played.unwrap(), Played::Finished, "{release}");
        let mut queue = call.play_queue();
        let restored = heard(&phone, &mut queue).await;
        assert!(
            restored > quiet * 5.0,
            "{release}: {quiet}, then {restored}"
        );

        queue.push("tone:ring").unwrap();
        let hang_up = async { phone.hangup().await.unwrap() };
        let (end, ()) = tokio::join!(within_limit(queue.finished()), hang_up);
        let error = end.unwrap_err();
        assert!(
            matches!(error.call_end(), Some(CallEnd::HungUp { .. })),
            "{release}: {error}"
        );
        let error = queue.pause().await.unwrap_err();
        assert!(matches!(error, CallError::Ended(_)), "{release}: {error}");
        wait_until_removed(client).await;
    });
}
