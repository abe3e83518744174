//! The end of a call, and a gap in the connection, at every moment of a step.

use std::time::Duration;

use ari_calls::call_queue::CallQueue;
use ari_calls::conference::Conference;
use ari_calls::menu::Menu;
use ari_calls::{Call, CallEnd, CallError};
use tokio::time::timeout;

use crate::support::{Arrived, ms, with_clock};

/// A program of all steps, which passes the end of the call on.
async fn serve(mut call: Call) -> Result<&'static str, CallError> {
    call.answer().await?;
    call.detect_answering_machine().await?;
    call.play(["sound:one", "sound:two"]).await?;
    call.collect(2)
        .prompt("sound:one")
        .attempts(2)
        .no_input("sound:two")
        .await?;
    let menu = Menu::new("sound:one").on("1", ()).attempts(2);
    call.choose(&menu).await?;
    let mut queue = call.play_queue();
    queue.push(["sound:one", "sound:two"])?;
    queue.finished().await?;
    let recorded = call
        .record("message", "wav")
        .max_duration(Duration::from_secs(5))
        .await?;
    call.play(format!("recording:{}", recorded.stored.recording_name()).as_str())
        .await?;
    let conference = Conference::builder("room").build();
    let stay = timeout(
        Duration::from_secs(2),
        conference.join(&mut call).into_future(),
    );
    if let Ok(end) = stay.await {
        end?;
    }
    let queue = CallQueue::builder().build();
    queue
        .enter(&mut call)
        .max_wait(Duration::from_secs(2))
        .await?;
    Ok("served")
}

/// Moments with a pause of half a second, over the whole program.
fn moments() -> impl Iterator<Item = Duration> {
    (0..150).map(|moment| ms(510 * moment + 10))
}

#[test]
fn hangups_end_every_step() {
    let at = |moment: Duration| async move {
        let mut arrived = Arrived::new().await;
        let program = arrived.run(serve);
        arrived.pbx.idle().await;
        arrived.pbx.elapse(moment).await;
        arrived.alice.hang_up();
        arrived.pbx.elapse(ms(100)).await;
        assert!(program.is_finished(), "{moment:?}: the program goes on");
        let result = program.await.unwrap();
        assert_eq!(arrived.pbx.playbacks(), [], "{moment:?}");
        assert_eq!(arrived.pbx.live_recordings(), [], "{moment:?}");
        assert_eq!(arrived.pbx.bridges(), [], "{moment:?}");
        match result {
            Err(CallError::Ended(CallEnd::HungUp { cause, .. })) => {
                assert_eq!(cause, Some(16), "{moment:?}");
                true
            }
            Ok("served") => false,
            other => panic!("{moment:?}: {other:?}"),
        }
    };
    let ended = moments()
        .take_while(|moment| with_clock(at(*moment)))
        .count();
    assert!((50..150).contains(&ended), "{ended} moments");
}

/// A lost WebSocket that is open again is not a hangup: the program reaches its end.
#[test]
fn gaps_end_no_step() {
    let at = |moment: Duration| async move {
        let mut arrived = Arrived::new().await;
        let program = arrived.run(serve);
        arrived.pbx.idle().await;
        arrived.pbx.elapse(moment).await;
        if program.is_finished() {
            return false;
        }
        arrived.pbx.drop_connections();
        arrived.pbx.elapse(Duration::from_secs(300)).await;
        assert!(
            program.is_finished(),
            "{moment:?}: the program waits for ever"
        );
        assert_eq!(program.await.unwrap().unwrap(), "served", "{moment:?}");
        true
    };
    let mut moments = moments().step_by(4);
    let gaps = moments
        .by_ref()
        .take_while(|moment| with_clock(at(*moment)))
        .count();
    assert!((12..37).contains(&gaps), "{gaps} moments");
}

#[tokio::test]
async fn a_call_that_leaves_the_application_has_ended_for_the_program() {
    let mut arrived = Arrived::new().await;
    let channel = arrived.call.as_ref().unwrap().channel().clone();
    let program = arrived.run(serve);
    arrived.pbx.idle().await;
    arrived.pbx.elapse(ms(500)).await;
    // It waits behind the playback.
    let to_dialplan = channel
        .continue_in_dialplan()
        .context("testari")
        .extension("echo");
    let leaving = tokio::spawn(to_dialplan.into_future());
    arrived.pbx.elapse(Duration::from_secs(10)).await;
    leaving.await.unwrap().unwrap();
    let error = program.await.unwrap().unwrap_err();
    assert_eq!(error.call_end(), Some(&CallEnd::LeftApplication), "{error}");
}
