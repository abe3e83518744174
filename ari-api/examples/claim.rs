//! Two workers, one call: the dialplan offers a call to every application at once, and the first to
//! claim it gets it. This distributes calls among processes, without a dispatcher that could fail.
//!
//! ```text
//! cargo run -p ari-api --example claim
//! ```
//!
//! It talks to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C. Without `ARI_URL` it starts
//! a fake one and says so; Alice and Bob call there. The dialplan of a real one offers calls for
//! five seconds. This requires an Asterisk that has `StasisBroadcast`, such as 22.10:
//!
//! ```text
//! exten => 400,1,StasisBroadcast(5000)
//!  same => n,Hangup()
//! ```

mod server;

use std::collections::HashSet;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::operations::events::CLAIM_CHANNEL;
use ari_api::outcome::Claimed;
use ari_api::stream::{ConnectionEvent, EventStream};
use ari_api::{Client, Error, Event};
use tokio::task::JoinSet;

/// The applications. Usually each is a process of its own, on a machine of its own.
const WORKERS: [&str; 2] = ["worker-1", "worker-2"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (client, fake) = server::open().await?;

    // An older server would offer nothing, and nothing would ever happen. A server that was built
    // from a working tree has no version, and may support everything.
    let version = client.connection().fetch_version().await?;
    let needed = CLAIM_CHANNEL.availability;
    if let Some(version) = version.filter(|version| !needed.includes(*version)) {
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
            pbx.incoming_call(caller).to_extension("testari", "400");
        }
    }
    tokio::signal::ctrl_c().await?;
    // Ends the streams, and with them the workers.
    client.close(Duration::from_secs(5)).await;
    while workers.join_next().await.is_some() {}
    Ok(())
}

/// Takes as many calls as it can get.
async fn work(client: Client, name: &'static str, mut events: EventStream<Event>) {
    let mut calls = JoinSet::new();
    // Ids of the channels that have entered, and of those among them that are being served.
    let (mut inside, mut served) = (HashSet::new(), HashSet::new());
    while let Some(event) = events.next().await {
        match event.as_deref() {
            Ok(Event::CallBroadcast(offer)) => {
                let (client, id) = (client.clone(), offer.channel.id.clone());
                // In a task, so that the next offer does not wait: offers are short.
                calls.spawn(async move {
                    match client.events().claim_channel(&id, name).outcome().await {
                        Ok(Claimed::Won) => println!("{name}: won {id}"),
                        Ok(_) => println!("{name}: lost {id}"),
                        // The caller has hung up, or the offer has expired.
                        Err(error) if error.is_channel_gone() || error.status() == Some(404) => {
                            println!("{name}: too late for {id}");
                        }
                        Err(error) => println!("{name}: {error}"),
                    }
                });
            }
            // The worker controls the call only from here on.
            Ok(Event::StasisStart(start)) => {
                inside.insert(start.channel.id.clone());
            }
            Ok(Event::Connection(turn)) => {
                println!("{name}: {turn}");
                // Claimed calls that entered while the WebSocket was lost. A StasisStart may
                // follow.
                if let ConnectionEvent::Resynced(found) = turn {
                    inside.extend(found.entered_channels.iter().cloned());
                }
            }
            Ok(_) => {}
            Err(error) => eprintln!("{name}: {error}"),
        }
        for id in inside.difference(&served) {
            let call = client.channel(id);
            calls.spawn(async move {
                match serve(&call).await {
                    Ok(()) => println!("{name}: served {}", call.channel_id()),
                    Err(error) => println!("{name}: {error}"),
                }
            });
        }
        served.clone_from(&inside);
    }
}

/// Greets a caller and hangs up, even if the greeting fails.
async fn serve(call: &ChannelHandle) -> Result<(), Error> {
    let greeted = async {
        call.answer().await?;
        call.play(["sound:hello-world"]).wait_until_finished().await
    };
    let greeted = greeted.await;
    match call.hangup().await {
        Err(error) if error.is_channel_gone() => {}
        result => result?,
    }
    greeted.map(drop)
}
