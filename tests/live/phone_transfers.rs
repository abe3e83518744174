//! Transfers that SIP phones request (REFER), with the program's conversation in between. The near
//! end of a call to this very server sends the REFER of a phone.

use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::stream::EventStream;
use ari_api::{Client, Event};
use ari_calls::conversation::{Conversation, ConversationEvent, ConversationState, Side};
use ari_calls::dial::TalkEnd;
use ari_calls::transfer::{
    AfterTransfer, ConsultationEvent, ConsultationParty, Consulted, TransferReport,
    TransferRequest, Transferred,
};
use ari_calls::{Call, CallEnd, Key};
use ari_test_support::within_limit;
use tokio::time::sleep;

use super::call_steps::{on_every_release, wait_until_legs_are_removed};
use super::conversations::{PHONE, answer, dial, wait_for_company};
use crate::asterisk::Asterisk;

/// Calls the program by SIP. Returns the phone, and the program's call, which is answered.
async fn phone(client: &Client, app: &mut EventStream<Event>) -> (ChannelHandle, Call) {
    let request = client.channels().originate("PJSIP/live@loop").app("live");
    let near = client.channel(request.await.unwrap().id);
    let (mut caller, mut is_started) = (None, false);
    while caller.is_none() || !is_started {
        let event = within_limit(app.next()).await.unwrap().unwrap();
        let Event::StasisStart(start) = &*event else {
            continue;
        };
        if start.channel.id == near.channel_id() {
            is_started = true;
        } else if start.replace_channel.is_none() {
            let mut call = Call::incoming(client, start);
            call.answer().await.unwrap();
            caller = Some(call);
        }
    }
    (near, caller.unwrap())
}

/// Returns the address of an extension, to which a phone transfers: with the other call of the
/// phone, whose channel of the program is `replaced`.
async fn refer_to(server: &Asterisk, extension: &str, replaced: Option<&Call>) -> String {
    let port = server.sip_port();
    let Some(call) = replaced else {
        return format!("PJSIP/sip:{extension}@127.0.0.1:{port}");
    };
    let mut dialog = Vec::new();
    for part in ["call-id", "local_tag", "remote_tag"] {
        let variable = call
            .channel()
            .get_channel_var(format!("CHANNEL(pjsip,{part})"));
        dialog.push(variable.await.unwrap().value);
    }
    let [call, to, from] = &dialog[..] else {
        unreachable!()
    };
    format!(
        "PJSIP/<sip:{extension}@127.0.0.1:{port}\
         ?Replaces={call}%3Bto-tag%3D{to}%3Bfrom-tag%3D{from}>"
    )
}

/// Connects the call of a phone with another one.
async fn talk(
    caller: Call,
    client: &Client,
    app: &mut EventStream<Event>,
) -> (Conversation, ChannelHandle) {
    let mut caller = caller;
    let (callee, far) = dial(&mut caller, client, app).await;
    let mut conversation = Conversation::new(caller, callee);
    let connected = conversation.connect().await.unwrap();
    assert_eq!(connected, ConversationState::Ongoing);
    (conversation, far)
}

#[derive(Clone, Copy, Debug)]
enum Transfer {
    Blind,
    Attended,
}

/// Asterisk performs the transfer, and the channel of the target takes the place of the phone. The
/// other party goes on talking to it.
#[test]
fn transfers_by_asterisk_go_on() {
    on_every_release(async |server, client, app| {
        for transfer in [Transfer::Blind, Transfer::Attended] {
            let case = format!("{}, {transfer:?}", server.release());
            let (near, mut call) = phone(client, app).await;
            let caller = call.id().to_owned();
            // The first call is one of `Call::dial`, and the second one a conversation.
            let dialing = tokio::spawn(async move {
                let dialed = call.dial(PHONE).await;
                (dialed, call)
            });
            let far = answer(client, app).await;
            let (target, consulted) = match transfer {
                Transfer::Blind => (refer_to(server, "echo", None).await, None),
                Transfer::Attended => {
                    let (_, second) = phone(client, app).await;
                    let target = refer_to(server, "live", Some(&second)).await;
                    (target, Some(talk(second, client, app).await))
                }
            };
            // Both are connected.
            wait_for_company(client, &[(&caller, 2)]).await;
            near.redirect(target).await.unwrap();
            wait_for_company(client, &[(&caller, 0)]).await;
            near.hangup().await.unwrap();
            match consulted {
                None => {
                    // The other party hears the target, and hangs up.
                    wait_for_exten(client, "echo").await;
                    assert!(!dialing.is_finished(), "{case}");
                    far.hangup().await.unwrap();
                }
                Some((mut conversation, target)) => {
                    let event = within_limit(conversation.next()).await.unwrap();
                    let side = Side::Caller;
                    assert_eq!(event, ConversationEvent::Replaced { side }, "{case}");
                    // A key of the one passes through to the other.
                    far.send_dtmf("5").await.unwrap();
                    let event = within_limit(conversation.next()).await.unwrap();
                    let key = Key::Digit5;
                    assert_eq!(event, ConversationEvent::Key { side, key }, "{case}");
                    assert!(!dialing.is_finished(), "{case}");
                    target.hangup().await.unwrap();
                    let end = within_limit(conversation.wait_for_end()).await.unwrap();
                    assert!(matches!(end, TalkEnd::Callee(_)), "{case}: {end:?}");
                    conversation.hang_up().await;
                }
            }
            let (dialed, mut call) = within_limit(dialing).await.unwrap();
            let dialed = dialed.unwrap().to_string();
            let ended_by = match transfer {
                Transfer::Blind => "ended by the callee",
                Transfer::Attended => "ended by the caller",
            };
            assert!(dialed.ends_with(ended_by), "{case}: {dialed}");
            let end = call.end().cloned();
            assert!(
                matches!(end, Some(CallEnd::Replaced { .. })),
                "{case}: {end:?}"
            );
            wait_until_legs_are_removed(client, 0).await;
        }
    });
}

/// The phone transfers in the middle of a consultation: the program does that, where the server
/// leaves it to programs, or else Asterisk.
#[test]
fn phones_transfer_in_consultations() {
    on_every_release(async |server, client, app| {
        for takes_over in [false, true] {
            if takes_over && server.release().number() < 22 {
                continue;
            }
            let case = format!("{}, {takes_over}", server.release());
            let (near, mut caller) = phone(client, app).await;
            if takes_over {
                caller.take_over_transfers().await.unwrap();
            }
            let (conversation, _) = talk(caller, client, app).await;
            let consult = conversation.consult(Side::Callee, |caller| caller.dial(PHONE));
            let (consulted, third) = tokio::join!(within_limit(consult), answer(client, app));
            let Consulted::Answered {
                mut consultation, ..
            } = consulted.unwrap()
            else {
                panic!("{case}: not answered");
            };
            let target = consultation.call(ConsultationParty::Target).id().to_owned();
            wait_for_company(client, &[(&target, 2)]).await;
            let address = refer_to(server, "echo", None).await;
            near.redirect(address).await.unwrap();
            let event = within_limit(consultation.next()).await.unwrap();
            let party = ConsultationParty::Transferor;
            if takes_over {
                let ConsultationEvent::TransferRequested {
                    party: requester,
                    request: TransferRequest::Blind { destination, .. },
                } = event
                else {
                    panic!("{case}: {event:?}");
                };
                assert_eq!((requester, destination.as_str()), (party, "echo"), "{case}");
            } else {
                assert_eq!(event, ConsultationEvent::Replaced { party }, "{case}");
                wait_for_exten(client, "echo").await;
            }
            // The target is still there, and hangs up.
            wait_for_company(client, &[(&target, 2)]).await;
            third.hangup().await.unwrap();
            let event = within_limit(consultation.next()).await.unwrap();
            let is_target = matches!(
                event,
                ConsultationEvent::Ended {
                    party: ConsultationParty::Target,
                    ..
                }
            );
            assert!(is_target, "{case}: {event:?}");
            consultation.hang_up().await;
            let _ = near.hangup().await;
            wait_until_legs_are_removed(client, 0).await;
        }
    });
}

/// Waits until a channel is in an extension, with audio of it.
async fn wait_for_exten(client: &Client, extension: &str) {
    within_limit(async {
        loop {
            let channels = client.channels().list().await.unwrap();
            let mut plans = channels.iter().map(|it| &it.dialplan);
            if plans.any(|it| it.exten == extension && it.app_name.as_deref() == Some("Echo")) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

/// The program performs a blind transfer.
#[test]
fn blind_transfers_are_left_to_the_program() {
    on_every_release(async |server, client, app| {
        if server.release().number() < 22 {
            return;
        }
        let (near, mut caller) = phone(client, app).await;
        caller.take_over_transfers().await.unwrap();
        let (callee, _) = dial(&mut caller, client, app).await;
        let second = callee.id().to_owned();
        let mut conversation = Conversation::new(caller, callee);
        let ongoing = ConversationState::Ongoing;
        assert_eq!(conversation.connect().await.unwrap(), ongoing);

        let target = refer_to(server, "echo", None).await;
        near.redirect(target).await.unwrap();
        let event = within_limit(conversation.next()).await.unwrap();
        let ConversationEvent::TransferRequested {
            side: Side::Caller,
            request: TransferRequest::Blind { destination, .. },
        } = event
        else {
            panic!("{event:?}");
        };
        assert_eq!(destination, "echo");
        let endpoint = format!("PJSIP/{destination}@loop");
        let transfer = conversation.transfer(Side::Callee, AfterTransfer::Keep, |callee| {
            callee.dial(endpoint)
        });
        let Transferred::Connected {
            mut conversation,
            transferor: Some(mut phone),
            ..
        } = within_limit(transfer).await.unwrap()
        else {
            panic!("not connected");
        };
        phone
            .report_transfer(TransferReport::Answered)
            .await
            .unwrap();
        phone.hang_up().await.unwrap();
        let target = conversation.call(Side::Callee).id().to_owned();
        wait_for_company(client, &[(&second, 2), (&target, 2)]).await;
        conversation.hang_up().await;
        wait_until_legs_are_removed(client, 0).await;
    });
}

/// The program performs an attended transfer: both calls of the phone are its own.
#[test]
fn attended_transfers_are_left_to_the_program() {
    on_every_release(async |server, client, app| {
        if server.release().number() < 22 {
            return;
        }
        let (near, mut first) = phone(client, app).await;
        first.take_over_transfers().await.unwrap();
        let (mut conversation, far) = talk(first, client, app).await;
        let (_, second) = phone(client, app).await;
        let replaced = second.id().to_owned();
        let target = refer_to(server, "live", Some(&second)).await;
        let (consultation, asked) = talk(second, client, app).await;
        near.redirect(target).await.unwrap();
        let event = within_limit(conversation.next()).await.unwrap();
        let ConversationEvent::TransferRequested {
            side: Side::Caller,
            request: TransferRequest::Attended { channel_id, .. },
        } = event
        else {
            panic!("{event:?}");
        };
        assert_eq!(channel_id, Some(replaced));
        let (mut phone, callee) = conversation.separate().await;
        let (mut other, target) = consultation.separate().await;
        let mut joined = Conversation::new(callee, target);
        assert_eq!(joined.connect().await.unwrap(), ConversationState::Ongoing);
        phone.hang_up().await.unwrap();
        other.hang_up().await.unwrap();
        let id = joined.call(Side::Caller).id().to_owned();
        wait_for_company(client, &[(&id, 2)]).await;
        far.send_dtmf("7").await.unwrap();
        let event = within_limit(joined.next()).await.unwrap();
        let (side, key) = (Side::Caller, Key::Digit7);
        assert_eq!(event, ConversationEvent::Key { side, key });
        asked.hangup().await.unwrap();
        let end = within_limit(joined.wait_for_end()).await.unwrap();
        assert!(matches!(end, TalkEnd::Callee(_)), "{end:?}");
        joined.hang_up().await;
        wait_until_legs_are_removed(client, 0).await;
    });
}
