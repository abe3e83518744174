//! Queues of `ari-calls`, with phones on the other ends of Local channels.

use std::time::Duration;

use ari_api::Event;
use ari_api::models::PlaybackState;
use ari_api::stream::EventStream;
use ari_calls::call_queue::{CallQueue, CallQueueEnd, CallQueueTalk, CallQueueTalkEnd};
use ari_calls::{Call, CallError, Key, Keys};
use ari_test_support::within_limit;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::live::call_steps::{call, on_every_release, press, wait_until_legs_are_removed};
use crate::live::conferences::{detect_sound, wait_for_sound};

/// A limit that no test reaches.
const LONG: Duration = Duration::from_secs(600);

/// Lets a caller enter. `#` leaves.
fn enter(
    queue: &CallQueue,
    mut call: Call,
    max_wait: Duration,
) -> JoinHandle<(Result<CallQueueEnd, CallError>, Call)> {
    let queue = queue.clone();
    tokio::spawn(async move {
        let enter = queue.enter(&mut call).leave_keys(Keys::POUND);
        (enter.max_wait(max_wait).await, call)
    })
}

/// Connects an agent with the next caller. `*` ends the conversation.
fn serve(
    queue: &CallQueue,
    mut agent: Call,
) -> JoinHandle<(Result<CallQueueTalk, CallError>, Call)> {
    let queue = queue.clone();
    tokio::spawn(async move {
        let next = queue.next().await;
        let talk = next.connect(&mut agent).end_keys(Keys::STAR).await;
        (talk, agent)
    })
}

/// Waits until so many callers wait.
async fn wait_for_callers(queue: &CallQueue, callers: usize) {
    within_limit(async {
        while queue.len() != callers {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

#[test]
fn callers_wait_and_talk_with_an_agent() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let queue = CallQueue::builder().announce_every(Duration::from_secs(1));
        let queue = queue.build();
        let (alice, alice_phone) = call(client, app).await;
        let (bob, bob_phone) = call(client, app).await;
        let (carol, carol_phone) = call(client, app).await;
        let (agent, agent_phone) = call(client, app).await;

        // Music, then the announcement of the position.
        detect_sound(&alice_phone).await;
        let alice = enter(&queue, alice, LONG);
        wait_for_callers(&queue, 1).await;
        let bob = enter(&queue, bob, LONG);
        wait_for_callers(&queue, 2).await;
        let carol = enter(&queue, carol, Duration::from_secs(5));
        wait_for_sound(app, &alice_phone).await;
        let (timed_out, carol) = within_limit(carol).await.unwrap();
        assert_eq!(timed_out.unwrap(), CallQueueEnd::TimedOut, "{release}");

        // The first is taken, and hears the agent. The agent ends it by a key.
        detect_sound(&alice_phone).await;
        let served = serve(&queue, agent);
        wait_for_callers(&queue, 1).await;
        agent_phone
            .play(["digits:12345678901234567890"])
            .await
            .unwrap();
        wait_for_sound(app, &alice_phone).await;
        press(&agent_phone, 0, "*").await;
        let (talk, agent) = within_limit(served).await.unwrap();
        let by_key = CallQueueTalkEnd::AgentKey(Key::Star);
        let is_by_key = |talk: &CallQueueTalk| match talk {
            CallQueueTalk::Talked { ended_by, .. } => *ended_by == by_key,
            _ => false,
        };
        assert!(talk.as_ref().is_ok_and(is_by_key), "{release}: {talk:?}");
        let (end, mut alice) = within_limit(alice).await.unwrap();
        match end {
            Ok(CallQueueEnd::Talked {
                agent: id,
                ended_by,
                ..
            }) => assert_eq!((&*id, ended_by), (agent.id(), by_key), "{release}"),
            end => panic!("{release}: {end:?}"),
        }
        // The caller can go on.
        alice.play("sound:beep").await.unwrap();
        alice.hang_up().await.unwrap();

        // The next one hangs up.
        let served = serve(&queue, agent);
        wait_for_callers(&queue, 0).await;
        sleep(Duration::from_millis(300)).await;
        bob_phone.hangup().await.unwrap();
        let (talk, agent) = within_limit(served).await.unwrap();
        let (end, _) = within_limit(bob).await.unwrap();
        match (&talk, &end) {
            (
                Ok(CallQueueTalk::Talked { ended_by, .. }),
                Ok(CallQueueEnd::Talked { ended_by: end, .. }),
            ) => {
                let is_caller = matches!(ended_by, CallQueueTalkEnd::Caller(_));
                assert!(is_caller && ended_by == end, "{release}: {talk:?}, {end:?}");
            }
            // A slow server was still connecting them.
            (Ok(CallQueueTalk::CallerGone), Err(CallError::Ended(_))) => {}
            _ => panic!("{release}: {talk:?}, {end:?}"),
        }

        // An agent that hangs up leaves the caller, who leaves the queue by a key, and waits again.
        let carol = enter(&queue, carol, LONG);
        wait_for_callers(&queue, 1).await;
        press(&carol_phone, 0, "#").await;
        let (left, carol) = within_limit(carol).await.unwrap();
        assert_eq!(left.unwrap(), CallQueueEnd::Key(Key::Pound), "{release}");
        let carol = enter(&queue, carol, LONG);
        let served = serve(&queue, agent);
        detect_sound(&carol_phone).await;
        agent_phone
            .play(["digits:12345678901234567890"])
            .await
            .unwrap();
        wait_for_sound(app, &carol_phone).await;
        agent_phone.hangup().await.unwrap();
        let (talk, _) = within_limit(served).await.unwrap();
        println!("{release}: {talk:?}");
        carol_phone.hangup().await.unwrap();
        let (end, _) = within_limit(carol).await.unwrap();
        println!("{release}: {end:?}");
        wait_until_legs_are_removed(client, 0).await;
        assert!(queue.is_empty(), "{release}");
    });
}

/// Collects the media that channels hear, until one has heard `last` so often. Playbacks that were
/// finished are marked by a full stop.
async fn heard(
    app: &mut EventStream<Event>,
    channel: &str,
    last: &str,
    count: usize,
) -> Vec<(String, String)> {
    let mut heard: Vec<(String, String)> = Vec::new();
    within_limit(async {
        loop {
            let event = app.next().await.unwrap().unwrap();
            let (playback, end) = match &*event {
                Event::PlaybackStarted(it) => (&it.playback, ""),
                Event::PlaybackContinuing(it) => (&it.playback, ""),
                Event::PlaybackFinished(it) if it.playback.state == PlaybackState::Done => {
                    (&it.playback, ".")
                }
                _ => continue,
            };
            let target = playback.target_uri.replace("channel:", "");
            heard.push((target, format!("{}{end}", playback.media_uri)));
            let is_last = |it: &&(String, String)| it.0 == channel && it.1 == last;
            if heard.iter().filter(is_last).count() >= count {
                return;
            }
        }
    })
    .await;
    heard
}

/// Callers hear their position again and again, and the new one when the
/// caller before has left.
#[test]
fn callers_hear_their_position() {
    const NEXT: &str = "sound:queue-youarenext.";
    on_every_release(async |server, client, app| {
        let release = server.release();
        let queue = CallQueue::builder().announce_every(Duration::from_secs(1));
        let queue = queue.build();
        let (alice, alice_phone) = call(client, app).await;
        let (bob, bob_phone) = call(client, app).await;
        let (alice_id, bob_id) = (alice.id().to_owned(), bob.id().to_owned());
        let alice = enter(&queue, alice, LONG);
        wait_for_callers(&queue, 1).await;
        let bob = enter(&queue, bob, LONG);
        wait_for_callers(&queue, 2).await;

        let second = "sound:queue-callswaiting.";
        let all = heard(app, &bob_id, second, 2).await;
        let mut of_bob: Vec<&str> = (all.iter().filter(|it| it.0 == bob_id))
            .map(|it| it.1.as_str())
            .collect();
        // A playback that goes on is reported with the last medium and with the next.
        of_bob.dedup();
        let announcement = [
            "sound:queue-thereare",
            "number:2",
            "sound:queue-callswaiting",
            second,
        ];
        assert_eq!(of_bob, [announcement, announcement].concat(), "{release}");
        // The first caller hears nothing but the own position.
        let is_other = |it: &&(String, String)| it.0 == alice_id && !NEXT.starts_with(&it.1);
        assert_eq!(all.iter().find(is_other), None, "{release}");
        assert!(
            all.contains(&(alice_id, NEXT.to_owned())),
            "{release}: {all:?}"
        );

        // A caller who leaves during the music or during an announcement.
        press(&alice_phone, 0, "#").await;
        let (left, mut alice) = within_limit(alice).await.unwrap();
        assert_eq!(left.unwrap(), CallQueueEnd::Key(Key::Pound), "{release}");
        heard(app, &bob_id, NEXT, 1).await;
        alice.hang_up().await.unwrap();
        bob_phone.hangup().await.unwrap();
        let (end, _) = within_limit(bob).await.unwrap();
        assert!(
            matches!(end, Err(CallError::Ended(_))),
            "{release}: {end:?}"
        );
        wait_until_legs_are_removed(client, 0).await;
        assert!(queue.is_empty(), "{release}");
    });
}

/// Callers and agents hang up at moments over the whole of waiting and talking.
#[test]
fn hangups_leave_no_queue() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let queue = CallQueue::builder().build();
        let mut calls = Vec::new();
        for moment in 0..16 {
            let (caller, caller_phone) = call(client, app).await;
            let (agent, agent_phone) = call(client, app).await;
            let entered = enter(&queue, caller, LONG);
            let served = serve(&queue, agent);
            calls.push(tokio::spawn(async move {
                sleep(Duration::from_millis(moment * 15)).await;
                let (first, second) = match moment % 2 {
                    0 => (caller_phone, agent_phone),
                    _ => (agent_phone, caller_phone),
                };
                first.hangup().await.unwrap();
                sleep(Duration::from_millis(200)).await;
                second.hangup().await.unwrap();
                // An agent may still wait, for a caller who has gone.
                (within_limit(entered).await.unwrap().0, served)
            }));
        }
        for ended in calls {
            let (end, served) = ended.await.unwrap();
            let is_end = matches!(
                end,
                Ok(CallQueueEnd::Talked { .. }) | Err(CallError::Ended(_))
            );
            assert!(is_end, "{release}: {end:?}");
            served.abort();
        }
        wait_until_legs_are_removed(client, 0).await;
        assert!(queue.is_empty(), "{release}");
    });
}
