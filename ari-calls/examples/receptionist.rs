//! A receptionist: a menu, a colleague to talk to, and a mailbox for when nobody answers.
//!
//! ```text
//! cargo run -p ari-calls --example receptionist
//! ```
//!
//! It connects to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C, and dials `PJSIP/bob`.
//! Without `ARI_URL` it starts a fake Asterisk, prints its address and simulates a call of Alice.
//! The dialplan of a real one sends calls to it:
//!
//! ```text
//! exten => 600,1,Stasis(receptionist)
//!  same => n,Hangup()
//! ```

#[path = "server/calls.rs"]
mod calls;
mod server;

use std::sync::Arc;
use std::time::Duration;

use ari_api::client::unique_id;
use ari_calls::dial::Dialed;
use ari_calls::menu::{Chosen, Menu};
use ari_calls::{Call, CallError};
use ari_mock::{Asterisk, Step};

#[derive(Clone)]
enum Choice {
    Bob,
    Mailbox,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let never = [Step::Ringing, Step::Wait(Duration::from_secs(3600))];
    let fake = Asterisk::builder().endpoint("PJSIP/bob", never);
    let (client, fake) = server::open(fake).await?;
    let app = client.application("receptionist").connect().await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(alice(pbx));
    }
    calls::serve(client, app, |name, _, call| serve(name, call)).await
}

async fn serve(name: String, mut call: Call) -> Result<(), CallError> {
    call.answer().await?;
    let menu = Menu::new(["sound:vm-press", "digits:1", "sound:vm-press", "digits:2"])
        .on("1", Choice::Bob)
        .on("2", Choice::Mailbox)
        .no_match("sound:pm-invalid-option")
        .attempts(3);
    match call.choose(&menu).await? {
        Chosen::Choice {
            value: Choice::Bob, ..
        } => {
            let dial = call.dial("PJSIP/bob").timeout(Duration::from_secs(4));
            match dial.await? {
                Dialed::Talked { duration, .. } => println!("{name}: talked for {duration:.0?}"),
                Dialed::NotAnswered { legs, .. } => {
                    for leg in legs {
                        println!("{name}: {}: {}", leg.endpoint, leg.reason);
                    }
                    leave_message(&name, &mut call).await?;
                }
                _ => {}
            }
        }
        Chosen::Choice {
            value: Choice::Mailbox,
            ..
        } => leave_message(&name, &mut call).await?,
        _ => println!("{name}: makes no choice"),
    }
    call.play("sound:vm-goodbye").await?;
    call.hang_up().await
}

async fn leave_message(name: &str, call: &mut Call) -> Result<(), CallError> {
    call.play("sound:vm-intro").await?;
    let message = call
        .record(format!("receptionist-{}", unique_id()), "wav")
        .beep(true)
        .max_silence(Duration::from_secs(5))
        .await?;
    println!("{name}: a message, ended by {:?}", message.ended_by);
    // A program would keep it.
    message.stored.delete_stored().await?;
    Ok(())
}

/// Simulates a caller whom Bob does not answer, and who leaves a message.
async fn alice(pbx: Arc<Asterisk>) {
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application("receptionist");
    pbx.wait_for_response("channels.playWithId", 1).await;
    alice.press("1");
    pbx.wait_for_response("channels.record", 1).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    alice.press("#");
}
