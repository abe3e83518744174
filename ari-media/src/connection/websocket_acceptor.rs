//! Media WebSockets that Asterisk opens to the program's server.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use ari_api::server::IncomingMediaSocket;
use percent_encoding::percent_decode_str;
use tokio::sync::oneshot;

use crate::carrier::Carrier;
use crate::connection::error::{Cause, ConnectionError, Step};
use crate::connection::expected::{ExpectedConnection, ExpectedConnections};
use crate::connection::websocket::{WebSocketConnection, WebSocketSettings};

/// The parameter of the address that names the channel, for releases whose first event does not
/// name it: 20.16, 21.11, 22.6 and 23.0. Add it by
/// [`ChannelOption::UriParameters`](crate::carrier::websocket::ChannelOption::UriParameters).
pub const CHANNEL_ID_PARAMETER: &str = "channel_id";

/// Acceptor of the media WebSockets that Asterisk opens. It matches them to the channels that
/// expect them, by the id of the channel. Its [`handler`](WebSocketAcceptor::handler) is for
/// [`ServerBuilder::media_route`](ari_api::server::ServerBuilder::media_route).
#[derive(Clone)]
pub struct WebSocketAcceptor {
    expected: Arc<ExpectedConnections<String, WebSocketConnection>>,
    settings: WebSocketSettings,
}

impl WebSocketAcceptor {
    /// Creates an acceptor that does not expect a WebSocket yet.
    pub fn new(settings: WebSocketSettings) -> Self {
        WebSocketAcceptor {
            expected: ExpectedConnections::new(Carrier::WebSocketServer),
            settings,
        }
    }

    /// Expects the WebSocket of a channel. Call it before the request that creates the channel.
    pub fn expect(
        &self,
        channel_id: impl Into<String>,
    ) -> ExpectedConnection<String, WebSocketConnection> {
        self.expected.expect(channel_id.into())
    }

    /// Returns the handler for the server. A WebSocket that is not expected is closed. Otherwise
    /// the handler returns when the connection is dropped, so that the server's limit counts it.
    pub fn handler(
        &self,
    ) -> impl Fn(
        IncomingMediaSocket,
    ) -> Pin<Box<dyn Future<Output = Result<(), ConnectionError>> + Send>>
    + Send
    + Sync
    + 'static {
        let acceptor = self.clone();
        move |incoming| {
            let acceptor = acceptor.clone();
            Box::pin(async move { acceptor.serve(incoming).await })
        }
    }

    async fn serve(&self, incoming: IncomingMediaSocket) -> Result<(), ConnectionError> {
        let carrier = Carrier::WebSocketServer;
        let parameter = incoming.origin().query().and_then(channel_id_of);
        // No value is sent. The receiver only detects that the sender is dropped.
        let (guard, dropped) = oneshot::channel::<()>();
        let guard: Box<dyn Send> = Box::new(guard);
        let socket = incoming.socket;
        let connection = WebSocketConnection::start(socket, carrier, self.settings, Some(guard));
        let connection = connection.await?;
        let id = connection.started().channel_id.clone().or(parameter);
        let unexpected = |problem: String| {
            ConnectionError::new(carrier, Step::Accept, Cause::Malformed(problem))
        };
        let Some(id) = id else {
            return Err(unexpected(format!(
                "the first event names no channel, nor does the parameter `{CHANNEL_ID_PARAMETER}` \
                 of the address"
            )));
        };
        if self.expected.deliver(&id, connection).is_err() {
            return Err(unexpected(format!(
                "no session expects a WebSocket of the channel {id:?}"
            )));
        }
        let _ = dropped.await;
        Ok(())
    }
}

/// Returns the value of the parameter that names the channel.
fn channel_id_of(query: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(name, _)| {
        percent_decode_str(name)
            .decode_utf8()
            .is_ok_and(|name| name == CHANNEL_ID_PARAMETER)
    })?;
    let value = percent_decode_str(value).decode_utf8().ok()?;
    Some(value.into_owned())
}

impl std::fmt::Debug for WebSocketAcceptor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebSocketAcceptor")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
