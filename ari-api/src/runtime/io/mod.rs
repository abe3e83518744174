//! The network transport: HTTP/1.1 with a pool of kept-alive connections, and WebSockets.

mod address;
mod connector;
mod deadline;
mod http;
mod http_connection;
mod pool;
mod request;
mod request_timer;
mod response;
mod upgrade;
mod websocket;
mod wire;

pub(super) use http::HttpTransport;
#[cfg(feature = "server")]
pub(super) use websocket::TungsteniteSocket;
