//! Connections whose requests travel over the WebSocket of a session.

use std::sync::Arc;

use crate::client::connection::Connection;
use crate::event::event_type::EventType;
use crate::session::handle::Session;
use crate::session::ws_transport::WsTransport;

impl<E: EventType> Session<E> {
    /// Returns a connection that sends requests over this WebSocket (Asterisk 20.14, 21.9, 22.4 and
    /// later). This saves connections, not time. Requests that the socket cannot carry (a download,
    /// another WebSocket), and requests that wait for playbacks and would block the socket, are
    /// still sent over HTTP if the session was connected by a client that has an address. All
    /// requests are sent over HTTP once a response has shown that the server is an older release.
    pub fn connection(&self) -> Connection<E> {
        Connection::over_session(
            Arc::new(WsTransport::new(self.untyped.clone())),
            self.untyped.state.core.transport.clone(),
            self.untyped.state.core.release.clone(),
            self.untyped.state.router.clone(),
            self.untyped.state.core.settings.clone(),
        )
    }
}
