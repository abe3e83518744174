//! Transfers, consultations and calls that are let go, with hangups of each party at every moment.

use std::time::Duration;

use ari_api::Event;
use ari_calls::conversation::{Conversation, Side};
use ari_calls::transfer::{
    AfterTransfer, ConsultationEvent, ConsultationParty, ConsultationState, Consulted, LetGo,
    Transferred,
};
use ari_calls::{Call, CallError};
use tokio::time::timeout;

use crate::conversation::{SECOND, arrived, dialed, pause, places, run_until_finished, talk};
use crate::support::{ms, with_clock};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Ending {
    Complete(AfterTransfer),
    Cancel,
}

/// Lets a conversation last for a second, and hangs up.
async fn finish(mut conversation: Conversation) -> Result<(), CallError> {
    pause(&mut conversation).await?;
    conversation.hang_up().await;
    Ok(())
}

/// Bob asks Carol, swaps twice, joins all, and ends it so.
async fn attended(call: Call, endpoint: &str, ending: Ending) -> Result<String, CallError> {
    let mut conversation = talk(call, "PJSIP/bob").await?;
    pause(&mut conversation).await?;
    let mut transferred = false;
    let consult = conversation.consult(Side::Caller, |bob| bob.dial(endpoint).timeout(4 * SECOND));
    let mut consultation = match consult.await? {
        Consulted::Answered { consultation, .. } => consultation,
        Consulted::NotAnswered {
            mut conversation,
            legs,
            ..
        } => {
            assert_eq!(legs.len(), 1);
            assert!(conversation.is_on_hold(Side::Caller));
            let _ = conversation.connect().await?;
            finish(conversation).await?;
            return Ok("not answered".to_owned());
        }
        Consulted::Ended {
            conversation, end, ..
        } => {
            conversation.hang_up().await;
            let end = format!("{end:?}");
            return Ok(format!("{} ended", end.split('(').next().unwrap()));
        }
        other => panic!("{other:?}"),
    };
    for step in 0..4 {
        let state = match step {
            0 => ConsultationState::Ongoing,
            1 | 2 => consultation.swap().await?,
            _ => consultation.join_all().await?,
        };
        let ended = match state {
            ConsultationState::Ended { party, .. } => Some(party),
            ConsultationState::Ongoing => match timeout(SECOND, consultation.next()).await {
                Ok(Ok(ConsultationEvent::Ended { party, .. })) => Some(party),
                Ok(other) => panic!("{other:?}"),
                Err(_) => None,
            },
        };
        match ended {
            None => {}
            Some(ConsultationParty::Transferor) => {
                transferred = true;
                break;
            }
            Some(ConsultationParty::Target) => {
                finish(consultation.cancel().await?).await?;
                return Ok("Target ended".to_owned());
            }
            Some(ConsultationParty::Transferee) => {
                consultation.hang_up().await;
                return Ok("Transferee ended".to_owned());
            }
        }
    }
    match ending {
        Ending::Complete(_) if transferred => {
            let completed = consultation.complete(AfterTransfer::Keep).await?;
            assert!(completed.transferor.unwrap().end().is_some());
            finish(completed.conversation).await?;
            return Ok("Transferor ended".to_owned());
        }
        Ending::Complete(transferor) => {
            let completed = consultation.complete(transferor).await?;
            assert_eq!(
                completed.transferor.is_some(),
                transferor == AfterTransfer::Keep
            );
            finish(completed.conversation).await?;
        }
        Ending::Cancel => finish(consultation.cancel().await?).await?,
    }
    Ok("done".to_owned())
}

#[test]
fn third_parties_are_consulted() {
    let cases = [
        (Ending::Complete(AfterTransfer::HangUp), "alice+carol"),
        (Ending::Complete(AfterTransfer::Keep), "alice+carol bob"),
        (Ending::Cancel, "alice+bob"),
    ];
    for (ending, expected) in cases {
        with_clock(async {
            let mut arrived = arrived().await;
            let program = arrived.run(move |call| attended(call, "PJSIP/carol", ending));
            arrived.pbx.idle().await;
            arrived.pbx.elapse(ms(500)).await;
            let steps = [
                "alice+bob",
                "alice~default bob carol",
                "bob+carol alice~default",
                "alice+bob carol~default",
                "bob+carol alice~default",
                "alice+bob+carol",
                expected,
                "",
            ];
            for (step, expected) in steps.into_iter().enumerate() {
                arrived.pbx.elapse(SECOND).await;
                assert_eq!(places(&arrived), expected, "{ending:?}, step {step}");
            }
            assert_eq!(program.await.unwrap().unwrap(), "done");
            assert_eq!(arrived.pbx.bridges(), []);
            arrived.pbx.assert_no_violations();
        });
    }
}

#[test]
fn consultations_that_nobody_answers_go_back() {
    for endpoint in ["PJSIP/busy", "PJSIP/never"] {
        with_clock(async {
            let mut arrived = arrived().await;
            let program = arrived.run(move |call| attended(call, endpoint, Ending::Cancel));
            arrived.pbx.idle().await;
            let mut seen = Vec::new();
            while !program.is_finished() {
                arrived.pbx.elapse(ms(300)).await;
                seen.push(places(&arrived));
                assert!(seen.len() < 100, "{endpoint}: {seen:?}");
            }
            seen.dedup();
            assert_eq!(program.await.unwrap().unwrap(), "not answered");
            let expected = [
                "alice bob",
                "alice+bob",
                "alice~default bob",
                "alice+bob",
                "",
            ];
            assert_eq!(seen, expected, "{endpoint}");
            assert_eq!(arrived.pbx.bridges(), []);
            arrived.pbx.assert_no_violations();
        });
    }
}

/// The phone of the transferor transfers the target in the middle of the consultation: the program
/// does that, or else Asterisk.
#[test]
fn transfers_of_phones_in_consultations_are_reported() {
    for takes_over in [true, false] {
        with_clock(async {
            let mut arrived = arrived().await;
            let program = arrived.run(async move |call| {
                let mut conversation = talk(call, "PJSIP/bob").await.unwrap();
                if takes_over {
                    let bob = conversation.call(Side::Callee);
                    bob.take_over_transfers().await.unwrap();
                }
                let consult = conversation.consult(Side::Caller, |bob| bob.dial("PJSIP/carol"));
                let Consulted::Answered {
                    mut consultation, ..
                } = consult.await.unwrap()
                else {
                    panic!("not answered");
                };
                let mut seen = Vec::new();
                loop {
                    seen.push(match consultation.next().await.unwrap() {
                        ConsultationEvent::TransferRequested { party, request } => {
                            format!("{party:?} {request:?}")
                        }
                        ConsultationEvent::Replaced { party } => format!("{party:?} replaced"),
                        ConsultationEvent::Key { party, key } => format!("{party:?} {key}"),
                        ConsultationEvent::Ended { party, .. } => {
                            seen.push(format!("{party:?} ended"));
                            break;
                        }
                        other => panic!("{other:?}"),
                    });
                }
                consultation.hang_up().await;
                seen.join(", ")
            });
            arrived.pbx.idle().await;
            arrived.pbx.elapse(6 * SECOND).await;
            let bob = dialed(&arrived.pbx, "PJSIP/bob").unwrap();
            let carol = dialed(&arrived.pbx, "PJSIP/carol").unwrap();
            bob.transfer("echo");
            arrived.pbx.elapse(2 * SECOND).await;
            let bridge = arrived.pbx.bridge(&carol.bridge().unwrap()).unwrap();
            let mut others = bridge.channels.iter().filter(|id| *id != carol.id());
            let transferor = arrived.pbx.channel(others.next_back().unwrap());
            assert_eq!(transferor.id() == bob.id(), takes_over);
            transferor.press("5");
            arrived.pbx.elapse(2 * SECOND).await;
            transferor.hang_up();
            arrived.pbx.elapse(5 * SECOND).await;
            let expected = match takes_over {
                true => {
                    "Transferor Blind { destination: \"echo\" }, Transferor 5, Transferor ended"
                }
                false => "Transferor replaced, Transferor 5, Transferor ended",
            };
            assert_eq!(program.await.unwrap(), expected);
            arrived.pbx.elapse(SECOND).await;
            assert!(arrived.pbx.channel_ids().is_empty());
            assert_eq!(arrived.pbx.bridges(), []);
        });
    }
}

/// Returns to which endpoint the side is transferred, and what becomes of it.
async fn blind(
    call: Call,
    endpoint: &str,
    transferee: Side,
    transferor: AfterTransfer,
) -> Result<&'static str, CallError> {
    let mut conversation = talk(call, "PJSIP/bob").await?;
    pause(&mut conversation).await?;
    let transfer = conversation.transfer(transferee, transferor, |call| {
        call.dial(endpoint).timeout(4 * SECOND)
    });
    match transfer.await? {
        Transferred::Connected {
            conversation,
            transferor: kept,
            ..
        } => {
            assert_eq!(kept.is_some(), transferor == AfterTransfer::Keep);
            finish(conversation).await?;
            if let Some(mut kept) = kept {
                let _ = kept.hang_up().await;
            }
            Ok("connected")
        }
        Transferred::NotAnswered {
            mut transferee,
            transferor: kept,
            ..
        } => {
            if let Some(kept) = kept {
                let mut conversation = Conversation::new(kept, transferee);
                let _ = conversation.connect().await?;
                finish(conversation).await?;
            } else {
                let _ = transferee.hang_up().await;
            }
            Ok("not answered")
        }
        Transferred::Ended {
            transferor: kept, ..
        } => {
            if let Some(mut kept) = kept {
                let _ = kept.hang_up().await;
            }
            Ok("transferee ended")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn sides_are_transferred() {
    // (endpoint, transferee, transferor, places after another)
    type Case = (
        &'static str,
        Side,
        AfterTransfer,
        &'static [&'static str],
        &'static str,
    );
    let cases: [Case; 6] = [
        (
            "PJSIP/carol",
            Side::Callee,
            AfterTransfer::HangUp,
            &["bob carol", "bob+carol"],
            "connected",
        ),
        (
            "PJSIP/carol",
            Side::Caller,
            AfterTransfer::HangUp,
            &["alice carol", "alice+carol"],
            "connected",
        ),
        (
            "PJSIP/carol",
            Side::Caller,
            AfterTransfer::Keep,
            &["alice bob carol", "alice+carol bob"],
            "connected",
        ),
        (
            "PJSIP/busy",
            Side::Caller,
            AfterTransfer::HangUp,
            &["alice"],
            "not answered",
        ),
        (
            "PJSIP/never",
            Side::Callee,
            AfterTransfer::Keep,
            &["alice bob", "alice+bob"],
            "not answered",
        ),
        (
            "PJSIP/none",
            Side::Callee,
            AfterTransfer::Keep,
            &[],
            "not answered",
        ),
    ];
    for (endpoint, transferee, transferor, expected, outcome) in cases {
        with_clock(async {
            let mut arrived = arrived().await;
            let program = arrived.run(move |call| blind(call, endpoint, transferee, transferor));
            arrived.pbx.idle().await;
            let mut seen = Vec::new();
            while !program.is_finished() {
                arrived.pbx.elapse(ms(300)).await;
                seen.push(places(&arrived));
                assert!(seen.len() < 100, "{endpoint}: {seen:?}");
            }
            seen.dedup();
            let case = format!("{endpoint} for {transferee:?}, {transferor:?}");
            assert_eq!(program.await.unwrap().unwrap(), outcome, "{case}");
            let mut all = vec!["alice bob", "alice+bob"];
            all.extend(expected);
            all.push("");
            assert_eq!(seen, all, "{case}");
            assert_eq!(arrived.pbx.bridges(), []);
            arrived.pbx.assert_no_violations();
        });
    }
}

/// Somebody hangs up, or the program is dropped, at every second of a program. Returns the outcomes.
fn interrupt<F>(who: &str, program: fn(Call) -> F) -> Vec<String>
where
    F: Future<Output = Result<String, CallError>> + Send + 'static,
{
    let at = |moment: Duration| async move {
        let mut arrived = arrived().await;
        let program = arrived.run(program);
        arrived.pbx.idle().await;
        arrived.pbx.elapse(moment).await;
        let dialed = |name: &str| dialed(&arrived.pbx, &format!("PJSIP/{name}"));
        match who {
            "alice" => arrived.alice.hang_up(),
            "drop" => program.abort(),
            "gap" => arrived.pbx.drop_connections(),
            name => _ = dialed(name).map(|it| it.hang_up()),
        }
        run_until_finished(&arrived.pbx, &program).await;
        let case = format!("{who} at {moment:?}");
        assert!(program.is_finished(), "{case}: waits for ever");
        let result = match program.await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(CallError::Ended(_))) => "alice ended".to_owned(),
            Ok(Err(error)) => panic!("{case}: {error}"),
            Err(error) if error.is_cancelled() => "dropped".to_owned(),
            Err(error) => panic!("{case}: {error}"),
        };
        assert_eq!(arrived.pbx.channel_ids().len(), 0, "{case}: {result}");
        assert_eq!(arrived.pbx.bridges(), [], "{case}: {result}");
        arrived.pbx.assert_no_violations();
        result
    };
    // Bob has answered at 1.3 s at the latest.
    let moments = (0..9).map(|moment| moment * SECOND + ms(1400));
    let mut seen: Vec<String> = moments.map(|moment| with_clock(at(moment))).collect();
    seen.dedup();
    seen
}

#[test]
fn hangups_in_consultations_leave_nothing_behind() {
    let program = |call| attended(call, "PJSIP/carol", Ending::Complete(AfterTransfer::HangUp));
    let cases: [(&str, &[&str]); 5] = [
        ("alice", &["Caller ended", "Transferee ended", "done"]),
        ("bob", &["Callee ended", "Transferor ended", "done"]),
        ("carol", &["done", "not answered", "Target ended", "done"]),
        ("drop", &["dropped", "done"]),
        ("gap", &["done"]),
    ];
    for (who, expected) in cases {
        assert_eq!(interrupt(who, program), expected, "{who}");
    }
}

/// The target does not ring any longer for sides that have hung up.
#[test]
fn hangups_stop_the_ringing() {
    for (who, expected) in [("alice", "Caller ended"), ("bob", "Callee ended")] {
        with_clock(async {
            let mut arrived = arrived().await;
            let program = arrived.run(|call| attended(call, "PJSIP/never", Ending::Cancel));
            arrived.pbx.idle().await;
            arrived.pbx.elapse(ms(2900)).await;
            let target = dialed(&arrived.pbx, "PJSIP/never").unwrap();
            match dialed(&arrived.pbx, "PJSIP/bob").filter(|_| who == "bob") {
                Some(bob) => bob.hang_up(),
                None => arrived.alice.hang_up(),
            }
            arrived.pbx.elapse(ms(300)).await;
            assert!(!target.exists(), "{who}");
            assert_eq!(program.await.unwrap().unwrap(), expected);
            arrived.pbx.elapse(ms(300)).await;
            assert!(arrived.pbx.channel_ids().is_empty(), "{who}");
            assert_eq!(arrived.pbx.bridges(), [], "{who}");
        });
    }
}

#[test]
fn hangups_in_transfers_leave_nothing_behind() {
    async fn program(call: Call) -> Result<String, CallError> {
        let outcome = blind(call, "PJSIP/carol", Side::Caller, AfterTransfer::Keep).await;
        outcome.map(str::to_owned)
    }
    let cases: [(&str, &[&str]); 4] = [
        ("alice", &["transferee ended", "connected"]),
        ("bob", &["connected"]),
        ("carol", &["connected", "not answered", "connected"]),
        ("drop", &["dropped", "connected"]),
    ];
    for (who, expected) in cases {
        assert_eq!(interrupt(who, program), expected, "{who}");
    }
}

#[test]
fn calls_are_let_go() {
    with_clock(async {
        let mut arrived = arrived().await;
        let client = arrived.call.as_ref().unwrap().client().clone();
        let mut other = client.application("other").connect().await.unwrap();
        let program = arrived.run(async |call| {
            let mut conversation = talk(call, "PJSIP/bob").await.unwrap();
            pause(&mut conversation).await.unwrap();
            let (mut alice, mut bob) = conversation.separate().await;
            let to_dialplan = alice.continue_in_dialplan().context("testari");
            let left = to_dialplan.extension("echo").await.unwrap();
            assert_eq!(left, LetGo::Left);
            let again = alice.continue_in_dialplan().await.unwrap_err();
            assert!(again.call_end().is_some(), "{again}");
            assert_eq!(bob.move_to("other").args(["1"]).await.unwrap(), LetGo::Left);
        });
        arrived.pbx.idle().await;
        arrived.pbx.elapse(10 * SECOND).await;
        program.await.unwrap();
        // Both are still there, and belong to others.
        assert_eq!(places(&arrived), "alice bob");
        assert_eq!(arrived.alice.application(), None);
        let bob = dialed(&arrived.pbx, "PJSIP/bob").unwrap();
        assert_eq!(bob.application().as_deref(), Some("other"));
        let start = loop {
            if let Event::StasisStart(start) = &*other.try_next().unwrap().unwrap() {
                break start.clone();
            }
        };
        assert_eq!(
            (start.channel.id.as_str(), &start.args[..]),
            (bob.id(), &["1".to_owned()][..])
        );
        arrived.pbx.assert_no_violations();
    });
}
