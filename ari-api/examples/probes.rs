//! Probes of readiness and liveness beside an application, for Kubernetes and load balancers:
//!
//! ```text
//! cargo run -p ari-api --example probes -- 127.0.0.1:9100
//! curl http://127.0.0.1:9100/ready
//! ```
//!
//! `/ready` is 200 while the application is registered and knows the server's state: new calls may
//! come. It is 503 while the WebSocket is lost, without ending the process, because the client opens it
//! again. `/live` is 503 if only a new process helps. Without an argument, the probes are at a free port.
//!
//! It serves the Asterisk at `ARI_URL`, as `ARI_USER` (`aritest`) with `ARI_PASSWORD` (`testme`).
//! Without `ARI_URL`, it starts a fake Asterisk and says so. Ctrl-C ends it.

mod health;
mod server;

use std::time::Duration;

use ari_api::Event;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    // The fake server runs until this is dropped.
    let (client, _fake) = server::open().await?;
    let address = std::env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:0")).await?;
    println!(
        "probes at http://{}/ready and /live",
        listener.local_addr()?
    );
    // Probes are answered before the first connection, and report that there is none.
    let probes = tokio::spawn(health::serve(listener, client.clone(), "probed"));

    let mut app = client.application("probed").connect().await?;
    loop {
        let event = tokio::select! {
            event = app.next() => event,
            _ = tokio::signal::ctrl_c() => break,
        };
        match event {
            Some(Ok(event)) => match &*event {
                Event::Connection(change) => {
                    let ready = client.connection().check_ready(&["probed"]);
                    println!("{change}: ready: {}", ready.is_ok());
                }
                Event::StasisStart(start) => println!("{}: calls", start.channel.name),
                _ => {}
            },
            Some(Err(error)) => eprintln!("{error}"),
            None => break,
        }
    }
    client.close(Duration::from_secs(5)).await;
    probes.abort();
    Ok(())
}
