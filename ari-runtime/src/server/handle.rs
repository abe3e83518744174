//! A server that runs: its address, its sessions, and its end.

use std::fmt;
use std::marker::PhantomData;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::client::api_client::ApiClient;
use crate::server::session_limit::SessionLimit;
use crate::server::shutdown::{Deadline, deadline_after};

/// A server that Asterisk connects to. Use it if several programs share the calls, or if they
/// should not have to know Asterisk's address.
///
/// Every WebSocket that Asterisk opens becomes a session, with a client whose requests are sent
/// over it, and is passed to a handler: see
/// [`IncomingSession`](crate::server::IncomingSession). A WebSocket that Asterisk reopens
/// after a failure of the network or of this server is a new session.
///
/// Asterisk opens WebSockets in one of two ways. A *persistent* WebSocket stays open as long as
/// Asterisk runs, and carries all events of its applications. With *per-call* WebSockets, every
/// call that enters the application opens its own, which Asterisk closes when the call leaves.
///
/// The server runs until [`Server::shutdown`]. Dropping it ends everything immediately.
///
/// ```no_run
/// use ari_api::{Client, Error, Event, IncomingSession, Server};
///
/// async fn call(mut session: IncomingSession<Client>) -> Result<(), Error> {
///     while let Some(event) = session.events.next().await {
///         if let Event::StasisStart(start) = event?.as_ref() {
///             let channel = session.client.channel(&start.channel.id);
///             channel.answer().await?;
///             channel.play(["sound:hello-world"]).await?;
///         }
///     }
///     Ok(())
/// }
///
/// # async fn example() -> Result<(), Error> {
/// let server = Server::builder()
///     .listen("0.0.0.0:9000")
///     .credentials("asterisk", "secret")
///     .route("/calls", call)
///     .serve()
///     .await?;
/// server.closed().await;
/// # Ok(())
/// # }
/// ```
#[must_use = "dropping the server ends it"]
pub struct Server<C> {
    pub(super) address: SocketAddr,
    pub(super) session_limit: Arc<SessionLimit>,
    pub(super) stop: watch::Sender<Deadline>,
    /// Its sender is dropped by the last of the server's tasks.
    pub(super) ended: watch::Receiver<()>,
    pub(super) task: JoinHandle<()>,
    pub(super) client: PhantomData<fn() -> C>,
}

impl<C: ApiClient> Server<C> {
    /// Returns the address that the server listens on, including the port that the system has
    /// chosen if port 0 was requested.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Returns the number of sessions.
    pub fn session_count(&self) -> usize {
        self.session_limit.session_count()
    }

    /// Stops the server. It accepts no more connections, closes every session when its pending
    /// requests have their responses, and waits for the handlers, whose streams have then ended.
    /// After `limit` the remaining handlers are dropped. A session whose Asterisk does not respond
    /// takes one second longer. No task of the server is running when this returns.
    ///
    /// Calls stay up. Asterisk reopens persistent WebSockets as soon as a server listens again. It
    /// tries to reopen those of single calls for 1.5 seconds by default, possibly at another server
    /// behind a balancer, and then continues the calls in the dialplan.
    pub async fn shutdown(&self, limit: Duration) {
        let deadline = deadline_after(limit);
        self.stop.send_if_modified(|known| {
            let sooner = known.is_none_or(|known| deadline < known);
            if sooner {
                *known = Some(deadline);
            }
            sooner
        });
        self.closed().await;
    }

    /// Waits until the server has ended.
    pub async fn closed(&self) {
        let mut ended = self.ended.clone();
        // No value is ever sent. This ends when the sender is dropped.
        while ended.changed().await.is_ok() {}
    }
}

/// Ends the server immediately. Sessions that no clone of their client keeps open are closed.
impl<C> Drop for Server<C> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl<C> fmt::Debug for Server<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .field("sessions", &self.session_limit.session_count())
            .finish_non_exhaustive()
    }
}
