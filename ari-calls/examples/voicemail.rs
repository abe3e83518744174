//! Voicemail: a greeting, and a message that the caller reviews.
//!
//! ```text
//! cargo run -p ari-calls --example voicemail
//! ```
//!
//! It connects to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C. Without `ARI_URL` it starts a
//! fake Asterisk, prints its address and simulates a call of Alice. The dialplan of a real one sends
//! calls to it:
//!
//! ```text
//! exten => 601,1,Stasis(voicemail)
//!  same => n,Hangup()
//! ```

#[path = "server/calls.rs"]
mod calls;
mod server;

use std::sync::Arc;
use std::time::Duration;

use ari_api::client::unique_id;
use ari_calls::review::{Review, Reviewed};
use ari_calls::{Call, CallError};
use ari_mock::{Asterisk, FakeChannel};

/// Takes a message, and returns it if the caller keeps it or hangs up.
async fn take_message(call: &mut Call) -> Result<Reviewed, CallError> {
    call.answer().await?;
    call.play("sound:vm-intro").await?;
    let review = Review::new("sound:vm-review")
        .keep("1")
        .listen("2")
        .again("3")
        .discard("*")
        .too_short("sound:vm-tooshort");
    let message = call.record(format!("voicemail/{}", unique_id()), "wav");
    message
        .beep(true)
        .max_silence(Duration::from_secs(5))
        .min_duration(Duration::from_secs(2))
        .review(review)
        .await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let (client, fake) = server::open(Asterisk::builder()).await?;
    let app = client.application("voicemail").connect().await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(alice(pbx));
    }
    calls::serve(client, app, |name, _, call| serve(name, call)).await
}

async fn serve(name: String, mut call: Call) -> Result<(), CallError> {
    match take_message(&mut call).await? {
        Reviewed::Kept { recorded, by, .. } => {
            let (duration, stored) = (recorded.duration, recorded.stored.recording_name());
            println!("{name}: a message of {duration:?} ({by:?}): {stored}");
            // A program would keep it.
            recorded.delete().await?;
        }
        outcome => println!("{name}: no message: {outcome:?}"),
    }
    call.hang_up().await
}

/// Simulates a caller who keeps the second message, and one who hangs up.
async fn alice(pbx: Arc<Asterisk>) {
    let arrive = || {
        pbx.incoming_call("PJSIP/alice")
            .into_application("voicemail")
    };
    let speak = async |alice: &FakeChannel, recordings| {
        pbx.wait_for_response("channels.record", recordings).await;
        tokio::time::sleep(Duration::from_millis(3500)).await;
        alice.press("#");
    };
    let alice = arrive();
    speak(&alice, 1).await;
    alice.press("3");
    speak(&alice, 2).await;
    alice.press("1");
    pbx.wait_for_response("channels.hangup", 1).await;
    let alice = arrive();
    speak(&alice, 3).await;
    alice.hang_up();
}
