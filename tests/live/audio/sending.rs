//! Clearing, and marks.

use super::*;

/// Clearing is followed by silence at once, and no frame of the old utterance arrives later.
#[test]
fn cleared_audio_is_not_heard() {
    for (release, carriers) in CARRIERS {
        on_call(release, async |_, client, call| {
            let service = service(client).await;
            for &carrier in carriers {
                let rate = SampleRate::Hz16000;
                let near = service.open(&call.near).carrier(carrier);
                let far = service.open(&call.far).carrier(carrier);
                let (near, mut far) = tokio::try_join!(near, far).unwrap();
                let long = Duration::from_secs(5);
                near.sender().try_send(&tone(440.0, rate, long)).unwrap();
                receive(&mut far, Duration::from_millis(600)).await;
                let begin = Instant::now();
                let cleared = near.sender().clear().await;
                let took = begin.elapsed();
                assert_eq!(cleared.played + cleared.dropped, long, "{carrier}");
                assert!(cleared.played > Duration::from_millis(300), "{cleared:?}");
                assert!(took < Duration::from_millis(500), "{took:?}");
                let stale = near.sender().try_send(&tone(440.0, rate, long)).unwrap();
                assert_eq!(stale, ari_media::SendOutcome::Stale);
                // The audio in flight, at most two ticks.
                while far.receiver().try_next().is_some() {}
                receive(&mut far, Duration::from_millis(60)).await;
                let after = receive(&mut far, Duration::from_millis(400)).await;
                let rest = amplitude(&after, 440.0, rate);
                assert!(rest < 0.01 * AMPLITUDE, "{carrier}: {rest}");
                near.sender().start_utterance();
                near.sender()
                    .try_send(&tone(1000.0, rate, long / 5))
                    .unwrap();
                hear(&mut far, 1000.0, 440.0).await;
                near.sender().wait_until_played().await.unwrap();
                near.close().await;
                far.close().await;
            }
        });
    }
}

/// Marks are reported when the audio before them has been heard or is cleared.
#[test]
fn marks_follow_what_is_heard() {
    for (release, carriers) in CARRIERS {
        on_call(release, async |_, client, call| {
            let service = service(client).await;
            for &carrier in carriers {
                check_marks(&service, call, carrier).await;
            }
        });
    }
}

/// Checks the marks of one session.
pub(super) async fn check_marks(service: &MediaService, call: &Call, carrier: Carrier) {
    let rate = SampleRate::Hz16000;
    let mut near = service.open(&call.near).carrier(carrier).await.unwrap();
    let part = tone(440.0, rate, Duration::from_millis(400));
    let begin = Instant::now();
    for name in ["a", "b"] {
        near.sender().try_send(&part).unwrap();
        near.sender().mark(name).unwrap();
    }
    for (name, expected) in [("a", 400), ("b", 800)] {
        let MediaEvent::MarkPlayed(mark) = next_event(&mut near).await else {
            panic!("{carrier}: no mark {name}");
        };
        let delay = begin.elapsed().as_millis();
        println!("{carrier}: mark {name} after {delay} ms");
        assert_eq!(mark.name(), name);
        assert!(
            (expected - 45..expected + 300).contains(&delay),
            "{carrier}: {name} after {delay} ms"
        );
    }
    for _ in 0..5 {
        near.sender().try_send(&part).unwrap();
    }
    near.sender().mark("c").unwrap();
    near.sender().clear().await;
    let event = next_event(&mut near).await;
    assert!(
        matches!(&event, MediaEvent::MarkCleared(mark) if mark.name() == "c"),
        "{carrier}: {event:?}"
    );
    // No audio is before this mark.
    near.sender().start_utterance();
    near.sender().mark("d").unwrap();
    let event = next_event(&mut near).await;
    assert!(
        matches!(&event, MediaEvent::MarkPlayed(mark) if mark.name() == "d"),
        "{carrier}: {event:?}"
    );
    let stats = near.stats();
    assert_eq!(stats.lost_marks, 0, "{carrier}: {stats:?}");
    near.close().await;
}
