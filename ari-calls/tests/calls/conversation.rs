//! Conversations that the program controls: hold and resume, keys, and hangups at every moment.

use std::ops::RangeInclusive;
use std::time::Duration;

use ari_calls::conversation::{Conversation, ConversationEvent, ConversationState, Side};
use ari_calls::dial::{Reached, TalkEnd};
use ari_calls::transfer::TransferRequest;
use ari_calls::{Call, CallEnd, CallError};
use ari_mock::{Asterisk, FakeChannel, Step};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::support::{Arrived, SOUND, ms, with_clock};

pub(crate) const SECOND: Duration = Duration::from_secs(1);

/// A server whose phones answer after a second, and stay.
pub(crate) async fn arrived() -> Arrived {
    let phone = || {
        [
            Step::Ringing,
            Step::Wait(SECOND),
            Step::Answer,
            Step::Wait(3600 * SECOND),
        ]
    };
    let pbx = Asterisk::builder()
        .frozen()
        .sound("one", SOUND)
        .endpoint("PJSIP/bob", phone())
        .endpoint("PJSIP/carol", phone())
        .endpoint("PJSIP/busy", [Step::Wait(SECOND), Step::Busy])
        .endpoint("PJSIP/never", [Step::Ringing, Step::Wait(3600 * SECOND)]);
    Arrived::at(pbx).await
}

/// Returns the channel that was last dialed to an endpoint.
pub(crate) fn dialed(pbx: &Asterisk, endpoint: &str) -> Option<FakeChannel> {
    let requests = pbx.requests();
    let mut creations = requests.iter().rev().filter(|request| {
        let to = request.query.iter().find(|(name, _)| name == "endpoint");
        request.operation.nickname == "create" && to.is_some_and(|(_, to)| to == endpoint)
    });
    let query = &creations.next()?.query;
    let (_, id) = query.iter().find(|(name, _)| name == "channelId")?;
    Some(pbx.channel(id)).filter(FakeChannel::exists)
}

/// Describes the places of alice, bob and carol: `alice+bob carol~default`. `+` is a bridge, and
/// `~` music.
pub(crate) fn places(arrived: &Arrived) -> String {
    let pbx = &arrived.pbx;
    let parties = [
        (
            "alice",
            Some(arrived.alice.clone()).filter(FakeChannel::exists),
        ),
        ("bob", dialed(pbx, "PJSIP/bob")),
        ("carol", dialed(pbx, "PJSIP/carol")),
    ];
    let mut bridges: Vec<(String, Vec<&str>)> = Vec::new();
    let mut others = Vec::new();
    for (name, channel) in parties {
        let Some(channel) = channel else { continue };
        match (channel.bridge(), channel.music_class()) {
            (Some(id), None) => match bridges.iter_mut().find(|(bridge, _)| *bridge == id) {
                Some((_, names)) => names.push(name),
                None => bridges.push((id, vec![name])),
            },
            (None, Some(class)) => others.push(format!("{name}~{class}")),
            (None, None) => others.push(name.to_owned()),
            both => panic!("{name} is in a bridge and hears music: {both:?}"),
        }
    }
    let mut text: Vec<String> = bridges
        .iter()
        .map(|(_, names)| match names.len() {
            1 => format!("{}+", names[0]),
            _ => names.join("+"),
        })
        .collect();
    text.extend(others);
    text.join(" ")
}

/// Dials an endpoint that answers, and connects it.
pub(crate) async fn talk(mut call: Call, endpoint: &str) -> Result<Conversation, CallError> {
    match call.dial(endpoint).wait_for_answer().await? {
        Reached::Answered { callee, .. } => {
            let mut conversation = Conversation::new(call, callee).music_class("default");
            let _ = conversation.connect().await?;
            Ok(conversation)
        }
        other => panic!("{other:?}"),
    }
}

/// Waits for a second. Returns the end of the conversation if it is sooner.
pub(crate) async fn pause(conversation: &mut Conversation) -> Result<Option<TalkEnd>, CallError> {
    match timeout(SECOND, conversation.wait_for_end()).await {
        Ok(end) => end.map(Some),
        Err(_) => Ok(None),
    }
}

#[derive(Clone, Copy, Debug)]
enum Change {
    Hold(Side),
    Resume(Side),
    Connect,
    Play(Side),
    /// Separates both, and makes a new conversation.
    Again,
}

const CHANGES: [(Change, &str); 9] = [
    (Change::Hold(Side::Callee), "alice+ bob~default"),
    (Change::Hold(Side::Callee), "alice+ bob~default"),
    (Change::Resume(Side::Callee), "alice+bob"),
    (Change::Hold(Side::Caller), "bob+ alice~default"),
    (Change::Hold(Side::Callee), "alice~default bob~default"),
    (Change::Again, "alice bob"),
    (Change::Connect, "alice+bob"),
    (Change::Play(Side::Caller), "alice+bob"),
    (Change::Connect, "alice+bob"),
];

/// Makes all changes, with a pause of a second after each. Returns the end.
async fn serve(call: Call) -> Result<Option<TalkEnd>, CallError> {
    let mut conversation = talk(call, "PJSIP/bob").await?;
    if let Some(end) = pause(&mut conversation).await? {
        return Ok(Some(end));
    }
    for (change, _) in CHANGES {
        let state = match change {
            Change::Hold(side) => conversation.hold(side).await?,
            Change::Resume(side) => conversation.resume(side).await?,
            Change::Connect => conversation.connect().await?,
            Change::Play(side) => match conversation.call(side).play("sound:one").await {
                Ok(_) | Err(CallError::Ended(_)) => ConversationState::Ongoing,
                Err(error) => return Err(error),
            },
            Change::Again => {
                let (caller, callee) = conversation.separate().await;
                conversation = Conversation::new(caller, callee).music_class("default");
                ConversationState::Ongoing
            }
        };
        if let ConversationState::Ended(end) = state {
            assert_eq!(conversation.end(), Some(end.clone()));
            return Ok(Some(end));
        }
        if let Some(end) = pause(&mut conversation).await? {
            return Ok(Some(end));
        }
    }
    conversation.hang_up().await;
    Ok(None)
}

#[test]
fn sides_are_held_and_resumed() {
    with_clock(async {
        let mut arrived = arrived().await;
        let program = arrived.run(serve);
        arrived.pbx.idle().await;
        arrived.pbx.elapse(ms(1500)).await;
        assert_eq!(places(&arrived), "alice+bob");
        assert_eq!(arrived.alice.state().as_deref(), Some("Up"));
        for (change, expected) in CHANGES {
            arrived.pbx.elapse(SECOND).await;
            assert_eq!(places(&arrived), expected, "{change:?}");
            if matches!(change, Change::Play(_)) {
                arrived.pbx.elapse(SOUND).await;
            }
        }
        arrived.pbx.elapse(5 * SECOND).await;
        assert_eq!(program.await.unwrap().unwrap(), None);
        assert!(arrived.pbx.channel_ids().is_empty());
        assert_eq!(arrived.pbx.bridges(), []);
        arrived.pbx.assert_no_violations();
    });
}

#[test]
fn keys_of_both_sides_are_reported() {
    with_clock(async {
        let mut arrived = arrived().await;
        let program = arrived.run(async |call| {
            let mut conversation = talk(call, "PJSIP/bob").await.unwrap();
            let mut keys = Vec::new();
            loop {
                match conversation.next().await.unwrap() {
                    ConversationEvent::Key { side, key } => {
                        keys.push(format!("{side:?} {key}"));
                        if keys.len() == 2 {
                            let _ = conversation.hold(Side::Callee).await.unwrap();
                        }
                    }
                    ConversationEvent::Ended(TalkEnd::Callee(_)) => break,
                    other => panic!("{other:?}"),
                }
            }
            let (mut caller, mut callee) = conversation.separate().await;
            assert!(callee.end().is_some());
            // The caller can go on.
            caller.play("sound:one").await.unwrap();
            keys.join(", ")
        });
        arrived.pbx.idle().await;
        arrived.pbx.elapse(2 * SECOND).await;
        let bob = dialed(&arrived.pbx, "PJSIP/bob").unwrap();
        arrived.alice.press("1");
        arrived.pbx.elapse(SECOND).await;
        bob.press("2");
        arrived.pbx.elapse(SECOND).await;
        assert_eq!(places(&arrived), "alice+ bob~default");
        // A held side presses a key and hangs up.
        bob.press("3");
        arrived.pbx.elapse(SECOND).await;
        bob.hang_up();
        arrived.pbx.elapse(10 * SECOND).await;
        assert_eq!(program.await.unwrap(), "Caller 1, Callee 2, Callee 3");
        assert_eq!(arrived.pbx.channel_ids(), [arrived.alice.id()]);
        assert_eq!(arrived.pbx.bridges(), []);
        arrived.pbx.assert_no_violations();
    });
}

/// Lets up to a minute pass until the program is finished, and a moment for what it left.
pub(crate) async fn run_until_finished<T>(pbx: &Asterisk, program: &JoinHandle<T>) {
    for _ in 0..60 {
        pbx.elapse(SECOND).await;
        if program.is_finished() {
            break;
        }
    }
    pbx.elapse(SECOND).await;
}

#[test]
fn transfers_of_phones_are_reported() {
    with_clock(async {
        let mut arrived = arrived().await;
        let program = arrived.run(async |mut call| {
            call.take_over_transfers().await.unwrap();
            let mut conversation = talk(call, "PJSIP/bob").await.unwrap();
            let mut seen = Vec::new();
            loop {
                match conversation.next().await.unwrap() {
                    ConversationEvent::TransferRequested { side, request } => {
                        seen.push((side, request));
                    }
                    ConversationEvent::Ended(_) => return seen,
                    other => panic!("{other:?}"),
                }
            }
        });
        arrived.pbx.idle().await;
        arrived.pbx.elapse(2 * SECOND).await;
        let (second, mut other_call) = arrived.arrive("second").await;
        other_call.answer().await.unwrap();
        // Another application gets copies.
        let other = arrived.client.application("other").connect();
        let _other = other.subscribe_all(true).await.unwrap();
        for to in [None, Some(&second)] {
            match to {
                None => arrived.alice.transfer("300"),
                Some(second) => arrived.alice.attended_transfer(second),
            }
            arrived.pbx.elapse(ms(100)).await;
            for state in ["channel_progress", "channel_declined"] {
                let alice = arrived.client.channel(arrived.alice.id());
                alice.transfer_progress(state).await.unwrap();
                arrived.pbx.elapse(ms(100)).await;
            }
        }
        arrived.alice.hang_up();
        arrived.pbx.elapse(5 * SECOND).await;
        let seen = program.await.unwrap();
        let [(Side::Caller, blind), (Side::Caller, attended)] = &seen[..] else {
            panic!("{seen:?}");
        };
        assert_eq!(format!("{blind:?}"), r#"Blind { destination: "300" }"#);
        let TransferRequest::Attended { channel_id, .. } = attended else {
            panic!("{attended:?}");
        };
        assert_eq!(channel_id.as_deref(), Some("second"));
        arrived.pbx.assert_no_violations();
    });
}

/// The phone of the caller transfers the callee, and Asterisk performs that: the target is the
/// caller then, and the phone is hung up.
#[test]
fn conversations_go_on_with_the_channel_that_replaces_a_side() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Way {
        Conversation,
        Dial,
        DroppedDial,
    }
    for way in [Way::Conversation, Way::Dial, Way::DroppedDial] {
        with_clock(async {
            let mut arrived = arrived().await;
            let program = arrived.run(async move |mut call| {
                if way != Way::Conversation {
                    let dial = call.dial("PJSIP/bob").into_future();
                    let dialed = timeout(8 * SECOND, dial).await;
                    let dialed = dialed.map(|it| it.unwrap().to_string());
                    let end = call.end().cloned();
                    let is_replaced = matches!(end, Some(CallEnd::Replaced { .. }));
                    assert!(is_replaced, "{end:?}");
                    return dialed.unwrap_or_default();
                }
                let mut conversation = talk(call, "PJSIP/bob").await.unwrap();
                let mut seen = Vec::new();
                loop {
                    let event = conversation.next().await.unwrap();
                    seen.push(match event {
                        ConversationEvent::Replaced { side } => format!("{side:?} replaced"),
                        ConversationEvent::Key { side, key } => format!("{side:?} {key}"),
                        ConversationEvent::Ended(end) => {
                            conversation.hang_up().await;
                            seen.push(end.to_string());
                            return seen.join(", ");
                        }
                        other => panic!("{other:?}"),
                    });
                }
            });
            arrived.pbx.idle().await;
            arrived.pbx.elapse(2 * SECOND).await;
            arrived.alice.transfer("echo");
            let bob = dialed(&arrived.pbx, "PJSIP/bob").unwrap();
            let bridge = arrived.pbx.bridge(&bob.bridge().unwrap()).unwrap();
            let target = bridge.channels.iter().find(|id| *id != bob.id()).unwrap();
            assert_ne!(target, arrived.alice.id());
            let target = arrived.pbx.channel(target);
            arrived.pbx.elapse(SECOND).await;
            if way == Way::Conversation {
                assert!(!arrived.alice.exists());
            } else {
                arrived.alice.hang_up();
            }
            target.press("7");
            arrived.pbx.elapse(SECOND).await;
            assert!(!program.is_finished(), "{way:?}");
            if way != Way::DroppedDial {
                target.hang_up();
            }
            arrived.pbx.elapse(10 * SECOND).await;
            let expected = match way {
                Way::Conversation => "Caller replaced, Caller 7, the caller",
                Way::Dial => "s, ended by the caller",
                Way::DroppedDial => "",
            };
            let outcome = program.await.unwrap();
            assert!(outcome.ends_with(expected), "{way:?}: {outcome}");
            assert!(arrived.pbx.channel_ids().is_empty(), "{way:?}");
            assert_eq!(arrived.pbx.bridges(), [], "{way:?}");
        });
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Interruption {
    CallerHangsUp,
    CalleeHangsUp,
    BothHangUp,
    Dropped,
    Gap,
}

#[test]
fn hangups_of_the_caller_leave_nothing_behind() {
    interrupt(Interruption::CallerHangsUp, 1, 12..=14);
    interrupt(Interruption::BothHangUp, 4, 2..=4);
}

#[test]
fn other_interruptions_leave_nothing_behind() {
    interrupt(Interruption::CalleeHangsUp, 1, 11..=13);
    interrupt(Interruption::Dropped, 3, 0..=0);
    interrupt(Interruption::Gap, 4, 0..=0);
}

/// Interrupts the program at moments that are some seconds apart. `expected` is the number of ends
/// that it reports.
fn interrupt(interruption: Interruption, step: usize, expected: RangeInclusive<usize>) {
    use Interruption::*;
    let mut ended = 0;
    for moment in (0..15).step_by(step).map(|moment| moment * SECOND + ms(10)) {
        let at = async {
            let mut arrived = arrived().await;
            let program = arrived.run(serve);
            arrived.pbx.idle().await;
            arrived.pbx.elapse(moment).await;
            let bob = dialed(&arrived.pbx, "PJSIP/bob").filter(|_| moment > SECOND);
            match interruption {
                CallerHangsUp => arrived.alice.hang_up(),
                CalleeHangsUp => _ = bob.map(|it| it.hang_up()),
                BothHangUp => {
                    arrived.alice.hang_up();
                    bob.into_iter().for_each(|it| it.hang_up());
                }
                Dropped => program.abort(),
                Gap => arrived.pbx.drop_connections(),
            }
            run_until_finished(&arrived.pbx, &program).await;
            let case = format!("{interruption:?} at {moment:?}");
            assert!(program.is_finished(), "{case}: waits for ever");
            match (interruption, program.await) {
                (Dropped, _) => {}
                (Gap, Ok(end)) => assert_eq!(end.unwrap(), None, "{case}"),
                (CallerHangsUp | BothHangUp, Ok(Err(CallError::Ended(_)))) => ended += 1,
                (_, Ok(Ok(None))) => {}
                (CallerHangsUp | BothHangUp, Ok(Ok(Some(TalkEnd::Caller(_)))))
                | (CalleeHangsUp | BothHangUp, Ok(Ok(Some(TalkEnd::Callee(_))))) => ended += 1,
                other => panic!("{case}: {other:?}"),
            }
            // A dropped dial leaves the caller.
            let left = arrived.pbx.channel_ids();
            let is_left = interruption == Dropped && moment < SECOND;
            assert_eq!(left.len(), usize::from(is_left), "{case}: {left:?}");
            assert_eq!(arrived.pbx.bridges(), [], "{case}");
            arrived.pbx.assert_no_violations();
        };
        with_clock(at);
    }
    assert!(expected.contains(&ended), "{interruption:?}: {ended} ends");
}
