//! A worker of a cluster: it answers each call of the application `hello`, plays a prompt and hangs up.
//! A call whose worker is gone is answered again.
//!
//! A cluster on one machine, without an Asterisk, each in a terminal of its own:
//!
//! ```sh
//! nats-server
//! ari mock --gateway fake
//! cargo run -p ari-cluster --example worker
//! ari channels originate --endpoint Local/1@testari --app hello
//! ```
//!
//! `ARI_NATS` is the address of the NATS server.

use std::error::Error;
use std::time::Duration;

use ari_api::{Client, Event, IncomingSession};
use ari_cluster::{Cluster, ClusterSession as _};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let servers = std::env::var("ARI_NATS").unwrap_or("nats://127.0.0.1:4222".to_owned());
    let cluster = Cluster::connect(servers).await?;
    let worker = cluster.worker("hello").resume(resume).serve(call).await?;
    println!("worker {} waits for calls; Ctrl-C ends it", worker.id());
    tokio::signal::ctrl_c().await?;
    let left = worker.drain(Duration::from_secs(5)).await;
    println!("{left} calls were given to other workers");
    Ok(())
}

/// A new call.
async fn call(mut session: IncomingSession<Client>) -> Result<(), ari_api::Error> {
    while let Some(event) = session.events.next().await {
        if let Event::StasisStart(start) = event?.as_ref() {
            println!(
                "{} on {}",
                start.channel.id,
                session.server_name().unwrap_or_default()
            );
            greet(&session, &start.channel.id).await?;
        }
    }
    Ok(())
}

/// A call whose worker is gone.
async fn resume(session: IncomingSession<Client>) -> Result<(), ari_api::Error> {
    let channels = session.resumed().map(|call| call.channel_ids().to_vec());
    for channel in channels.unwrap_or_default() {
        println!("{channel} again");
        greet(&session, &channel).await?;
    }
    Ok(())
}

async fn greet(session: &IncomingSession<Client>, channel: &str) -> Result<(), ari_api::Error> {
    let channel = session.client.channel(channel);
    channel.answer().await?;
    channel
        .play(["sound:hello-world"])
        .wait_until_finished()
        .await?;
    channel.hangup().await
}
