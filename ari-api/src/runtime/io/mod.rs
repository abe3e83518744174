//! The network transport: HTTP/1.1 with a pool of kept-alive connections, and WebSockets.

mod address;
mod connector;
mod deadline;
mod exchange;
mod http;
mod link;
mod patience;
mod pool;
mod request;
mod upgrade;
mod websocket;
mod wire;

pub(super) use http::Http;
#[cfg(feature = "server")]
pub(super) use websocket::Tungstenite;
