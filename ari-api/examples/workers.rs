//! Two workers share the calls of an Asterisk, without a message bus: Asterisk opens a WebSocket
//! for each call, at whatever worker a TCP balancer chooses. When a worker dies, Asterisk opens the
//! WebSockets of its calls again, at the other worker, which plays the menu again. Run it with
//!
//! ```text
//! cargo run -p ari-api --features server --example workers
//! ```
//!
//! Without `ARI_LISTEN` it starts two workers, a small balancer and a fake Asterisk, and kills the
//! first worker in the middle of a call. With `ARI_LISTEN=127.0.0.1:9001` it is one worker, whose
//! name is its argument, for a balancer such as HAProxy:
//!
//! ```text
//! listen calls
//!     mode tcp
//!     bind 127.0.0.1:9000
//!     balance leastconn
//!     timeout connect 1s
//!     timeout client 24h
//!     timeout server 24h
//!     # A worker whose machine is gone closes nothing. The balancer does it in its place.
//!     default-server check inter 1s on-marked-down shutdown-sessions
//!     server one 127.0.0.1:9001
//!     server two 127.0.0.1:9002
//! ```
//!
//! The configuration of Asterisk is that of the example `outbound_per_call`, with the address of
//! the balancer.

use std::env;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::{Client, Error, Event, IncomingSession, Server};
use ari_mock::Asterisk;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

#[tokio::main]
async fn main() -> Result<()> {
    let Ok(address) = env::var("ARI_LISTEN") else {
        return demonstrate().await;
    };
    let name = env::args().nth(1).unwrap_or_else(|| "worker".to_owned());
    let worker = start_worker(&name, &address).await?;
    println!("{name}: listening on {}", worker.local_addr());
    // ctrl_c needs tokio's feature `signal`.
    tokio::signal::ctrl_c().await?;
    // Asterisk opens the WebSockets of the remaining calls at another worker.
    worker.shutdown(Duration::from_secs(10)).await;
    Ok(())
}

async fn start_worker(name: &str, address: &str) -> Result<Server, Error> {
    let name = name.to_owned();
    let serve = move |session| serve(name.clone(), session);
    let builder = Server::builder().listen(address);
    let builder = builder.credentials("asterisk", "secret");
    builder.route("/calls", serve).serve().await
}

/// Serves one call, from its beginning or from where another worker has left it.
async fn serve(name: String, mut session: IncomingSession<Client>) -> Result<(), Error> {
    let call = session.application().to_owned();
    if let Some(resumed) = session.resumed() {
        println!("{name}: goes on with {call}");
        if let Some(id) = resumed.channel_id() {
            tokio::spawn(play_menu(
                name.clone(),
                session.client.clone(),
                id.to_owned(),
            ));
        }
    }
    while let Some(event) = session.events.next().await {
        match event?.as_ref() {
            Event::StasisStart(start) => {
                println!("{name}: {call} begins");
                let id = start.channel.id.clone();
                // In a task of its own, so that events are received in the meantime.
                tokio::spawn(play_menu(name.clone(), session.client.clone(), id));
            }
            Event::ChannelDtmfReceived(key) => {
                println!("{name}: {call} presses {}", key.digit);
                hang_up(session.client.channel(&key.channel.id)).await?;
            }
            Event::StasisEnd(_) => println!("{name}: {call} has ended"),
            _ => {}
        }
    }
    Ok(())
}

/// Answers and plays the menu. The id of the playback is derived from the channel's, so that the
/// next worker can stop what this one has left behind.
async fn play_menu(name: String, client: Client, id: String) {
    let menu = format!("menu-{id}");
    let played = async {
        let channel = client.channel(&id);
        match client.playback(&menu).stop().await {
            Err(error) if error.status() != Some(404) => return Err(error),
            _ => {}
        }
        // Answering waits until the playbacks of a channel have ended.
        channel.answer().await?;
        let playing = channel.play(["sound:demo-congrats"]);
        playing.playback_id(menu).await
    };
    match played.await {
        Ok(_) => println!("{name}: plays the menu"),
        // The caller has hung up.
        Err(error) if error.is_channel_gone() => {}
        Err(error) => eprintln!("{name}: {error}"),
    }
}

async fn hang_up(channel: ChannelHandle) -> Result<(), Error> {
    match channel.hangup().await {
        Err(error) if !error.is_channel_gone() => Err(error),
        _ => Ok(()),
    }
}

/// Passes each connection on to the first worker that accepts it.
async fn balance(listener: TcpListener, workers: [String; 2]) {
    while let Ok((mut asterisk, _)) = listener.accept().await {
        let workers = workers.clone();
        tokio::spawn(async move {
            for address in workers {
                if let Ok(mut worker) = TcpStream::connect(address).await {
                    // An error is the end of the connection, too.
                    let _ = copy_bidirectional(&mut asterisk, &mut worker).await;
                    return;
                }
            }
        });
    }
}

/// Kills a worker in the middle of a call.
async fn demonstrate() -> Result<()> {
    let first = start_worker("worker-1", "127.0.0.1:0").await?;
    let second = start_worker("worker-2", "127.0.0.1:0").await?;
    let workers = [&first, &second].map(|worker| worker.local_addr().to_string());
    let balancer = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("ws://{}/calls", balancer.local_addr()?);
    tokio::spawn(balance(balancer, workers));
    let pbx = Asterisk::builder()
        .websocket_client_with_credentials("workers", &url, "asterisk", "secret")
        .per_call_application("menu", "workers")
        .start()
        .await?;
    println!(
        "ARI_LISTEN is not set: this is a fake Asterisk, at {}",
        pbx.url()
    );

    let alice = pbx.incoming_call("PJSIP/alice").into_application("menu");
    pbx.wait_for_response("channels.play", 1).await;
    sleep(Duration::from_secs(1)).await;
    println!("worker-1 is killed");
    drop(first);
    pbx.wait_for_response("channels.play", 2).await;
    alice.press("1");
    pbx.wait_for_response("channels.hangup", 1).await;
    second.shutdown(Duration::from_secs(10)).await;
    Ok(())
}
