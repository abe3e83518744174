//! A server for Asterisk to connect to: *outbound WebSockets*, of Asterisk 20.15, 21.10, 22.5 and
//! later.
//!
//! A connection goes through `accept` and `newcomers` (how many), `handshake` (is it a WebSocket of
//! ARI, from one of ours), and `connection` (the session, its handler, its end).

mod accept;
mod builder;
mod connection;
mod gate;
mod handshake;
mod head;
mod incoming;
mod newcomers;
mod refusal;
mod routes;
mod stop;
#[cfg(feature = "tls")]
mod tls;

use std::fmt;
use std::marker::PhantomData;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Bindings;
use accept::Load;
pub use builder::ServerBuilder;
pub use incoming::{Incoming, Origin};
pub use routes::Outcome;

/// A server that Asterisk connects to, instead of being connected to: several applications share
/// the calls, or none has to know where Asterisk is.
///
/// Every WebSocket that Asterisk opens becomes a session, with a client whose requests travel over
/// it, and is given to a handler: see [`Incoming`]. One that is opened again, after the network or
/// this server was away, is a new session.
///
/// Asterisk opens them in one of two ways. A *persistent* WebSocket stands as long as Asterisk
/// runs, and carries everything of its applications. With *per call* WebSockets, every call that
/// enters the application opens one of its own, which Asterisk closes when the call leaves.
///
/// It runs until [`Server::shutdown`]; dropping it ends everything at once.
///
#[cfg_attr(
    all(feature = "bindings", feature = "client"),
    doc = r#"
```no_run
use ari_api::{Client, Error, Event, Incoming, Server};

async fn call(mut session: Incoming<Client>) -> Result<(), Error> {
    while let Some(event) = session.events.next().await {
        if let Event::StasisStart(start) = event?.as_ref() {
            let channel = session.client.channel(&start.channel.id);
            channel.answer().await?;
            channel.play(["sound:hello-world"]).await?;
        }
    }
    Ok(())
}

# async fn example() -> Result<(), Error> {
let server = Server::builder()
    .listen("0.0.0.0:9000")
    .credentials("asterisk", "secret")
    .route("/calls", call)
    .serve()
    .await?;
server.wait().await;
# Ok(())
# }
```"#
)]
#[must_use = "dropping the server ends it"]
pub struct Server<C> {
    address: SocketAddr,
    load: Arc<Load>,
    stop: watch::Sender<stop::Deadline>,
    /// Its sender is dropped by the last of the server's tasks.
    ended: watch::Receiver<()>,
    task: JoinHandle<()>,
    client: PhantomData<fn() -> C>,
}

impl<C: Bindings> Server<C> {
    /// Begins a server.
    pub fn builder() -> ServerBuilder<C> {
        ServerBuilder::new()
    }

    /// Where the server listens: tells the port, if any was asked for.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// How many sessions there are.
    pub fn sessions(&self) -> usize {
        self.load.sessions()
    }

    /// Ends the server: accepts nothing more, closes every session after waiting until its
    /// requests are answered, and waits until the handlers, whose streams have ended then, are
    /// done. What takes longer than `limit` is dropped; a session whose Asterisk does not play
    /// along takes a second more. Nothing of the server runs any more when this returns.
    ///
    /// Calls stay up. Asterisk opens persistent WebSockets again as soon as a server is there.
    pub async fn shutdown(&self, limit: Duration) {
        let deadline = stop::after(limit);
        self.stop.send_if_modified(|known| {
            let sooner = known.is_none_or(|known| deadline < known);
            if sooner {
                *known = Some(deadline);
            }
            sooner
        });
        self.wait().await;
    }

    /// Waits until the server has ended.
    pub async fn wait(&self) {
        let mut ended = self.ended.clone();
        // Nothing is ever sent: this ends with the sender.
        while ended.changed().await.is_ok() {}
    }
}

/// Ends everything: sessions that no clone of their client keeps open are closed.
impl<C> Drop for Server<C> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl<C> fmt::Debug for Server<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .field("sessions", &self.load.sessions())
            .finish_non_exhaustive()
    }
}
