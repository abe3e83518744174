//! Conferences of `ari-calls`, with phones on the other ends of Local channels.

use std::time::Duration;

use ari_api::Event;
use ari_api::channels::ChannelHandle;
use ari_api::stream::EventStream;
use ari_calls::conference::{Conference, ConferenceEnd, Participant};
use ari_calls::{Call, CallError, Key, Keys};
use ari_test_support::within_limit;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::live::call_steps::{call, on_every_release, press, wait_until_legs_are_removed};

/// Lets a call join. `#` leaves, and `*` mutes.
fn join(
    conference: &Conference,
    mut call: Call,
) -> JoinHandle<(Result<ConferenceEnd, CallError>, Call)> {
    let conference = conference.clone();
    tokio::spawn(async move {
        let join = conference.join(&mut call).leave_keys(Keys::POUND);
        (join.mute_keys(Key::Star).await, call)
    })
}

/// Waits until the participants are as wanted.
async fn wait_until(conference: &Conference, wanted: impl Fn(&[Participant]) -> bool) {
    let mut watcher = conference.watch();
    within_limit(async {
        while !wanted(&conference.participants()) {
            watcher.next().await;
        }
    })
    .await;
}

/// Lets the server report when the phone hears a sound.
pub(super) async fn detect_sound(phone: &ChannelHandle) {
    let set = phone.set_channel_var("TALK_DETECT(set)");
    set.value("300").await.unwrap();
}

/// Waits until the phone hears a sound, and ends the detection.
pub(super) async fn wait_for_sound(app: &mut EventStream<Event>, phone: &ChannelHandle) {
    within_limit(async {
        loop {
            if let Event::ChannelTalkingStarted(talking) = &*app.next().await.unwrap().unwrap()
                && talking.channel.id == phone.channel_id()
            {
                return;
            }
        }
    })
    .await;
    let remove = phone.set_channel_var("TALK_DETECT(remove)");
    remove.value("").await.unwrap();
}

#[test]
fn participants_hear_each_other_and_leave() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let conference = Conference::builder("room").join_prompt("sound:beep");
        let conference = conference.leave_prompt("sound:beep").build();
        let (alice, alice_phone) = call(client, app).await;
        let (bob, bob_phone) = call(client, app).await;
        let (carol, carol_phone) = call(client, app).await;
        let [alice_id, bob_id] = [alice.id().to_owned(), bob.id().to_owned()];

        // Music while alone, the announcement of the second, and the voice of another participant.
        detect_sound(&alice_phone).await;
        let alice = join(&conference, alice);
        wait_for_sound(app, &alice_phone).await;
        detect_sound(&bob_phone).await;
        let bob = join(&conference, bob);
        wait_for_sound(app, &bob_phone).await;
        wait_until(&conference, |all| all.len() == 2).await;
        detect_sound(&alice_phone).await;
        let talk = async {
            bob_phone.play(["digits:1234567890"]).await.unwrap();
            let is_talking = |it: &Participant| it.channel_id == bob_id && it.is_talking;
            wait_until(&conference, |all| all.iter().any(is_talking)).await;
        };
        tokio::join!(talk, wait_for_sound(app, &alice_phone));
        let bridges = client.bridges().list().await.unwrap();
        let named = bridges.iter().filter(|bridge| bridge.name == "room");
        assert_eq!(named.count(), 1, "{release}: {bridges:?}");

        // Muted by a key, and heard again by the program.
        press(&bob_phone, 0, "*").await;
        let is_muted = |it: &Participant| it.channel_id == bob_id && it.is_muted;
        wait_until(&conference, |all| all.iter().any(is_muted)).await;
        assert!(conference.set_muted(&bob_id, false).await.unwrap());
        assert!(!conference.participants().iter().any(is_muted), "{release}");

        conference.set_locked(true);
        let (refused, carol) = within_limit(join(&conference, carol)).await.unwrap();
        assert_eq!(refused.unwrap(), ConferenceEnd::Locked, "{release}");
        conference.set_locked(false);
        let carol = join(&conference, carol);
        wait_until(&conference, |all| all.len() == 3).await;

        // Each leaves in another way. Who has left goes on, and may come back.
        carol_phone.hangup().await.unwrap();
        let (gone, _) = within_limit(carol).await.unwrap();
        assert!(
            matches!(gone, Err(CallError::Ended(_))),
            "{release}: {gone:?}"
        );
        press(&bob_phone, 0, "#").await;
        let (left, bob) = within_limit(bob).await.unwrap();
        assert_eq!(left.unwrap(), ConferenceEnd::Key(Key::Pound), "{release}");
        let bob = join(&conference, bob);
        wait_until(&conference, |all| all.len() == 2).await;
        assert!(conference.remove(&alice_id));
        let (removed, mut alice) = within_limit(alice).await.unwrap();
        assert_eq!(removed.unwrap(), ConferenceEnd::Removed, "{release}");
        alice.play("sound:beep").await.unwrap();
        alice.hang_up().await.unwrap();
        // Bob is still there, and is alone.
        detect_sound(&bob_phone).await;
        wait_for_sound(app, &bob_phone).await;
        bob_phone.hangup().await.unwrap();
        let (gone, _) = within_limit(bob).await.unwrap();
        assert!(
            matches!(gone, Err(CallError::Ended(_))),
            "{release}: {gone:?}"
        );
        wait_until_legs_are_removed(client, 0).await;
    });
}

/// Participants hang up at moments over the whole of joining and leaving.
#[test]
fn hangups_leave_no_conference() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let conference = Conference::builder("room")
            .join_prompt("sound:beep")
            .build();
        let mut calls = Vec::new();
        for moment in 0..25 {
            let (call, phone) = call(client, app).await;
            let joined = join(&conference, call);
            calls.push(tokio::spawn(async move {
                sleep(Duration::from_millis(moment * 20)).await;
                phone.hangup().await.unwrap();
                (moment, within_limit(joined).await.unwrap().0)
            }));
        }
        for ended in calls {
            let (moment, ended) = ended.await.unwrap();
            let is_hangup = matches!(ended, Err(CallError::Ended(_)));
            assert!(is_hangup, "{release}, after {moment} moments: {ended:?}");
        }
        wait_until_legs_are_removed(client, 0).await;
        assert_eq!(conference.participants(), [], "{release}");
    });
}
