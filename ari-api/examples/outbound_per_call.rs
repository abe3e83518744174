//! Asterisk connects to the application, once for every call: answers, plays, hangs up.
//!
//! ```text
//! cargo run -p ari-api --features server --example outbound_per_call
//! ```
//!
//! listens on `ARI_LISTEN`, such as `127.0.0.1:9000`, for an Asterisk. Without `ARI_LISTEN` it
//! starts a fake one that connects for a call, and says so. A real one (20.15, 21.10, 22.5 or
//! later) says in `websocket_client.conf` where to connect to,
//!
//! ```ini
//! [calls]
//! type = websocket_client
//! connection_type = per_call_config
//! uri = ws://127.0.0.1:9000/calls
//! protocols = ari
//! username = asterisk
//! password = secret
//! ```
//!
//! in `ari.conf` for which application, and as which of its users (whose password has to be plain),
//!
//! ```ini
//! [aritest]
//! type = user
//! password = testme
//!
//! [calls]
//! type = outbound_websocket
//! websocket_client_id = calls
//! apps = greeter
//! local_ari_user = aritest
//! ```
//!
//! and in `extensions.conf` which calls enter it. The call ends when the application is done.
//!
//! ```ini
//! [testari]
//! exten => greet,1,Stasis(greeter)
//!  same => n,Hangup()
//! ```

#[path = "server/dials.rs"]
mod dials;
#[expect(
    dead_code,
    reason = "the fake Asterisk is enough where Asterisk connects"
)]
mod server;

use std::env;
use std::time::Duration;

use ari_api::{Client, Error, Event, Incoming, Server};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let given = env::var("ARI_LISTEN").ok();
    let server = Server::builder()
        .listen(given.as_deref().unwrap_or("127.0.0.1:0"))
        .credentials("asterisk", "secret")
        .route("/calls", greet)
        .serve()
        .await?;
    println!("listening on {}", server.local_addr());
    if given.is_none() {
        let pbx = server::fake("ARI_LISTEN").await?;
        dials::call(&pbx, server.local_addr()).await?;
    }
    // ctrl_c needs tokio's feature `signal`; until somebody presses Return will do here.
    let _ = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await;
    server.shutdown(Duration::from_secs(10)).await;
    Ok(())
}

/// One call. Its requests travel over the WebSocket that Asterisk has opened for it.
async fn greet(mut call: Incoming<Client>) -> Result<(), Error> {
    println!("{}: begins", call.application());
    while let Some(event) = call.events.next().await {
        match event?.as_ref() {
            Event::StasisStart(start) => {
                let channel = call.client.channel(&start.channel.id);
                channel.answer().await?;
                channel.play(["sound:hello-world"]).await?;
            }
            Event::PlaybackFinished(finished) => {
                let channel = finished.playback.target_uri.trim_start_matches("channel:");
                call.client.channel(channel).hangup().await?;
            }
            event => println!("{}: {}", call.application(), event.kind()),
        }
    }
    println!("{}: has ended", call.application());
    Ok(())
}
