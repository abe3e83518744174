//! Several calls of one channel: one of them at a time is in a step that connects it.

use std::time::Duration;

use ari_calls::call_queue::CallQueue;
use ari_calls::conference::Conference;
use ari_calls::conversation::Conversation;
use ari_calls::parking::{Parking, ParkingLot};
use ari_calls::{Call, CallError};
use tokio::time::{sleep, timeout};

use crate::conversation::{SECOND, arrived};
use crate::support::with_clock;

#[derive(Clone, Copy, Debug)]
enum Step {
    Dial,
    WaitForAnswer,
    Conversation,
    Park,
    Conference,
    Queue,
    Agent,
    Supervise,
}

const STEPS: [Step; 8] = [
    Step::Dial,
    Step::WaitForAnswer,
    Step::Conversation,
    Step::Park,
    Step::Conference,
    Step::Queue,
    Step::Agent,
    Step::Supervise,
];

const LONG: Duration = Duration::from_secs(3600);

/// Begins a step that does not end by itself. `other` is another call, for steps of two.
async fn begin(step: Step, mut call: Call, mut other: Call) -> Result<(), CallError> {
    let queue = CallQueue::builder().build();
    match step {
        Step::Dial => _ = call.dial("PJSIP/bob").await?,
        Step::WaitForAnswer => {
            let dial = call.dial("PJSIP/never").timeout(LONG);
            dial.wait_for_answer().await?;
        }
        Step::Conversation => {
            let mut conversation = Conversation::new(call, other);
            let _ = conversation.connect().await?;
            conversation.wait_for_end().await?;
        }
        Step::Park => {
            let lot = ParkingLot::new(1..=1).limit(LONG);
            let Parking::Parked(parked) = lot.park(call).await? else {
                panic!("the slot is occupied");
            };
            parked.wait().await;
        }
        Step::Conference => _ = Conference::builder("room").build().join(&mut call).await?,
        Step::Queue => _ = queue.enter(&mut call).max_wait(LONG).await?,
        Step::Agent => {
            let serve = async { queue.next().await.connect(&mut call).await };
            let (entered, served) = tokio::join!(queue.enter(&mut other).into_future(), serve);
            served?;
            entered?;
        }
        Step::Supervise => {
            let supervision = call.supervise(other.id()).await?;
            sleep(LONG).await;
            supervision.end().await;
        }
    }
    Ok(())
}

#[test]
fn second_calls_of_a_channel_are_refused() {
    for (at, first) in STEPS.into_iter().enumerate() {
        // Each step beside itself, and beside the next one.
        let seconds = STEPS.into_iter().cycle().skip(at).take(2);
        for second in seconds {
            with_clock(async {
                let case = format!("{first:?}, then {second:?}");
                let mut arrived = arrived().await;
                let alice = arrived.call.take().unwrap();
                let again = |call: &Call| {
                    let channel = call.channel().clone();
                    let events = channel.events();
                    Call::new(channel, events)
                };
                let (twin, third) = (again(&alice), again(&alice));
                let (_, one) = arrived.arrive("one").await;
                let (_, two) = arrived.arrive("two").await;
                let (_, three) = arrived.arrive("three").await;
                let running = tokio::spawn(begin(first, alice, one));
                arrived.pbx.idle().await;
                arrived.pbx.elapse(3 * SECOND).await;
                let bridge = arrived.alice.bridge();
                let refused = tokio::spawn(timeout(SECOND, begin(second, twin, two)));
                arrived.pbx.elapse(3 * SECOND).await;
                match refused.await.unwrap() {
                    Ok(Err(CallError::InUse { channel_id })) => {
                        assert_eq!(channel_id, arrived.alice.id(), "{case}");
                    }
                    // The caller waits for an agent that is refused.
                    Err(_) if matches!(second, Step::Agent) => {}
                    other => panic!("{case}: {other:?}"),
                }
                assert!(!running.is_finished(), "{case}");
                assert!(arrived.alice.exists(), "{case}");
                assert_eq!(arrived.alice.bridge(), bridge, "{case}");
                running.abort();
                arrived.pbx.elapse(3 * SECOND).await;
                // Dropped conversations and parking lots hang up.
                if arrived.alice.exists() {
                    let next = tokio::spawn(timeout(2 * SECOND, begin(second, third, three)));
                    arrived.pbx.elapse(3 * SECOND).await;
                    let held = next.await.unwrap();
                    assert!(held.is_err(), "{case}: {held:?}");
                }
            });
        }
    }
}
