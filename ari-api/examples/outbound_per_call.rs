//! Outbound WebSockets: Asterisk connects to the application once for every call, and the
//! application answers, plays, and hangs up. Run it with
//!
//! ```text
//! cargo run -p ari-api --features server --example outbound_per_call
//! ```
//!
//! It listens on `ARI_LISTEN`, such as `127.0.0.1:9000`, for an Asterisk. Without `ARI_LISTEN` it
//! starts a fake one that connects for a call, and says so. A real one (20.15, 21.10, 22.5 or
//! later) needs the address in `websocket_client.conf`,
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
//! the application and the user in `ari.conf` (the password must be in plain text),
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
//! and in `extensions.conf` the calls that enter the application. Each call ends when the
//! application has finished with it.
//!
//! ```ini
//! [testari]
//! exten => greet,1,Stasis(greeter)
//!  same => n,Hangup()
//! ```

use std::env;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::{Client, Error, Event, IncomingSession, Server};
use ari_mock::Asterisk;

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
    let mut fake = None;
    if given.is_none() {
        let url = format!("ws://{}/calls", server.local_addr());
        let pbx = Asterisk::builder()
            .websocket_client_with_credentials("calls", &url, "asterisk", "secret")
            .per_call_application("greeter", "calls")
            .start()
            .await?;
        println!(
            "ARI_LISTEN is not set: this is a fake Asterisk, at {}",
            pbx.url()
        );
        pbx.incoming_call("PJSIP/alice")
            .caller("Alice <100>")
            .into_application("greeter");
        fake = Some(pbx);
    }
    // ctrl_c needs tokio's feature `signal`. Waiting for Return is enough here.
    let _ = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await;
    drop(fake);
    server.shutdown(Duration::from_secs(10)).await;
    Ok(())
}

/// Handles one call. Its requests travel over the WebSocket that Asterisk has opened for it.
async fn greet(mut session: IncomingSession<Client>) -> Result<(), Error> {
    println!("{}: begins", session.application());
    // Asterisk reopens a lost WebSocket, and this handler starts again for a call in progress.
    let resumed = session.resumed().and_then(|call| call.channel_id());
    if let Some(id) = resumed {
        tokio::spawn(play_greeting(session.client.channel(id)));
    }
    while let Some(event) = session.events.next().await {
        match event?.as_ref() {
            Event::StasisStart(start) => {
                // In a task of its own, so that events are received in the meantime.
                tokio::spawn(play_greeting(session.client.channel(&start.channel.id)));
            }
            event => println!("{}: {}", session.application(), event.kind()),
        }
    }
    println!("{}: has ended", session.application());
    Ok(())
}

/// Answers, plays, and hangs up.
async fn play_greeting(call: ChannelHandle) {
    let said = async {
        call.answer().await?;
        call.play(["sound:hello-world"]).wait_until_finished().await
    };
    match said.await {
        // The caller has hung up.
        Err(error) if error.is_channel_gone() => return,
        // The WebSocket is lost, so no request can be sent over it. The next one greets again.
        Err(error @ Error::Disconnected { .. }) => return eprintln!("{error}"),
        Err(error) => eprintln!("{error}"),
        Ok(_) => {}
    }
    match call.hangup().await {
        Err(error) if !error.is_channel_gone() => eprintln!("{error}"),
        _ => {}
    }
}
