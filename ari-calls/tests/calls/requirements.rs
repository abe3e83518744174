//! Requirements of the steps of a call, with one test for each.

use std::time::Duration;

use ari_api::Error;
use ari_calls::dial::{Dialed, UnansweredLeg};
use ari_calls::play::Played;
use ari_calls::record::RecordEnd;
use ari_calls::{CallEnd, CallError, Key};
use ari_mock::{Asterisk, Step};
use tokio::time::{Instant, sleep, timeout};

use crate::support::{Arrived, SOUND, ms, with_clock};

const SECOND: Duration = Duration::from_secs(1);

/// A playback that ends while the WebSocket is lost is no end of the call: the caller hears what
/// follows.
#[test]
fn gap_in_connection_is_no_hangup() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let program = arrived.run(|mut call| async move {
            let first = call.play("sound:one").await?;
            let second = call.play("sound:two").await?;
            Ok::<_, CallError>((first, second, call.end().cloned()))
        });
        arrived.pbx.idle().await;
        arrived.pbx.elapse(SOUND - ms(100)).await;
        let operation = "events.eventWebsocket";
        arrived.pbx.fail_times(operation, 503, "Unavailable", 2);
        arrived.pbx.drop_socket("calls");
        arrived.pbx.elapse(ms(200)).await;
        assert_eq!(arrived.pbx.playbacks(), [], "it has ended in the gap");
        arrived.pbx.elapse(30 * SECOND).await;
        let expected = (Played::Finished, Played::Finished, None);
        assert_eq!(program.await.unwrap().unwrap(), expected);
        assert_eq!(arrived.played(), ["one", "two"]);
    });
}

/// A request that is refused because an object does not exist names the object. Only the end of the
/// call itself is [`CallError::Ended`].
#[test]
fn errors_name_the_object_that_does_not_exist() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let mut call = arrived.call.take().unwrap();
        let client = call.client().clone();
        let gone = |result: Result<(), Error>| {
            let error = result.unwrap_err();
            let object = error.gone_object().unwrap_or_else(|| panic!("{error}"));
            (object.kind.clone(), object.id.clone())
        };
        let playback = client.playback("none").stop().await;
        assert_eq!(gone(playback), ("playback".to_owned(), "none".to_owned()));
        let recording = client.live_recording("none").stop().await;
        let expected = ("live_recording".to_owned(), "none".to_owned());
        assert_eq!(gone(recording), expected);
        let bridge = client.bridge("none").add_channel([call.id()]).await;
        assert_eq!(gone(bridge), ("bridge".to_owned(), "none".to_owned()));
        let CallError::Request(error) = call.supervise("nobody").await.unwrap_err() else {
            panic!("the call has not ended");
        };
        let channel = ("channel".to_owned(), "nobody".to_owned());
        assert_eq!(gone(Err(error)), channel);
        assert_eq!(arrived.pbx.bridges(), []);

        // All of that was no end of the call. This is.
        assert_eq!(call.end(), None);
        arrived.alice.hang_up();
        let error = call.answer().await.unwrap_err();
        assert!(
            matches!(error.call_end(), Some(CallEnd::HungUp { .. })),
            "{error}"
        );
    });
}

/// The key that ends a recording is in the stream of the call, too. The next step gets only the
/// keys behind it, or none of them if it discards them.
#[test]
fn keys_are_kept_or_discarded_by_intent() {
    // (the question discards what was typed before it, its digits, what is played)
    for (discards, digits, played) in [(false, "12", vec![]), (true, "34", vec!["one"])] {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move {
                let recorded = call.record("message", "wav").await?;
                assert_eq!(recorded.ended_by, RecordEnd::Key(Key::Pound));
                sleep(ms(500)).await;
                let question = call.collect(2).prompt("sound:one");
                match discards {
                    true => question.discard_type_ahead().await,
                    false => question.await,
                }
            });
            arrived.pbx.idle().await;
            arrived.play_script(&[(1000, "#12"), (1000, "34")]).await;
            let collected = program.await.unwrap().unwrap();
            assert_eq!(collected.digits(), Some(digits), "{discards}");
            assert_eq!(arrived.played(), played, "{discards}");
        });
    }
}

/// A hangup during a recording is an outcome, with the file and its duration.
#[test]
fn hangup_while_recording_is_a_result() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let program = arrived.run(|mut call| async move {
            let recorded = call.record("message", "wav").await;
            (recorded, call.play("sound:one").await)
        });
        arrived.play_script(&[(2500, "h")]).await;
        let (recorded, played) = program.await.unwrap();
        let recorded = recorded.unwrap();
        let is_hangup = matches!(
            recorded.ended_by,
            RecordEnd::CallEnded(CallEnd::HungUp { .. })
        );
        assert!(is_hangup, "{recorded:?}");
        assert_eq!(recorded.duration.as_secs(), 2, "{recorded:?}");
        assert_eq!(recorded.stored.recording_name(), "message");
        assert_eq!(arrived.pbx.stored_recordings(), ["message"]);
        assert!(matches!(played, Err(CallError::Ended(_))), "{played:?}");
    });
}

/// Asterisk refuses some calls, and reports the failure of others. Both are one enum.
#[test]
fn all_failures_to_dial_are_one_outcome() {
    with_clock(async {
        let pbx = Asterisk::builder()
            .frozen()
            .endpoint("PJSIP/busy", [Step::Wait(SECOND), Step::Busy])
            .endpoint("PJSIP/never", [Step::Ringing, Step::Wait(3600 * SECOND)])
            .offline_endpoint("PJSIP/offline");
        let mut arrived = Arrived::at(pbx).await;
        let program = arrived.run(|mut call| async move {
            let endpoints = [
                "PJSIP/offline",
                "Local/no-such@testari",
                "PJSIP/busy",
                "PJSIP/never",
            ];
            let dial = call.dial_in_order(endpoints).timeout(2 * SECOND);
            (dial.await, call.end().cloned())
        });
        arrived.pbx.idle().await;
        arrived.pbx.elapse(60 * SECOND).await;
        let (dialed, end) = program.await.unwrap();
        let Dialed::NotAnswered { legs, .. } = dialed.unwrap() else {
            panic!("nobody has answered");
        };
        let legs: Vec<String> = legs.iter().map(UnansweredLeg::to_string).collect();
        let expected = [
            "PJSIP/offline: unreachable",
            "Local/no-such@testari: unknown extension",
            "PJSIP/busy: busy",
            "PJSIP/never: no answer",
        ];
        assert_eq!(legs, expected);
        assert_eq!(end, None, "the caller is still there");
        assert_eq!(arrived.pbx.channel_ids(), [arrived.alice.id()]);
    });
}

/// Nobody goes on ringing for a caller who has hung up, or for a future that was dropped. The
/// application does not see the channels of legs as calls.
#[test]
fn endpoints_do_not_ring_without_the_caller() {
    for is_dropped in [false, true] {
        with_clock(async move {
            let never = [Step::Ringing, Step::Wait(3600 * SECOND)];
            let pbx = Asterisk::builder().frozen().endpoint("PJSIP/never", never);
            let mut arrived = Arrived::at(pbx).await;
            let limit = if is_dropped { 2 * SECOND } else { 60 * SECOND };
            let program = arrived.run(move |mut call| async move {
                let dial = call.dial_all(["PJSIP/never", "PJSIP/never"]).into_future();
                (timeout(limit, dial).await, call)
            });
            arrived.pbx.idle().await;
            arrived.pbx.elapse(ms(1900)).await;
            assert_eq!(arrived.pbx.channel_ids().len(), 3, "both ring");
            match is_dropped {
                true => arrived.pbx.elapse(ms(200)).await,
                false => arrived.alice.hang_up(),
            }
            arrived.pbx.elapse(ms(300)).await;
            let left = arrived.pbx.channel_ids();
            assert!(!left.iter().any(|id| id != arrived.alice.id()), "{left:?}");
            let (dialed, _call) = program.await.unwrap();
            match dialed {
                Err(_) => assert!(is_dropped),
                Ok(Err(CallError::Ended(CallEnd::HungUp { .. }))) => assert!(!is_dropped),
                Ok(other) => panic!("{other:?}"),
            }
            assert_eq!(arrived.started().await, 0, "no leg is a new call");
        });
    }
}

/// The clocks of the fake and of the program are one, and stand still: a hangup comes before, during
/// and after a request, and five timeouts of ten seconds end in their order.
#[test]
fn one_clock_for_the_program_and_the_server() {
    #[derive(Clone, Copy, Debug)]
    enum When {
        Arrived,
        Executed,
        Later,
    }
    for when in [When::Arrived, When::Executed, When::Later] {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let delay = ms(if let When::Arrived = when { 5000 } else { 0 });
            arrived.pbx.delay("channels.record", delay);
            let program = arrived.run(|mut call| async move {
                let begin = Instant::now();
                let mut timeouts = Vec::new();
                for _ in 0..5 {
                    let none = call.next_key(10 * SECOND).await?;
                    timeouts.push((none, begin.elapsed().as_secs()));
                }
                let expected = [10, 20, 30, 40, 50].map(|seconds| (None, seconds));
                assert_eq!(timeouts, expected);
                call.record("message", "wav").await
            });
            arrived.pbx.elapse(51 * SECOND).await;
            match when {
                When::Arrived => _ = arrived.pbx.wait_for_request("channels.record", 1).await,
                When::Executed => _ = arrived.pbx.wait_for_response("channels.record", 1).await,
                When::Later => arrived.pbx.elapse(SECOND).await,
            }
            arrived.alice.hang_up();
            arrived.pbx.elapse(10 * SECOND).await;
            assert!(program.is_finished(), "{when:?}");
            match program.await.unwrap() {
                Ok(recorded) => {
                    assert!(!matches!(when, When::Arrived), "{recorded:?}");
                    let end = recorded.ended_by;
                    assert!(matches!(end, RecordEnd::CallEnded(_)), "{end:?}");
                }
                Err(CallError::Ended(_)) => assert!(matches!(when, When::Arrived), "{when:?}"),
                Err(error) => panic!("{when:?}: {error}"),
            }
        });
    }
}

/// Asterisk reports neither the beginning nor the end of media that it skips silently. They are an
/// outcome, as those are that it reports as failed.
#[test]
fn missing_media_are_a_result() {
    for media in ["silence:1", "recording:none", "tone:nonsense"] {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move {
                let played = call.play(media).await;
                (played, call.play("sound:one").await)
            });
            arrived.play_script(&[]).await;
            let (played, next) = program.await.unwrap();
            let expected = Played::Incomplete {
                media_uri: media.to_owned(),
            };
            assert_eq!(played.unwrap(), expected);
            assert_eq!(next.unwrap(), Played::Finished, "{media}");
            assert_eq!(arrived.pbx.playbacks(), [], "{media}");
        });
    }
}
