//! Queues: who is taken when, announcements, ends, and that nothing is left behind.

use std::time::Duration;

use ari_api::Error;
use ari_calls::call_queue::{CallQueue, CallQueueEnd, CallQueueTalk, CallQueueTalkEnd};
use ari_calls::{Call, CallEnd, CallError, Key, Keys, Prompt};
use ari_mock::Asterisk;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::support::{Arrived, SOUND, assert_due, ms, with_clock};

const SECOND: Duration = Duration::from_secs(1);

async fn arrived() -> Arrived {
    let pbx = Asterisk::builder().frozen();
    Arrived::at(pbx.sound("one", SOUND).sound("two", SOUND)).await
}

/// A queue that announces the position 1 by the sound `one`, and others by `two`.
fn queue() -> CallQueue {
    let queue = CallQueue::builder().announce_every(4 * SECOND);
    let prompt = |position| match position {
        1 => Prompt::from("sound:one"),
        _ => Prompt::from("sound:two"),
    };
    queue.position_prompt(prompt).max_callers(3).build()
}

type Entered = JoinHandle<Result<CallQueueEnd, CallError>>;

/// Lets a caller enter. `#` leaves.
fn enter(queue: &CallQueue, mut call: Call, max_wait: Duration) -> Entered {
    let queue = queue.clone();
    tokio::spawn(async move {
        let enter = queue.enter(&mut call).leave_keys(Keys::POUND);
        enter.max_wait(max_wait).await
    })
}

/// Serves callers, until the agent's call ends. Returns what became of each.
fn serve(queue: &CallQueue, mut call: Call) -> JoinHandle<Result<Vec<CallQueueTalk>, CallError>> {
    let queue = queue.clone();
    tokio::spawn(async move {
        let mut talks = Vec::new();
        while call.end().is_none() {
            let next = tokio::select! {
                next = queue.next() => next,
                end = call.wait_for_end() => {
                    end?;
                    break;
                }
            };
            let connect = next.connect(&mut call).end_keys(Keys::STAR);
            talks.push(connect.max_duration(50 * SECOND).await?);
        }
        Ok(talks)
    })
}

/// Returns an outcome in short: `caller 7 s`.
fn short(ended_by: &CallQueueTalkEnd, duration: Duration) -> String {
    let by = match ended_by {
        CallQueueTalkEnd::Caller(CallEnd::HungUp { .. }) => "caller",
        CallQueueTalkEnd::Agent(CallEnd::HungUp { .. }) => "agent",
        CallQueueTalkEnd::AgentKey(Key::Star) => "key",
        CallQueueTalkEnd::MaxDuration => "limit",
        other => panic!("{other:?}"),
    };
    format!("{by} {} s", duration.as_secs_f64().round())
}

#[test]
fn callers_wait_until_something_ends_it() {
    // (time in seconds and action, outcome of the caller, of the agent, time in milliseconds,
    // announcements): `a` lets an agent come, `h` and `H` hang up the caller and the agent, other
    // texts are keys of both.
    type Case = (
        &'static [(u64, &'static str)],
        &'static str,
        &'static [&'static str],
        u64,
        usize,
    );
    let cases: [Case; 10] = [
        (&[], "timed out", &[], 20_000, 3),
        (
            &[(3, "a")],
            "limit 50 s after 3 s",
            &["limit 50 s"],
            53_000,
            0,
        ),
        (&[(3, "#")], "key", &[], 3000, 0),
        // In the middle of an announcement.
        (&[(5, "#")], "key", &[], 5000, 1),
        (&[(5, "h")], "hung up", &[], 5000, 1),
        (
            &[(3, "a"), (10, "h")],
            "caller 7 s after 3 s",
            &["caller 7 s"],
            10_000,
            0,
        ),
        (
            &[(5, "a"), (10, "H")],
            "agent 5 s after 5 s",
            &["agent 5 s"],
            10_000,
            1,
        ),
        (
            &[(3, "a"), (9, "*")],
            "key 6 s after 3 s",
            &["key 6 s"],
            9000,
            0,
        ),
        // `#` is no key of the conversation.
        (
            &[(3, "a"), (5, "#"), (9, "*")],
            "key 6 s after 3 s",
            &["key 6 s"],
            9000,
            0,
        ),
        (
            &[(3, "a"), (40, "h")],
            "caller 37 s after 3 s",
            &["caller 37 s"],
            40_000,
            0,
        ),
    ];
    for (script, expected, expected_talks, due, announcements) in cases {
        with_clock(async {
            let mut arrived = arrived().await;
            let queue = queue();
            let (agent, mut agent_call) = {
                let (agent, call) = arrived.arrive("agent").await;
                (agent, Some(call))
            };
            let entering = enter(&queue, arrived.call.take().unwrap(), 20 * SECOND);
            let entered = tokio::spawn(async move {
                let begin = Instant::now();
                (entering.await.unwrap(), begin.elapsed())
            });
            arrived.pbx.wait_for_response("channels.startMoh", 1).await;
            assert_eq!((queue.len(), queue.waiting_agents()), (1, 0));
            assert_eq!(arrived.alice.music_class().as_deref(), Some("default"));
            let mut served = None;
            let mut now = 0;
            for (at, action) in script {
                arrived.pbx.elapse((at - now) as u32 * SECOND).await;
                now = *at;
                match *action {
                    "a" => served = agent_call.take().map(|call| serve(&queue, call)),
                    "h" => arrived.alice.hang_up(),
                    "H" => agent.hang_up(),
                    keys => {
                        arrived.alice.press(keys);
                        agent.press(keys);
                    }
                }
                arrived.pbx.idle().await;
                if *action == "a" {
                    arrived.pbx.wait_for_response("bridges.addChannel", 2).await;
                    assert_eq!(arrived.alice.bridge(), agent.bridge());
                    assert!(agent.bridge().is_some());
                }
            }
            arrived.pbx.elapse((60 - now) as u32 * SECOND).await;
            let (entered, took) = entered.await.unwrap();
            assert_due(took, due, expected);
            let outcome = match entered {
                Ok(CallQueueEnd::TimedOut) => "timed out".to_owned(),
                Ok(CallQueueEnd::Key(Key::Pound)) => "key".to_owned(),
                Ok(CallQueueEnd::Talked {
                    agent: taken_by,
                    waited,
                    duration,
                    ended_by,
                    ..
                }) => {
                    assert_eq!(taken_by, "agent");
                    let waited = waited.as_secs_f64().round();
                    format!("{} after {waited} s", short(&ended_by, duration))
                }
                Err(CallError::Ended(CallEnd::HungUp { .. })) => "hung up".to_owned(),
                other => panic!("{script:?}: {other:?}"),
            };
            assert_eq!(outcome, expected, "{script:?}");
            assert_eq!(arrived.played().len(), announcements, "{script:?}");
            agent.hang_up();
            arrived.pbx.elapse(SECOND).await;
            if let Some(served) = served {
                let talks = served.await.unwrap().unwrap();
                let talks: Vec<_> = talks
                    .iter()
                    .map(|talk| match talk {
                        CallQueueTalk::Talked {
                            duration, ended_by, ..
                        } => short(ended_by, *duration),
                        other => panic!("{other:?}"),
                    })
                    .collect();
                assert_eq!(talks, expected_talks, "{script:?}");
            }
            assert_eq!(arrived.pbx.bridges(), [], "{script:?}");
            assert_eq!(arrived.pbx.playbacks(), [], "{script:?}");
            assert_eq!(arrived.alice.music_class(), None, "{script:?}");
            assert_eq!((queue.len(), queue.waiting_agents()), (0, 0), "{script:?}");
            arrived.pbx.assert_no_violations();
        });
    }
}

#[test]
fn first_who_came_is_first_who_is_taken() {
    with_clock(async {
        let mut arrived = arrived().await;
        let queue = queue();
        let (mut callers, mut entered) = (Vec::new(), Vec::new());
        for id in ["a", "b", "c", "d"] {
            let (caller, call) = arrived.arrive(id).await;
            callers.push(caller);
            entered.push(enter(&queue, call, 600 * SECOND));
            arrived.pbx.elapse(ms(100)).await;
        }
        assert_eq!(queue.len(), 3);
        assert_eq!(
            entered.pop().unwrap().await.unwrap().unwrap(),
            CallQueueEnd::Full
        );
        arrived.pbx.elapse(5 * SECOND).await;
        let mut played = arrived.played();
        played.sort();
        assert_eq!(played, ["one", "two", "two"]);

        // Who is given back keeps the place, and who hangs up loses it.
        let first = queue.next().await;
        assert_eq!(first.channel().channel_id(), "a");
        assert!(first.waited() > 5 * SECOND);
        assert_eq!(queue.len(), 2);
        drop(first);
        assert_eq!(queue.len(), 3);
        let first = queue.next().await;
        assert_eq!(first.channel().channel_id(), "a");
        callers[0].hang_up();
        arrived.pbx.elapse(ms(100)).await;
        assert!(first.is_gone());
        let mut agent = arrived.call.take().unwrap();
        assert_eq!(
            first.connect(&mut agent).await.unwrap(),
            CallQueueTalk::CallerGone
        );

        // An agent who waits no more takes nobody.
        let second = queue.next().await;
        let third = queue.next().await;
        {
            let mut cancelled = Box::pin(queue.next());
            assert!(futures_poll(&mut cancelled).await);
            assert_eq!(queue.waiting_agents(), 1);
            drop(third);
            assert_eq!(queue.len(), 0);
        }
        assert_eq!(queue.len(), 1);
        drop(second);
        let order = [queue.next().await, queue.next().await];
        let order = order
            .each_ref()
            .map(|it| it.channel().channel_id().to_owned());
        assert_eq!(order, ["b", "c"]);

        let entered = entered.into_iter();
        for program in entered {
            program.abort();
        }
        arrived.pbx.elapse(SECOND).await;
        assert!(queue.is_empty());
        assert!(callers.iter().all(|caller| caller.music_class().is_none()));
    });
}

/// Polls a future once. Returns `true` if it is not finished.
async fn futures_poll<T>(future: &mut (impl Future<Output = T> + Unpin)) -> bool {
    tokio::select! {
        biased;
        _ = future => false,
        () = std::future::ready(()) => true,
    }
}

/// A hangup of either side, a dropped future and a lost WebSocket, at every moment.
#[test]
fn nothing_is_left_behind() {
    #[derive(Clone, Copy, Debug)]
    enum Fault {
        CallerHangsUp,
        AgentHangsUp,
        CallerDropped,
        AgentDropped,
        Gap,
    }
    let faults = [
        Fault::CallerHangsUp,
        Fault::AgentHangsUp,
        Fault::CallerDropped,
        Fault::AgentDropped,
        Fault::Gap,
    ];
    for fault in faults {
        for at in (0..24).chain([30, 35]) {
            with_clock(async {
                let name = format!("{fault:?} at {at}");
                let mut arrived = arrived().await;
                let queue = queue();
                let (agent, agent_call) = arrived.arrive("agent").await;
                let mut agent_call = Some(agent_call);
                let entered = enter(&queue, arrived.call.take().unwrap(), 8 * SECOND);
                let mut served = None;
                for step in 0..40 {
                    if step == 10 {
                        served = agent_call.take().map(|call| serve(&queue, call));
                    }
                    if step == at {
                        match fault {
                            Fault::CallerHangsUp => arrived.alice.hang_up(),
                            Fault::AgentHangsUp => agent.hang_up(),
                            Fault::CallerDropped => entered.abort(),
                            Fault::AgentDropped => {
                                if let Some(served) = &served {
                                    served.abort();
                                }
                                agent_call = None;
                            }
                            Fault::Gap => arrived.pbx.drop_connections(),
                        }
                    }
                    // A request and its response take some steps of the runtime.
                    for _ in 0..4 {
                        tokio::task::yield_now().await;
                    }
                    if step % 20 == 19 {
                        arrived.pbx.elapse(ms(300)).await;
                    }
                }
                arrived.pbx.elapse(4 * SECOND).await;
                agent.press("*");
                arrived.pbx.elapse(10 * SECOND).await;
                assert!(entered.is_finished(), "{name}");
                match (fault, entered.await) {
                    (Fault::CallerHangsUp, Ok(Err(CallError::Ended(_)))) => {}
                    (Fault::CallerDropped, Err(error)) => assert!(error.is_cancelled()),
                    (Fault::AgentHangsUp | Fault::AgentDropped, Ok(Ok(CallQueueEnd::TimedOut))) => {
                    }
                    // A request was cut as well.
                    (Fault::Gap, Ok(Err(CallError::Request(Error::OutcomeUnknown { .. })))) => {}
                    (Fault::Gap, Ok(Ok(CallQueueEnd::TimedOut))) => {}
                    (_, Ok(Ok(CallQueueEnd::Talked { ended_by, .. }))) => {
                        let expected = match (fault, &ended_by) {
                            (Fault::CallerHangsUp, CallQueueTalkEnd::Caller(_)) => true,
                            (Fault::AgentHangsUp, CallQueueTalkEnd::Agent(_)) => true,
                            (Fault::AgentDropped, CallQueueTalkEnd::AgentCancelled) => true,
                            (_, CallQueueTalkEnd::AgentKey(_)) => {
                                matches!(fault, Fault::Gap | Fault::AgentDropped)
                            }
                            _ => false,
                        };
                        assert!(expected, "{name}: {ended_by:?}");
                    }
                    (_, outcome) => panic!("{name}: {outcome:?}"),
                }
                agent.hang_up();
                arrived.pbx.elapse(SECOND).await;
                if let Some(served) = served {
                    assert!(served.is_finished(), "{name}");
                }
                assert_eq!(arrived.pbx.bridges(), [], "{name}");
                assert_eq!(arrived.pbx.playbacks(), [], "{name}");
                assert_eq!(arrived.alice.music_class(), None, "{name}");
                assert_eq!(arrived.alice.bridge(), None, "{name}");
                assert_eq!((queue.len(), queue.waiting_agents()), (0, 0), "{name}");
            });
        }
    }
}
