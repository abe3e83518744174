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

use std::env;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::client::unique_id;
use ari_api::{Client, Event};
use ari_calls::dial::Dialed;
use ari_calls::menu::{Chosen, Menu};
use ari_calls::{Call, CallError};
use ari_mock::{Asterisk, Step};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Clone)]
enum Choice {
    Bob,
    Mailbox,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let (client, fake) = open().await?;
    let mut app = client.application("receptionist").connect().await?;
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
    match receive(&name, &mut call).await {
        Ok(()) => {}
        Err(CallError::Ended(end)) => println!("{name}: {end}"),
        Err(error) => {
            eprintln!("{name}: {error}");
            // No caller is left in silence.
            let _ = call.hang_up().await;
        }
    }
}

async fn receive(name: &str, call: &mut Call) -> std::result::Result<(), CallError> {
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
                    leave_message(name, call).await?;
                }
                _ => {}
            }
        }
        Chosen::Choice {
            value: Choice::Mailbox,
            ..
        } => leave_message(name, call).await?,
        _ => println!("{name}: makes no choice"),
    }
    call.play("sound:vm-goodbye").await?;
    call.hang_up().await
}

async fn leave_message(name: &str, call: &mut Call) -> std::result::Result<(), CallError> {
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
    let never = [Step::Ringing, Step::Wait(Duration::from_secs(3600))];
    let pbx = Asterisk::builder()
        .endpoint("PJSIP/bob", never)
        .start()
        .await?;
    println!(
        "ARI_URL is not set: this is a fake Asterisk, at {}",
        pbx.url()
    );
    Ok((pbx.client()?, Some(Arc::new(pbx))))
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
