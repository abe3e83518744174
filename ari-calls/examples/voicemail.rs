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

use std::env;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::client::unique_id;
use ari_api::{Client, Event};
use ari_calls::review::{Review, Reviewed};
use ari_calls::{Call, CallError};
use ari_mock::{Asterisk, FakeChannel};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Takes a message, and returns it if the caller keeps it or hangs up.
async fn take_message(call: &mut Call) -> std::result::Result<Reviewed, CallError> {
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
async fn main() -> Result<()> {
    let (client, fake) = open().await?;
    let mut app = client.application("voicemail").connect().await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(alice(pbx));
    }
    let mut interrupted = pin!(tokio::signal::ctrl_c());
    loop {
        let event = tokio::select! {
            _ = &mut interrupted => break,
            event = app.next() => event,
        };
        match event.transpose() {
            Ok(Some(event)) => {
                if let Event::StasisStart(start) = &*event {
                    let call = Call::incoming(&client, start);
                    tokio::spawn(serve(start.channel.name.clone(), call));
                }
            }
            Ok(None) => break,
            Err(error) => eprintln!("{error}"),
        }
    }
    client.close(Duration::from_secs(5)).await;
    Ok(())
}

async fn serve(name: String, mut call: Call) {
    match take_message(&mut call).await {
        Ok(Reviewed::Kept { recorded, by, .. }) => {
            let (duration, stored) = (recorded.duration, recorded.stored.recording_name());
            println!("{name}: a message of {duration:?} ({by:?}): {stored}");
            // A program would keep it.
            if let Err(error) = recorded.delete().await {
                eprintln!("{name}: {error}");
            }
        }
        Ok(outcome) => println!("{name}: no message: {outcome:?}"),
        Err(CallError::Ended(end)) => println!("{name}: {end}"),
        Err(error) => eprintln!("{name}: {error}"),
    }
    if let Err(error) = call.hang_up().await {
        eprintln!("{name}: {error}");
    }
}

/// Returns a client of the Asterisk at `ARI_URL`, or of a fake one, which is returned as well.
async fn open() -> Result<(Client, Option<Arc<Asterisk>>)> {
    let setting = |name: &str, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
    if let Ok(url) = env::var("ARI_URL") {
        let (user, password) = (
            setting("ARI_USER", "aritest"),
            setting("ARI_PASSWORD", "testme"),
        );
        let client = Client::builder(url).credentials(user, password).build()?;
        return Ok((client, None));
    }
    let pbx = Asterisk::start().await?;
    println!(
        "ARI_URL is not set: this is a fake Asterisk, at {}",
        pbx.url()
    );
    Ok((pbx.client()?, Some(Arc::new(pbx))))
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
