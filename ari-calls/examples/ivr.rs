//! A voice menu. It plays a prompt, waits for a digit, asks again if there is none or a wrong one,
//! and gives up after three attempts. A digit stops the prompt.
//!
//! ```text
//! cargo run -p ari-calls --example ivr
//! ```
//!
//! It connects to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C. Without `ARI_URL` it starts a
//! fake Asterisk, prints its address and simulates calls of Alice and Bob. The dialplan of a real
//! one sends calls to it:
//!
//! ```text
//! exten => 100,1,Stasis(ivr)
//!  same => n,Hangup()
//! ```

#[path = "server/calls.rs"]
mod calls;
mod server;

use std::sync::Arc;
use std::time::Duration;

use ari_calls::menu::{Chosen, Menu};
use ari_calls::{Call, CallError, Media, Prompt};
use ari_mock::Asterisk;

async fn serve(name: String, mut call: Call) -> Result<(), CallError> {
    println!("{name}: calls");
    call.answer().await?;
    let number = call.channel().get().await?.caller.number;
    let number = Media::digits(number).map_or("sound:vm-unknown-caller".into(), Prompt::from);
    let menu = Menu::new(["sound:vm-press", "digits:12"])
        .on("1", Some("sound:hello-world".into()))
        .on("2", Some(number))
        .on("#", None)
        .no_match("sound:vm-pls-try-again")
        .attempts(3)
        .first_key_timeout(Duration::from_secs(3));
    while let Chosen::Choice { value, digits, .. } = call.choose(&menu).await? {
        println!("{name}: presses {digits}");
        match value {
            Some(prompt) => call.play(prompt).await?,
            None => return leave(call).await,
        };
    }
    println!("{name}: makes no choice");
    leave(call).await
}

async fn leave(mut call: Call) -> Result<(), CallError> {
    call.play("sound:vm-goodbye").await?;
    call.hang_up().await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let second = Duration::from_secs(1);
    let fake = Asterisk::builder().sound("vm-press", second);
    let (client, fake) = server::open(fake.sound("vm-pls-try-again", second)).await?;
    let app = client.application("ivr").connect().await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(callers(pbx));
    }
    calls::serve(client, app, |name, _, call| serve(name, call)).await
}

/// Simulates callers if the Asterisk is a fake one.
async fn callers(pbx: Arc<Asterisk>) {
    let play = "channels.playWithId";
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .caller("Alice <100>")
        .into_application("ivr");
    for (prompt, key) in [(1, "1"), (3, "2"), (5, "9"), (6, "#")] {
        pbx.wait_for_request(play, prompt).await;
        alice.press(key);
    }
    pbx.wait_for_request("channels.hangup", 1).await;
    let bob = pbx.incoming_call("PJSIP/bob").into_application("ivr");
    pbx.wait_for_request(play, 8).await;
    bob.hang_up();
}
