//! The state of the connection to a server, for monitoring and for the choice of a server.

use std::time::Instant;

use crate::schema::operation::Version;

/// The state of a client's connection to its server, as far as the client knows it from its
/// WebSockets and requests. Reading it sends nothing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ServerHealth {
    /// True if an application's WebSocket is open.
    pub is_connected: bool,
    /// The time of the last change of `is_connected`. `None` if there was no WebSocket yet.
    pub since: Option<Instant>,
    /// The last failure of a WebSocket, or of a request that got no response. A later success does
    /// not clear it. Responses such as 404 are not failures.
    pub last_error: Option<String>,
    /// See [`Connection::server_version`](crate::client::Connection::server_version).
    pub version: Option<Version>,
    /// The number of channels that events have reported to the connected applications and that have
    /// not ended. Channels that the applications are not subscribed to do not count. A channel
    /// counts once for each WebSocket of the client.
    pub channels: usize,
    /// The number of requests that have no response yet.
    pub requests: usize,
}

impl ServerHealth {
    /// Returns the number of channels and of requests without a response.
    pub fn load(&self) -> usize {
        self.channels + self.requests
    }
}
