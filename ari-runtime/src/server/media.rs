//! A media WebSocket that Asterisk has opened, and its handler.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::task::JoinSet;

use crate::server::incoming::HandshakeInfo;
use crate::server::shutdown::ShutdownSignal;
use crate::transport::transport_trait::BoxFuture;
use crate::transport::web_socket::WebSocket;

/// The media WebSocket of one channel, which Asterisk has opened. See
/// [`ServerBuilder::media_route`](crate::server::builder::ServerBuilder::media_route).
///
/// The first message is the event `MEDIA_START`, which names the channel.
#[non_exhaustive]
pub struct IncomingMediaSocket {
    /// The WebSocket. Dropping it closes the connection, and Asterisk ends the channel.
    pub socket: Box<dyn WebSocket>,
    pub(super) origin: HandshakeInfo,
}

impl IncomingMediaSocket {
    /// Returns the Asterisk that has opened the WebSocket. The query holds the parameters that the
    /// option `v` of the channel has added.
    pub fn origin(&self) -> &HandshakeInfo {
        &self.origin
    }
}

impl fmt::Debug for IncomingMediaSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingMediaSocket")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

/// A handler, whose future returns the error if it failed.
pub(super) type MediaHandler =
    Arc<dyn Fn(IncomingMediaSocket) -> BoxFuture<'static, Option<String>> + Send + Sync>;

/// Runs a handler until it returns, or until the deadline of the shutdown has passed.
pub(super) async fn run(
    handler: MediaHandler,
    incoming: IncomingMediaSocket,
    peer: SocketAddr,
    mut stop: ShutdownSignal,
) {
    // Runs in a task of its own, so that a panic ends there. The task is aborted together with this
    // one.
    let mut handling = JoinSet::new();
    handling.spawn(async move { handler(incoming).await });
    let outcome = tokio::select! {
        outcome = handling.join_next() => outcome,
        () = stop.deadline_passed() => None,
    };
    match outcome {
        Some(Ok(None)) => {}
        Some(Ok(Some(error))) => {
            tracing::warn!(%peer, error, "the handler of a media WebSocket failed")
        }
        Some(Err(error)) => {
            tracing::error!(%peer, %error, "the handler of a media WebSocket has panicked")
        }
        None => tracing::warn!(%peer, "a media WebSocket was open when the server stopped"),
    }
    handling.shutdown().await;
}
