//! The transport over the network: HTTP/1.1 with a pool of kept-alive connections, and WebSockets.

mod address;
mod body;
mod connector;
mod http;
mod pool;
mod websocket;

pub(super) use http::Http;
#[cfg(feature = "server")]
pub(super) use websocket::Tungstenite;
