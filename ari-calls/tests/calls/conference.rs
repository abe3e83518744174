//! Conferences: who is in them, who is heard, music and announcements, and that nothing is left
//! behind.

use std::time::Duration;

use ari_api::Error;
use ari_calls::conference::{Conference, ConferenceEnd};
use ari_calls::{Call, CallEnd, CallError, Key, Keys};
use ari_mock::{Asterisk, FakeChannel};
use tokio::task::JoinHandle;

use crate::support::{Arrived, SOUND, ms, with_clock};

type Joined = JoinHandle<Result<ConferenceEnd, CallError>>;

async fn arrived() -> Arrived {
    let pbx = Asterisk::builder().frozen();
    Arrived::at(pbx.sound("join", SOUND).sound("leave", SOUND)).await
}

fn conference() -> Conference {
    let conference = Conference::builder("room").join_prompt("sound:join");
    conference
        .leave_prompt("sound:leave")
        .max_participants(3)
        .build()
}

/// Lets a call join. `#` leaves, and `*` mutes.
fn join(conference: &Conference, mut call: Call) -> Joined {
    let conference = conference.clone();
    tokio::spawn(async move {
        let join = conference.join(&mut call).leave_keys(Keys::POUND);
        let end = join.mute_keys(Key::Star).await?;
        // The participant can go on.
        call.answer().await?;
        Ok(end)
    })
}

/// Returns the participants: `a`, `b muted`, `c talking`.
fn participants(conference: &Conference) -> String {
    let participants = conference.participants().into_iter();
    let text = |it: ari_calls::conference::Participant| {
        let muted = if it.is_muted { " muted" } else { "" };
        let talking = if it.is_talking { " talking" } else { "" };
        format!("{}{muted}{talking}", it.channel_id)
    };
    participants.map(text).collect::<Vec<_>>().join(", ")
}

/// Returns the bridge: `a b`, `a with music`, or nothing.
fn bridge(arrived: &Arrived) -> String {
    let bridges = arrived.pbx.bridges().into_iter();
    let text = |bridge: ari_api::models::Bridge| {
        assert_eq!(bridge.name.as_str(), "room");
        let music = match arrived.pbx.bridge_has_music(&bridge.id) {
            true => " with music",
            false => "",
        };
        format!("{}{music}", bridge.channels.join(" "))
    };
    bridges.map(text).collect::<Vec<_>>().join("; ")
}

#[test]
fn participants_come_and_go() {
    with_clock(async {
        let mut arrived = arrived().await;
        let conference = conference();
        let mut watcher = conference.watch();
        let changes = tokio::spawn(async move {
            let mut counts = Vec::new();
            while let Some(participants) = watcher.next().await {
                counts.push(participants.len());
            }
            counts
        });
        let (mut phones, mut joined) = (Vec::new(), Vec::new());
        for id in ["a", "b", "c"] {
            let (phone, call) = arrived.arrive(id).await;
            phones.push(phone);
            joined.push(join(&conference, call));
            arrived.pbx.idle().await;
        }
        // What happens, the participants after it, and the bridge.
        type Action = fn(&Arrived, &[FakeChannel], &Conference);
        let cases: [(&str, Action, &str, &str); 10] = [
            ("nothing", |_, _, _| (), "a, b, c", "a b c"),
            (
                "b mutes itself",
                |_, phones, _| phones[1].press("*"),
                "a, b muted, c",
                "a b c",
            ),
            (
                "c talks",
                |_, phones, _| phones[2].talk(ms(100)),
                "a, b muted, c talking",
                "a b c",
            ),
            ("c is silent", |_, _, _| (), "a, b muted, c", "a b c"),
            (
                "b is heard again, by a second key",
                |_, phones, _| phones[1].press("1*"),
                "a, b, c",
                "a b c",
            ),
            (
                "c hangs up",
                |_, phones, _| phones[2].hang_up(),
                "a, b",
                "a b",
            ),
            (
                "a is removed",
                |_, _, conference| assert!(conference.remove("a")),
                "b",
                "b with music",
            ),
            (
                "who is not in it is not removed",
                |_, _, conference| assert!(!conference.remove("a")),
                "b",
                "b with music",
            ),
            ("b leaves", |_, phones, _| phones[1].press("#"), "", ""),
            ("nothing", |_, _, _| (), "", ""),
        ];
        for (name, action, expected, expected_bridge) in cases {
            action(&arrived, &phones, &conference);
            arrived.pbx.elapse(ms(900)).await;
            assert_eq!(participants(&conference), expected, "{name}");
            assert_eq!(bridge(&arrived), expected_bridge, "{name}");
            if name == "b mutes itself" {
                assert_eq!(phones[1].muted(), (true, false));
            }
            if name == "c is silent" {
                arrived.pbx.elapse(ms(2000)).await;
            }
        }
        let mut ends = Vec::new();
        for end in joined {
            ends.push(match end.await.unwrap() {
                Ok(end) => format!("{end:?}"),
                Err(CallError::Ended(CallEnd::HungUp { .. })) => "hung up".to_owned(),
                Err(error) => error.to_string(),
            });
        }
        assert_eq!(ends, ["Removed", "Key(Pound)", "hung up"]);
        let requests = arrived.pbx.requests().into_iter();
        let announced = requests.filter(|it| it.operation.nickname == "playWithId");
        let announced: Vec<_> = announced.map(|it| it.query[0].1.clone()).collect();
        let [joined, left] = ["sound:join", "sound:leave"];
        assert_eq!(announced, [joined, joined, left, left]);
        drop(conference);
        let changes = changes.await.unwrap();
        assert_eq!(changes.first(), Some(&1));
        assert_eq!(changes.last(), Some(&0));
        assert_eq!(changes.iter().max(), Some(&3), "{changes:?}");
        arrived.pbx.assert_no_violations();
    });
}

#[test]
fn full_and_locked_conferences_refuse_calls() {
    with_clock(async {
        let mut arrived = arrived().await;
        let conference = conference();
        let mut phones = Vec::new();
        let mut ends = Vec::new();
        for (id, is_locked) in [
            ("a", false),
            ("b", true),
            ("c", false),
            ("d", false),
            ("e", false),
        ] {
            conference.set_locked(is_locked);
            assert_eq!(conference.is_locked(), is_locked);
            let (phone, call) = arrived.arrive(id).await;
            phones.push(phone);
            ends.push(join(&conference, call));
            arrived.pbx.idle().await;
        }
        arrived.pbx.elapse(ms(500)).await;
        assert_eq!(participants(&conference), "a, c, d");
        assert!(conference.set_muted("c", true).await.unwrap());
        assert!(!conference.set_muted("b", true).await.unwrap());
        assert_eq!(participants(&conference), "a, c muted, d");
        assert!(conference.play("sound:join").await.unwrap());
        conference.remove_all();
        arrived.pbx.elapse(ms(1000)).await;
        let mut outcomes = Vec::new();
        for end in ends {
            outcomes.push(end.await.unwrap().unwrap());
        }
        let removed = ConferenceEnd::Removed;
        let expected = [
            removed.clone(),
            ConferenceEnd::Locked,
            removed.clone(),
            removed,
            ConferenceEnd::Full,
        ];
        assert_eq!(outcomes, expected);
        assert!(!conference.play("sound:join").await.unwrap());
        assert_eq!(phones[2].muted(), (false, false));
        assert_eq!(bridge(&arrived), "");
    });
}

/// One call joins twice, and stays the second time, also if its events are late. Another program
/// takes it out of the bridge then.
#[test]
fn calls_can_join_again_and_be_taken_out() {
    with_clock(async {
        let mut arrived = arrived().await;
        let conference = conference();
        let (_b, other) = arrived.arrive("b").await;
        let other = join(&conference, other);
        arrived.pbx.idle().await;
        let room = conference.clone();
        let program = arrived.run(|mut call| async move {
            let mut ends = Vec::new();
            for _ in 0..3 {
                let join = room.join(&mut call).leave_keys(Keys::POUND).muted(true);
                ends.push(join.await.unwrap());
            }
            ends
        });
        for _ in 0..2 {
            arrived.pbx.elapse(ms(1000)).await;
            assert_eq!(conference.participants().len(), 2);
            arrived.alice.press("#");
        }
        arrived.pbx.elapse(ms(1000)).await;
        let room = arrived.client.bridge(&arrived.pbx.bridges()[0].id);
        room.remove_channel([arrived.alice.id()]).await.unwrap();
        arrived.pbx.elapse(ms(1000)).await;
        let key = ConferenceEnd::Key(Key::Pound);
        let expected = [key.clone(), key, ConferenceEnd::Removed];
        assert_eq!(program.await.unwrap(), expected);
        assert_eq!(arrived.alice.muted(), (false, false));
        conference.remove_all();
        assert_eq!(other.await.unwrap().unwrap(), ConferenceEnd::Removed);
        assert_eq!(bridge(&arrived), "");
    });
}

/// A hangup, a dropped future and a lost WebSocket, at every moment, while others come and go.
#[test]
fn nothing_is_left_behind() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Fault {
        Hangup,
        Drop,
        Gap,
    }
    for fault in [Fault::Hangup, Fault::Drop, Fault::Gap] {
        for at in (0..12).chain([15, 20, 21, 22, 25, 29, 30, 31, 32, 35]) {
            with_clock(async {
                let name = format!("{fault:?} at {at}");
                let mut arrived = arrived().await;
                let conference = conference();
                let (first, call) = arrived.arrive("a").await;
                let (second, other) = arrived.arrive("b").await;
                let joined = join(&conference, call);
                let mut other = Some(other);
                let mut others = None;
                for step in 0..50 {
                    match step {
                        10 => others = other.take().map(|call| join(&conference, call)),
                        20 => first.press("*"),
                        30 => first.press("#"),
                        _ => {}
                    }
                    if step == at {
                        match fault {
                            Fault::Hangup => first.hang_up(),
                            Fault::Drop => joined.abort(),
                            Fault::Gap => arrived.pbx.drop_connections(),
                        }
                    }
                    // A request and its response take some steps of the runtime.
                    for _ in 0..5 {
                        tokio::task::yield_now().await;
                    }
                    if step % 10 == 9 {
                        arrived.pbx.elapse(ms(200)).await;
                    }
                }
                arrived.pbx.elapse(Duration::from_secs(2)).await;
                first.press("#");
                second.press("#");
                arrived.pbx.elapse(Duration::from_secs(8)).await;
                assert!(joined.is_finished(), "{name}");
                match (fault, joined.await) {
                    (Fault::Hangup, Ok(Err(CallError::Ended(_)))) => {}
                    (Fault::Drop, Err(error)) => assert!(error.is_cancelled()),
                    // It has left before.
                    (_, Ok(Ok(ConferenceEnd::Key(Key::Pound)))) => {
                        assert!(fault == Fault::Gap || at >= 29, "{name}");
                    }
                    // A request was cut as well.
                    (Fault::Gap, Ok(Err(CallError::Request(Error::OutcomeUnknown { .. })))) => {}
                    (_, outcome) => panic!("{name}: {outcome:?}"),
                }
                match others.unwrap().await.unwrap() {
                    Ok(ConferenceEnd::Key(Key::Pound)) => {}
                    Err(CallError::Request(Error::OutcomeUnknown { .. })) => {
                        assert_eq!(fault, Fault::Gap, "{name}");
                    }
                    outcome => panic!("{name}: {outcome:?}"),
                }
                assert_eq!(conference.participants(), [], "{name}");
                assert_eq!(bridge(&arrived), "", "{name}");
                for phone in [first, second] {
                    assert_eq!(phone.muted(), (false, false), "{name}");
                    assert_eq!(phone.bridge(), None, "{name}");
                }
                arrived.pbx.assert_no_violations();
            });
        }
    }
}

/// Something else destroys the bridge, and the next call joins before the others have noticed it.
#[test]
fn calls_join_after_their_bridge_was_destroyed() {
    with_clock(async {
        let mut arrived = arrived().await;
        let conference = conference();
        let (_a, call) = arrived.arrive("a").await;
        let first = join(&conference, call);
        arrived.pbx.elapse(ms(500)).await;
        let destroyed = arrived.pbx.bridges()[0].id.clone();
        let destroy = arrived.client.bridge(destroyed).destroy();
        let destroying = tokio::spawn(destroy.into_future());
        arrived.pbx.idle().await;
        destroying.await.unwrap().unwrap();
        let (b, call) = arrived.arrive("b").await;
        let second = join(&conference, call);
        arrived.pbx.elapse(ms(5000)).await;
        assert_eq!(first.await.unwrap().unwrap(), ConferenceEnd::Removed);
        assert_eq!(participants(&conference), "b");
        assert_eq!(bridge(&arrived), "b with music");
        b.press("#");
        arrived.pbx.elapse(ms(1000)).await;
        let end = second.await.unwrap().unwrap();
        assert_eq!(end, ConferenceEnd::Key(Key::Pound));
        assert_eq!(bridge(&arrived), "");
    });
}

#[test]
fn participants_leave_at_their_longest_stay() {
    with_clock(async {
        let mut arrived = arrived().await;
        let conference = conference();
        let program = arrived.run(move |mut call| async move {
            let join = conference.join(&mut call).max_duration(ms(3000));
            (join.await, call.end().cloned())
        });
        arrived.pbx.elapse(ms(4000)).await;
        let (end, call) = program.await.unwrap();
        assert_eq!(end.unwrap(), ConferenceEnd::MaxDuration);
        assert_eq!(call, None);
        assert_eq!(bridge(&arrived), "");
    });
}
