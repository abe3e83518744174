//! Others destroy the bridge of a step, or take a party out of it, also while the WebSocket is lost.

use ari_api::Client;
use ari_calls::call_queue::{CallQueue, CallQueueEnd, CallQueueTalk, CallQueueTalkEnd};
use ari_calls::conference::Conference;
use ari_calls::conversation::{ConversationEvent, ConversationState, Side};
use ari_calls::dial::Ringback;
use ari_calls::parking::{ParkEnd, Parking, ParkingLot};
use ari_calls::transfer::{CONSULTATION_VARIABLE, ConsultationEvent, ConsultationState, Consulted};
use ari_calls::{Call, CallError};
use ari_mock::FakeChannel;
use tokio::time::timeout;

use crate::conversation::{SECOND, arrived, dialed, places, talk};
use crate::support::{ms, with_clock};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Dial,
    EarlyMedia,
    Conversation,
    /// The callee is on hold.
    Hold,
}

/// An action of another program.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Destroy,
    Remove(Side),
    /// Brings a party into a bridge of its own.
    Move(Side),
}

use Act::{Destroy, Move, Remove};
use Side::{Callee, Caller};

/// Runs the step, and returns its end. The caller is still in the application.
async fn serve(mut call: Call, step: Step) -> Result<String, CallError> {
    let mut conversation = match step {
        Step::Dial | Step::EarlyMedia => {
            let dial = call.dial("PJSIP/bob");
            let dial = match step {
                Step::Dial => dial,
                _ => dial.ringback(Ringback::EarlyMedia),
            };
            let dialed = dial.await?.to_string();
            let (_, end) = dialed.split_once("ended by ").unwrap();
            assert_eq!(call.end(), None);
            return Ok(end.to_owned());
        }
        Step::Conversation | Step::Hold => talk(call, "PJSIP/bob").await?,
    };
    if step == Step::Hold {
        let _ = conversation.hold(Callee).await?;
    }
    let end = match conversation.next().await? {
        ConversationEvent::Ended(end) => end,
        other => panic!("{other:?}"),
    };
    assert_eq!(conversation.end(), Some(end.clone()));
    let again = conversation.hold(Caller).await?;
    assert_eq!(again, ConversationState::Ended(end.clone()));
    // Both are connected again.
    let connected = conversation.connect().await?;
    assert_eq!(connected, ConversationState::Ongoing);
    if let Ok(event) = timeout(12 * SECOND, conversation.next()).await {
        panic!("{event:?}");
    }
    let (caller, _callee) = conversation.separate().await;
    drop(caller);
    Ok(end.to_string())
}

/// Does it over another connection, after which nothing of it is left but the other bridge.
async fn act(client: &Client, act: Act, bridge: &str, alice: &FakeChannel, bob: &FakeChannel) {
    let bridge = client.bridge(bridge);
    let id = |side| match side {
        Caller => alice.id(),
        Callee => bob.id(),
    };
    match act {
        Destroy => bridge.destroy().await.unwrap(),
        Remove(side) => bridge.remove_channel([id(side)]).await.unwrap(),
        Move(side) => {
            let other = client.bridge("other");
            other.create_with_id().kind("mixing").await.unwrap();
            other.add_channel([id(side)]).await.unwrap();
        }
    }
}

#[test]
fn others_separate_both() {
    let cases = [
        (Destroy, "the destruction of its bridge"),
        (Remove(Caller), "the removal of the caller"),
        (Remove(Callee), "the removal of the callee"),
        (Move(Caller), "the removal of the caller"),
        (Move(Callee), "the removal of the callee"),
    ];
    let steps = [Step::Dial, Step::EarlyMedia, Step::Conversation, Step::Hold];
    for step in steps {
        for (what, expected) in cases {
            let is_same = match step {
                Step::Hold => matches!(what, Remove(Callee) | Move(Callee)),
                Step::EarlyMedia => what != Destroy,
                Step::Dial | Step::Conversation => false,
            };
            if is_same {
                continue;
            }
            for in_gap in [false, true] {
                with_clock(others_separate(step, what, expected, in_gap));
            }
        }
    }
}

async fn others_separate(step: Step, what: Act, expected: &str, in_gap: bool) {
    let case = format!("{step:?}, {what:?}, gap: {in_gap}");
    let mut arrived = arrived().await;
    let program = arrived.run(move |call| serve(call, step));
    arrived.pbx.idle().await;
    arrived.pbx.elapse(5 * SECOND).await;
    let bob = dialed(&arrived.pbx, "PJSIP/bob").unwrap();
    let bridge = arrived.alice.bridge().unwrap();
    let other = arrived.pbx.client().unwrap();
    if in_gap {
        let operation = "events.eventWebsocket";
        arrived.pbx.fail_times(operation, 503, "Unavailable", 2);
        arrived.pbx.drop_socket("calls");
        arrived.pbx.elapse(ms(20)).await;
    }
    act(&other, what, &bridge, &arrived.alice, &bob).await;
    arrived.pbx.elapse(4 * SECOND).await;
    if matches!(step, Step::Dial | Step::EarlyMedia) {
        arrived.pbx.elapse(10 * SECOND).await;
        // A callee that another program has taken is its own.
        assert_eq!(bob.exists(), what == Move(Callee), "{case}");
    } else {
        arrived.pbx.elapse(6 * SECOND).await;
        assert_eq!(places(&arrived), "alice+bob", "{case}");
        arrived.pbx.elapse(12 * SECOND).await;
    }
    assert!(program.is_finished(), "{case}: waits for ever");
    assert_eq!(program.await.unwrap().unwrap(), expected, "{case}");
    assert!(arrived.alice.exists(), "{case}");
    if matches!(what, Move(_)) {
        other.bridge("other").destroy().await.unwrap();
    }
    assert_eq!(arrived.pbx.bridges(), [], "{case}");
}

/// A step of the program takes a side out of its conversation.
#[test]
fn a_step_takes_a_side_out() {
    with_clock(async {
        let mut arrived = arrived().await;
        let program = arrived.run(async |call| {
            let mut conversation = talk(call, "PJSIP/bob").await.unwrap();
            let dial = conversation.call(Callee).dial("PJSIP/carol");
            let dialed = dial.max_duration(3 * SECOND).await.unwrap();
            let end = conversation.wait_for_end().await.unwrap();
            conversation.hang_up().await;
            format!("{dialed}, {end}")
        });
        arrived.pbx.idle().await;
        arrived.pbx.elapse(30 * SECOND).await;
        assert!(program.is_finished());
        let expected = "PJSIP/carol: talked for 3 s, ended by its longest duration, \
                        the removal of the callee";
        assert_eq!(program.await.unwrap(), expected);
        assert!(arrived.pbx.channel_ids().is_empty());
        assert_eq!(arrived.pbx.bridges(), []);
    });
}

/// A program that announces that it brings a party back separates nobody.
#[test]
fn announced_consultations_are_waited_for() {
    for comes_back in [true, false] {
        with_clock(async {
            let mut arrived = arrived().await;
            let program = arrived.run(move |call| serve(call, Step::Dial));
            arrived.pbx.idle().await;
            arrived.pbx.elapse(5 * SECOND).await;
            let bob = dialed(&arrived.pbx, "PJSIP/bob").unwrap();
            let bridge = arrived.alice.bridge().unwrap();
            let other = arrived.pbx.client().unwrap();
            let channel = other.channel(arrived.alice.id());
            let mark = channel.set_channel_var(CONSULTATION_VARIABLE);
            mark.clone().value("1").await.unwrap();
            act(&other, Move(Caller), &bridge, &arrived.alice, &bob).await;
            arrived.pbx.elapse(60 * SECOND).await;
            assert!(!program.is_finished());
            if comes_back {
                let back = other.bridge(&bridge).add_channel([arrived.alice.id()]);
                back.await.unwrap();
            }
            mark.value("").await.unwrap();
            arrived.pbx.elapse(20 * SECOND).await;
            assert_eq!(program.is_finished(), !comes_back);
            bob.hang_up();
            arrived.pbx.elapse(20 * SECOND).await;
            let expected = match comes_back {
                true => "the callee",
                false => "the removal of the caller",
            };
            assert_eq!(program.await.unwrap().unwrap(), expected);
            other.bridge("other").destroy().await.unwrap();
            assert_eq!(arrived.pbx.bridges(), []);
        });
    }
}

/// Alice and Bob talk in a consultation, or all three. Others separate them, and the program joins
/// all again.
async fn consult(call: Call, joins_all: bool) -> Result<String, CallError> {
    let conversation = talk(call, "PJSIP/bob").await?;
    let consult = conversation.consult(Caller, |bob| bob.dial("PJSIP/carol"));
    let mut consultation = match consult.await? {
        Consulted::Answered { consultation, .. } => consultation,
        other => panic!("{other:?}"),
    };
    if joins_all {
        let _ = consultation.join_all().await?;
    }
    let event = consultation.next().await?;
    let joined = consultation.join_all().await?;
    assert_eq!(joined, ConsultationState::Ongoing);
    if let Ok(event) = timeout(5 * SECOND, consultation.next()).await {
        panic!("{event:?}");
    }
    consultation.hang_up().await;
    Ok(match event {
        ConsultationEvent::Removed { party } => format!("{party:?} removed"),
        ConsultationEvent::BridgeDestroyed => "destroyed".to_owned(),
        other => panic!("{other:?}"),
    })
}

#[test]
fn others_separate_a_consultation() {
    let cases = [
        (Destroy, "destroyed"),
        (Remove(Callee), "Transferor removed"),
        (Move(Callee), "Transferor removed"),
    ];
    for joins_all in [false, true] {
        for (what, expected) in cases {
            with_clock(async {
                let case = format!("{what:?}, all: {joins_all}");
                let mut arrived = arrived().await;
                let program = arrived.run(move |call| consult(call, joins_all));
                arrived.pbx.idle().await;
                arrived.pbx.elapse(6 * SECOND).await;
                let bob = dialed(&arrived.pbx, "PJSIP/bob").unwrap();
                let bridge = bob.bridge().unwrap();
                let other = arrived.pbx.client().unwrap();
                act(&other, what, &bridge, &arrived.alice, &bob).await;
                arrived.pbx.elapse(5 * SECOND).await;
                assert_eq!(places(&arrived), "alice+bob+carol", "{case}");
                arrived.pbx.elapse(10 * SECOND).await;
                assert!(program.is_finished(), "{case}: waits for ever");
                assert_eq!(program.await.unwrap().unwrap(), expected, "{case}");
                assert!(arrived.pbx.channel_ids().is_empty(), "{case}");
                if matches!(what, Move(_)) {
                    other.bridge("other").destroy().await.unwrap();
                }
                assert_eq!(arrived.pbx.bridges(), [], "{case}");
            });
        }
    }
}

/// A caller and an agent of a queue. Returns the ends that both sides report.
#[test]
fn others_separate_a_caller_and_an_agent() {
    let cases = [
        (Destroy, CallQueueTalkEnd::BridgeDestroyed),
        (Remove(Caller), CallQueueTalkEnd::CallerRemoved),
        (Remove(Callee), CallQueueTalkEnd::AgentRemoved),
        (Move(Caller), CallQueueTalkEnd::CallerRemoved),
        (Move(Callee), CallQueueTalkEnd::AgentRemoved),
    ];
    for (what, expected) in cases {
        for in_gap in [false, true] {
            with_clock(async {
                let case = format!("{what:?}, gap: {in_gap}");
                let mut arrived = arrived().await;
                let (agent, mut agent_call) = arrived.arrive("agent").await;
                let queue = CallQueue::builder().build();
                let mut call = arrived.call.take().unwrap();
                let program = tokio::spawn(async move {
                    let enter = queue.enter(&mut call).into_future();
                    let serve = async { queue.next().await.connect(&mut agent_call).await };
                    tokio::join!(enter, serve)
                });
                arrived.pbx.idle().await;
                arrived.pbx.elapse(5 * SECOND).await;
                let bridge = arrived.alice.bridge().unwrap();
                let other = arrived.pbx.client().unwrap();
                if in_gap {
                    let operation = "events.eventWebsocket";
                    arrived.pbx.fail_times(operation, 503, "Unavailable", 2);
                    arrived.pbx.drop_socket("calls");
                    arrived.pbx.elapse(ms(20)).await;
                }
                act(&other, what, &bridge, &arrived.alice, &agent).await;
                arrived.pbx.elapse(15 * SECOND).await;
                assert!(program.is_finished(), "{case}: waits for ever");
                let ends = match program.await.unwrap() {
                    (
                        Ok(CallQueueEnd::Talked { ended_by, .. }),
                        Ok(CallQueueTalk::Talked { ended_by: by, .. }),
                    ) => [ended_by, by],
                    other => panic!("{case}: {other:?}"),
                };
                assert_eq!(ends, [expected.clone(), expected.clone()], "{case}");
                assert!(arrived.alice.exists() && agent.exists(), "{case}");
                if matches!(what, Move(_)) {
                    other.bridge("other").destroy().await.unwrap();
                }
                assert_eq!(arrived.pbx.bridges(), [], "{case}");
            });
        }
    }
}

/// A participant of a conference that is removed in a gap.
#[test]
fn others_separate_a_conference() {
    for (what, expected) in [(Destroy, 2), (Remove(Caller), 1)] {
        for in_gap in [false, true] {
            with_clock(async {
                let case = format!("{what:?}, gap: {in_gap}");
                let mut arrived = arrived().await;
                let (bob, bob_call) = arrived.arrive("bob").await;
                let conference = Conference::builder("room").build();
                let alice_call = arrived.call.take().unwrap();
                let programs = [alice_call, bob_call].map(|mut call| {
                    let conference = conference.clone();
                    tokio::spawn(async move { conference.join(&mut call).await })
                });
                arrived.pbx.idle().await;
                arrived.pbx.elapse(5 * SECOND).await;
                let bridge = arrived.alice.bridge().unwrap();
                let other = arrived.pbx.client().unwrap();
                if in_gap {
                    let operation = "events.eventWebsocket";
                    arrived.pbx.fail_times(operation, 503, "Unavailable", 2);
                    arrived.pbx.drop_socket("calls");
                    arrived.pbx.elapse(ms(20)).await;
                }
                act(&other, what, &bridge, &arrived.alice, &bob).await;
                arrived.pbx.elapse(15 * SECOND).await;
                let finished = programs.iter().filter(|it| it.is_finished());
                assert_eq!(finished.count(), expected, "{case}");
                for program in programs {
                    program.abort();
                }
                arrived.pbx.elapse(5 * SECOND).await;
                assert_eq!(arrived.pbx.bridges(), [], "{case}");
            });
        }
    }
}

/// A parked call that others take out of its slot.
#[test]
fn others_take_a_parked_call() {
    for what in [Destroy, Remove(Caller), Move(Caller)] {
        for in_gap in [false, true] {
            with_clock(async {
                let case = format!("{what:?}, gap: {in_gap}");
                let mut arrived = arrived().await;
                let lot = ParkingLot::new(1..=1);
                let parking = lot.clone();
                let program = arrived.run(move |call| async move {
                    let Ok(Parking::Parked(parked)) = parking.park(call).await else {
                        panic!("not parked");
                    };
                    parked.wait().await
                });
                arrived.pbx.idle().await;
                arrived.pbx.elapse(2 * SECOND).await;
                let bridge = arrived.alice.bridge().unwrap();
                let other = arrived.pbx.client().unwrap();
                if in_gap {
                    let operation = "events.eventWebsocket";
                    arrived.pbx.fail_times(operation, 503, "Unavailable", 2);
                    arrived.pbx.drop_socket("calls");
                    arrived.pbx.elapse(ms(20)).await;
                }
                act(&other, what, &bridge, &arrived.alice, &arrived.alice).await;
                arrived.pbx.elapse(15 * SECOND).await;
                assert!(program.is_finished(), "{case}: waits for ever");
                let end = program.await.unwrap();
                assert!(matches!(end, ParkEnd::Removed(_)), "{case}: {end:?}");
                assert!(lot.occupied().is_empty(), "{case}");
                assert!(arrived.alice.exists(), "{case}");
                if matches!(what, Move(_)) {
                    other.bridge("other").destroy().await.unwrap();
                }
                assert_eq!(arrived.pbx.bridges(), [], "{case}");
            });
        }
    }
}
