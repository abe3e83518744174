//! Conversations that the program controls, with phones at the other ends of Local channels.

use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::stream::EventStream;
use ari_api::{Client, Event};
use ari_calls::conversation::{Conversation, ConversationEvent, ConversationState, Side};
use ari_calls::dial::{Reached, TalkEnd};
use ari_calls::parking::{ParkEnd, Parking, ParkingLot};
use ari_calls::transfer::{
    AfterTransfer, ConsultationEvent, ConsultationParty, ConsultationState, Consulted, LetGo,
    Transferred,
};
use ari_calls::{Call, CallError, Key};
use ari_test_support::within_limit;
use tokio::time::sleep;

use super::call_steps::{call, on_every_release, wait_until_legs_are_removed};

/// The endpoint of phones that the test answers and controls.
pub(super) const PHONE: &str = "Local/live@testari";

/// Waits for the next phone that is called, and answers it.
pub(super) async fn answer(client: &Client, app: &mut EventStream<Event>) -> ChannelHandle {
    loop {
        let event = within_limit(app.next()).await.unwrap().unwrap();
        if let Event::StasisStart(start) = &*event {
            let phone = client.channel(&start.channel.id);
            phone.answer().await.unwrap();
            return phone;
        }
    }
}

/// Dials a phone, which answers. Returns the call to it, and the phone.
pub(super) async fn dial(
    call: &mut Call,
    client: &Client,
    app: &mut EventStream<Event>,
) -> (Call, ChannelHandle) {
    let dial = call.dial(PHONE).wait_for_answer();
    let (reached, phone) = tokio::join!(within_limit(dial), answer(client, app));
    match reached.unwrap() {
        Reached::Answered { callee, .. } => (callee, phone),
        other => panic!("{other:?}"),
    }
}

/// Waits until each of these channels is in a bridge with the given number of channels, or in none
/// (0).
pub(super) async fn wait_for_company(client: &Client, expected: &[(&str, usize)]) {
    within_limit(async {
        loop {
            let bridges = client.bridges().list().await.unwrap();
            let company = |id: &str| {
                let bridge = bridges
                    .iter()
                    .find(|it| it.channels.iter().any(|it| it == id));
                bridge.map_or(0, |it| it.channels.len())
            };
            if expected.iter().all(|(id, count)| company(id) == *count) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

#[test]
fn sides_are_held_and_resumed() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let (mut call, phone) = call(client, app).await;
        let (callee, far) = dial(&mut call, client, app).await;
        let ids = [call.id().to_owned(), callee.id().to_owned()];
        let [first, second] = [ids[0].as_str(), ids[1].as_str()];
        let mut conversation = Conversation::new(call, callee);
        let ongoing = ConversationState::Ongoing;
        assert_eq!(conversation.connect().await.unwrap(), ongoing, "{release}");
        wait_for_company(client, &[(first, 2), (second, 2)]).await;
        let held = conversation.hold(Side::Callee).await.unwrap();
        assert_eq!(held, ongoing, "{release}");
        wait_for_company(client, &[(first, 1), (second, 0)]).await;
        for (presser, side) in [(&far, Side::Callee), (&phone, Side::Caller)] {
            presser.send_dtmf("5").await.unwrap();
            let event = within_limit(conversation.next()).await.unwrap();
            let key = Key::Digit5;
            assert_eq!(event, ConversationEvent::Key { side, key }, "{release}");
        }
        assert_eq!(conversation.resume(Side::Callee).await.unwrap(), ongoing);
        wait_for_company(client, &[(first, 2), (second, 2)]).await;
        let _ = conversation.hold(Side::Caller).await.unwrap();
        wait_for_company(client, &[(first, 0), (second, 1)]).await;

        // Both are still there, and talk again.
        let (caller, callee) = conversation.separate().await;
        wait_for_company(client, &[(first, 0), (second, 0)]).await;
        let mut conversation = Conversation::new(caller, callee);
        assert_eq!(conversation.connect().await.unwrap(), ongoing, "{release}");
        wait_for_company(client, &[(first, 2), (second, 2)]).await;
        phone.hangup().await.unwrap();
        let end = within_limit(conversation.wait_for_end()).await.unwrap();
        assert!(matches!(end, TalkEnd::Caller(_)), "{release}: {end:?}");
        drop(conversation);
        wait_until_legs_are_removed(client, 0).await;
    });
}

/// Waits until a channel enters an application, and returns the arguments.
async fn next_start(app: &mut EventStream<Event>, channel: &str) -> Vec<String> {
    loop {
        let event = within_limit(app.next()).await.unwrap().unwrap();
        if let Event::StasisStart(start) = &*event
            && start.channel.id == channel
        {
            return start.args.clone();
        }
    }
}

#[test]
fn sides_are_transferred_and_let_go() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let ongoing = ConversationState::Ongoing;
        // An attended transfer: the callee asks a third party.
        let (mut call, phone) = call(client, app).await;
        let (callee, _) = dial(&mut call, client, app).await;
        let ids = [call.id().to_owned(), callee.id().to_owned()];
        let mut conversation = Conversation::new(call, callee);
        assert_eq!(conversation.connect().await.unwrap(), ongoing, "{release}");
        let consult = conversation.consult(Side::Caller, |callee| callee.dial(PHONE));
        let (consulted, third) = tokio::join!(within_limit(consult), answer(client, app));
        let mut consultation = match consulted.unwrap() {
            Consulted::Answered { consultation, .. } => consultation,
            other => panic!("{release}: {other:?}"),
        };
        let target = consultation.call(ConsultationParty::Target).id().to_owned();
        let [first, second] = [ids[0].as_str(), ids[1].as_str()];
        wait_for_company(client, &[(first, 0), (second, 2), (&target, 2)]).await;
        let state = consultation.swap().await.unwrap();
        assert_eq!(state, ConsultationState::Ongoing, "{release}");
        wait_for_company(client, &[(first, 2), (second, 2), (&target, 0)]).await;
        let state = consultation.join_all().await.unwrap();
        assert_eq!(state, ConsultationState::Ongoing, "{release}");
        wait_for_company(client, &[(first, 3), (second, 3), (&target, 3)]).await;
        third.send_dtmf("7").await.unwrap();
        let event = within_limit(consultation.next()).await.unwrap();
        let (party, key) = (ConsultationParty::Target, Key::Digit7);
        assert_eq!(event, ConsultationEvent::Key { party, key }, "{release}");
        let completed = consultation.complete(AfterTransfer::HangUp).await.unwrap();
        wait_for_company(client, &[(first, 2), (second, 0), (&target, 2)]).await;

        // A blind transfer of the caller to an endpoint that is busy, then to another one.
        let transfer =
            completed
                .conversation
                .transfer(Side::Caller, AfterTransfer::HangUp, |caller| {
                    caller.dial_in_order(["PJSIP/busy@loop", "PJSIP/echo@loop"])
                });
        let mut conversation = match within_limit(transfer).await.unwrap() {
            Transferred::Connected {
                conversation,
                endpoint,
                ..
            } => {
                assert_eq!(endpoint, "PJSIP/echo@loop", "{release}");
                conversation
            }
            other => panic!("{release}: {other:?}"),
        };
        let target = conversation.call(Side::Callee).id().to_owned();
        wait_for_company(client, &[(first, 2), (&target, 2)]).await;

        // Both are let go, and stay.
        let mut others = client.application("others").connect().await.unwrap();
        let (mut caller, mut callee) = conversation.separate().await;
        let moving = callee.move_to("others").args(["1", "2"]).into_future();
        assert_eq!(
            within_limit(moving).await.unwrap(),
            LetGo::Left,
            "{release}"
        );
        assert_eq!(
            next_start(&mut others, &target).await,
            ["1", "2"],
            "{release}"
        );
        let to_dialplan = caller.continue_in_dialplan().context("testari");
        let leaving = to_dialplan.extension("echo").into_future();
        assert_eq!(
            within_limit(leaving).await.unwrap(),
            LetGo::Left,
            "{release}"
        );
        drop((caller, callee));
        within_limit(async {
            while client.channel(first).get().await.unwrap().dialplan.exten != "echo" {
                sleep(Duration::from_millis(20)).await;
            }
        })
        .await;
        client.channel(&target).hangup().await.unwrap();
        phone.hangup().await.unwrap();
        wait_until_legs_are_removed(client, 0).await;
    });
}

#[test]
fn parked_calls_hear_music_and_are_retrieved() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let (mut call, phone) = call(client, app).await;
        let (callee, _) = dial(&mut call, client, app).await;
        let ids = [call.id().to_owned(), callee.id().to_owned()];
        let [first, second] = [ids[0].as_str(), ids[1].as_str()];
        let mut conversation = Conversation::new(call, callee);
        let ongoing = ConversationState::Ongoing;
        assert_eq!(conversation.connect().await.unwrap(), ongoing, "{release}");
        let (caller, callee) = conversation.separate().await;
        let lot = ParkingLot::new(701..=702).music_class("default");
        let Ok(Parking::Parked(parked)) = lot.park(caller).await else {
            panic!("{release}: not parked");
        };
        let waiting = tokio::spawn(parked.wait());
        wait_for_company(client, &[(first, 1), (second, 0)]).await;
        // The music reaches the phone.
        let detect = phone.set_channel_var("TALK_DETECT(set)").value("300,200");
        detect.await.unwrap();
        loop {
            let event = within_limit(app.next()).await.unwrap().unwrap();
            match &*event {
                Event::ChannelTalkingStarted(it) if it.channel.id == phone.channel_id() => break,
                _ => {}
            }
        }
        let caller = within_limit(lot.retrieve(701)).await.unwrap();
        let end = within_limit(waiting).await.unwrap();
        assert!(matches!(end, ParkEnd::Retrieved), "{release}: {end:?}");
        let mut conversation = Conversation::new(caller, callee);
        assert_eq!(conversation.connect().await.unwrap(), ongoing, "{release}");
        wait_for_company(client, &[(first, 2), (second, 2)]).await;

        // A parked call hangs up.
        let (caller, callee) = conversation.separate().await;
        let Ok(Parking::Parked(parked)) = lot.park(caller).await else {
            panic!("{release}: not parked");
        };
        phone.hangup().await.unwrap();
        let end = within_limit(parked.wait()).await;
        assert!(matches!(end, ParkEnd::Ended(_)), "{release}: {end:?}");
        assert!(lot.occupied().is_empty(), "{release}");
        drop(callee);
        wait_until_legs_are_removed(client, 0).await;
    });
}

/// Holds, resumes, transfers and parks without pauses, until the caller hangs up.
async fn serve(mut call: Call) -> Result<(), CallError> {
    let lot = ParkingLot::new(1..=1);
    loop {
        let callee = match call.dial("PJSIP/echo@loop").wait_for_answer().await? {
            Reached::Answered { callee, .. } => callee,
            other => panic!("{other:?}"),
        };
        let mut conversation = Conversation::new(call, callee);
        let _ = conversation.connect().await?;
        let _ = conversation.hold(Side::Caller).await?;
        let _ = conversation.resume(Side::Caller).await?;
        let consult = conversation.consult(Side::Caller, |callee| callee.dial("PJSIP/echo@loop"));
        let mut consultation = match consult.await? {
            Consulted::Answered { consultation, .. } => consultation,
            Consulted::Ended { .. } => return Ok(()),
            other => panic!("{other:?}"),
        };
        let _ = consultation.swap().await?;
        let _ = consultation.join_all().await?;
        let completed = consultation.complete(AfterTransfer::HangUp).await?;
        let (caller, _) = completed.conversation.separate().await;
        let Parking::Parked(parked) = lot.park(caller).await? else {
            panic!("the slot is occupied");
        };
        call = match lot.retrieve(parked.slot()).await {
            Some(call) => call,
            None => return Ok(()),
        };
    }
}

/// Callers hang up at moments over the whole of such a program.
#[test]
fn hangups_in_conversations_leave_nothing() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let mut calls = Vec::new();
        for moment in 0..25 {
            let (call, phone) = call(client, app).await;
            calls.push(tokio::spawn(async move {
                let program = tokio::spawn(serve(call));
                sleep(Duration::from_millis(moment * 40)).await;
                phone.hangup().await.unwrap();
                (moment, within_limit(program).await.unwrap())
            }));
        }
        for ended in calls {
            match ended.await.unwrap() {
                (_, Ok(()) | Err(CallError::Ended(_))) => {}
                (moment, Err(error)) => panic!("{release}, after {moment} moments: {error}"),
            }
        }
        wait_until_legs_are_removed(client, 0).await;
    });
}
