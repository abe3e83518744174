//! The transport over the network: HTTP/1.1 with a pool of kept-alive connections, and WebSockets.

mod address;
mod connector;
mod http;
mod websocket;

pub(super) use http::Http;
