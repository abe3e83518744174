//! An attendant, Bob, who asks Carol before he transfers a caller to her.
//!
//! ```text
//! cargo run -p ari-calls --example attendant
//! ```
//!
//! Bob presses `*` to put the caller on hold and call Carol. Then `1` completes the transfer, as does
//! hanging up, `2` swaps both, `3` connects all three, and `*` returns to the caller.
//!
//! It connects to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C, and dials `PJSIP/bob` and
//! `PJSIP/carol`. Without `ARI_URL` it starts a fake Asterisk, prints its address and simulates a
//! call of Alice. The dialplan of a real one sends calls to it:
//!
//! ```text
//! exten => 600,1,Stasis(attendant)
//!  same => n,Hangup()
//! ```

#[path = "server/calls.rs"]
mod calls;
mod server;

use std::time::Duration;

use ari_calls::conversation::{Conversation, ConversationEvent, Side};
use ari_calls::dial::Reached;
use ari_calls::transfer::{
    AfterTransfer, Consultation, ConsultationEvent, ConsultationParty, Consulted,
};
use ari_calls::{Call, CallError, Key};
use ari_mock::{Asterisk, Builder, Step};

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let (client, fake) = server::open(fake()).await?;
    let app = client.application("attendant").connect().await?;
    if let Some(pbx) = &fake {
        pbx.incoming_call("PJSIP/alice")
            .into_application("attendant");
    }
    calls::serve(client, app, |name, _, call| serve(name, call)).await
}

async fn serve(name: String, mut call: Call) -> Result<(), CallError> {
    match call.dial("PJSIP/bob").wait_for_answer().await? {
        Reached::Answered { callee, .. } => connect(&name, Conversation::new(call, callee)).await,
        Reached::NotAnswered { legs, .. } => {
            for leg in legs {
                println!("{name}: {leg}");
            }
            call.hang_up().await
        }
        _ => call.hang_up().await,
    }
}

/// Connects the caller to Bob, and transfers the caller when Bob wants to. Both are hung up at the
/// end.
async fn connect(name: &str, mut conversation: Conversation) -> Result<(), CallError> {
    // An end is reported by the next event.
    let _ = conversation.connect().await?;
    println!("{name}: talks to Bob");
    loop {
        match conversation.next().await? {
            ConversationEvent::Key {
                side: Side::Callee,
                key: Key::Star,
            } => {
                let consulted = conversation.consult(Side::Caller, |bob| {
                    bob.dial("PJSIP/carol").timeout(Duration::from_secs(20))
                });
                conversation = match consulted.await? {
                    Consulted::Answered { consultation, .. } => consult(name, consultation).await?,
                    Consulted::NotAnswered {
                        mut conversation,
                        legs,
                        ..
                    } => {
                        for leg in legs {
                            println!("{name}: {leg}");
                        }
                        let _ = conversation.connect().await?;
                        conversation
                    }
                    Consulted::Ended { conversation, .. } => conversation,
                    _ => return Ok(()),
                };
            }
            ConversationEvent::Ended(end) => {
                println!("{name}: the conversation was ended by {end}");
                conversation.hang_up().await;
                return Ok(());
            }
            _ => {}
        }
    }
}

/// Lets Bob talk to Carol, until he has decided. Returns the conversation of the caller afterwards.
async fn consult(name: &str, mut consultation: Consultation) -> Result<Conversation, CallError> {
    println!("{name}: is on hold, and Bob talks to Carol");
    loop {
        match consultation.next().await? {
            ConsultationEvent::Key {
                party: ConsultationParty::Transferor,
                key,
            } => match key {
                Key::Digit1 => break,
                Key::Digit2 => _ = consultation.swap().await?,
                Key::Digit3 => _ = consultation.join_all().await?,
                Key::Star => return consultation.cancel().await,
                _ => {}
            },
            ConsultationEvent::Ended {
                party: ConsultationParty::Transferor,
                ..
            } => break,
            ConsultationEvent::Ended { .. } => return consultation.cancel().await,
            _ => {}
        }
    }
    println!("{name}: is transferred to Carol");
    let completed = consultation.complete(AfterTransfer::HangUp).await?;
    Ok(completed.conversation)
}

/// Returns a fake Asterisk in which Bob and Carol answer.
fn fake() -> Builder {
    let wait = |seconds| Step::Wait(Duration::from_secs(seconds));
    let press = |key: &str| Step::SendDtmf(key.to_owned());
    let bob = [
        Step::Ringing,
        wait(1),
        Step::Answer,
        wait(1),
        press("*"),
        wait(3),
        press("1"),
        wait(60),
    ];
    let carol = [Step::Ringing, wait(1), Step::Answer, wait(4), Step::Hangup];
    let fake = Asterisk::builder().endpoint("PJSIP/bob", bob);
    fake.endpoint("PJSIP/carol", carol)
}
