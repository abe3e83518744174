//! Two workers, one call: the dialplan offers a call to every application at once, the first to
//! claim it gets it. This shares calls between processes, without a dispatcher that could fail.
//!
//! ```text
//! cargo run -p ari-api --example claim
//! ```
//!
//! It talks to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until Ctrl-C. Without `ARI_URL` it starts a fake one
//! and says so; Alice and Bob call there. The dialplan of a real one offers calls for five seconds;
//! it takes an Asterisk that has `StasisBroadcast`, 22.10 for one:
//!
//! ```text
//! exten => 400,1,StasisBroadcast(5000)
//!  same => n,Hangup()
//! ```

mod server;

use std::time::Duration;

use ari_api::operations::events::CLAIM_CHANNEL;
use ari_api::outcome::Claimed;
use ari_api::runtime::EventStream;
use ari_api::{Client, Error, Event};
use tokio::task::JoinSet;

/// The applications; as a rule each is a process of its own, on a machine of its own.
const WORKERS: [&str; 2] = ["worker-1", "worker-2"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (client, fake) = server::open().await?;

    // An older server would offer nothing, and nothing would ever happen.
    let version = client.connection().ask_version().await?;
    let needed = CLAIM_CHANNEL.availability;
    if !needed.includes(version) {
        return Err(format!("claims take {needed}, this is Asterisk {version}").into());
    }

    let mut workers = JoinSet::new();
    for name in WORKERS {
        let events = client.application(name).connect().await?;
        println!("{name}: is ready");
        workers.spawn(work(client.clone(), name, events));
    }
    if let Some(pbx) = &fake {
        for caller in ["PJSIP/alice", "PJSIP/bob"] {
            pbx.call(caller).to_extension("testari", "400");
        }
    }
    tokio::signal::ctrl_c().await?;
    // Ends the streams, and with them the workers.
    client.close(Duration::from_secs(5)).await;
    while workers.join_next().await.is_some() {}
    Ok(())
}

/// Takes what calls it can get.
async fn work(client: Client, name: &'static str, mut events: EventStream<Event>) {
    let mut calls = JoinSet::new();
    while let Some(event) = events.next().await {
        match event.as_deref() {
            Ok(Event::CallBroadcast(offer)) => {
                let (client, id) = (client.clone(), offer.channel.id.clone());
                // In a task, so that the next offer does not wait: offers are short.
                calls.spawn(async move {
                    match client.events().claim_channel(&id, name).outcome().await {
                        Ok(Claimed::Won) => println!("{name}: won {id}"),
                        Ok(_) => println!("{name}: lost {id}"),
                        // The caller has hung up, or the time is over.
                        Err(error) if error.status() == Some(404) => {
                            println!("{name}: too late for {id}");
                        }
                        Err(error) => println!("{name}: {error}"),
                    }
                });
            }
            // Only now the call is ours to control.
            Ok(Event::StasisStart(start)) => {
                let (client, id) = (client.clone(), start.channel.id.clone());
                calls.spawn(async move {
                    match serve(&client, &id).await {
                        Ok(()) => println!("{name}: served {id}"),
                        Err(error) => println!("{name}: {error}"),
                    }
                });
            }
            Ok(Event::Connection(turn)) => println!("{name}: {turn}"),
            Ok(_) => {}
            Err(error) => eprintln!("{name}: {error}"),
        }
    }
}

async fn serve(client: &Client, id: &str) -> Result<(), Error> {
    let call = client.channel(id);
    call.answer().await?;
    call.play(["sound:hello-world"]).finished().await?;
    call.hangup().await
}
