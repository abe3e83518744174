//! The network transport: HTTP/1.1 with a pool of kept-alive connections, and WebSockets.

pub(crate) mod address;
mod basic;
pub(crate) mod connector;
pub(crate) mod deadline;
pub(crate) mod errors;
mod frame_boundary;
pub(crate) mod http_connection;
pub(crate) mod http_transport;
pub(crate) mod pool;
pub(crate) mod proxy;
pub(crate) mod request;
pub(crate) mod request_timer;
pub(crate) mod response;
pub(crate) mod route;
pub(crate) mod settings;
mod stream;
mod tunnel;
pub(crate) mod upgrade;
pub(crate) mod websocket;
pub(crate) mod wire;
