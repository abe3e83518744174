//! A server that Asterisk connects to: *outbound WebSockets* of Asterisk 20.15, 21.10, 22.5 and
//! later.
//!
//! A connection passes through `accept` and `pending_connections` (limits), `handshake` (upgrade
//! and authentication), and `connection` (the session, its handler and its end). A media WebSocket
//! has no session: `media` passes it to its handler.

pub(crate) mod accept;
pub(crate) mod auth;
pub(crate) mod builder;
pub(crate) mod connection;
pub(crate) mod error_response;
pub(crate) mod handle;
pub(crate) mod handshake;
pub(crate) mod incoming;
pub(crate) mod media;
pub(crate) mod pending_connections;
pub(crate) mod resumed;
pub(crate) mod routes;
pub(crate) mod server_state;
pub(crate) mod session_limit;
pub(crate) mod shutdown;
#[cfg(feature = "tls")]
pub(crate) mod tls;

pub use builder::ServerBuilder;
pub use handle::Server;
pub use incoming::{HandshakeInfo, IncomingSession};
pub use media::IncomingMediaSocket;
pub use resumed::ResumedCall;
pub use routes::HandlerResult;
