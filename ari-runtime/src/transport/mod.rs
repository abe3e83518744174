//! Transports: the interface that carries requests and WebSockets, and the one over HTTP.

#[cfg(feature = "client")]
pub(crate) mod http;
pub(crate) mod media;
pub(crate) mod request_counter;
pub(crate) mod request_span;
#[cfg(feature = "tls")]
pub(crate) mod tls;
pub(crate) mod transport_trait;
pub(crate) mod web_socket;

pub use crate::request::builder::RequestBuilder;
pub use crate::request::untyped_request::Request;
pub use crate::response::body::{ByteStream, Response, ResponseBody};
#[cfg(feature = "client")]
pub use http::http_transport::HttpTransport;
#[cfg(feature = "client")]
pub use http::proxy::Proxy;
#[cfg(feature = "tls")]
pub use tokio_rustls::rustls;
pub use transport_trait::{BoxFuture, Transport};
pub use web_socket::{IncomingFrame, OutgoingFrame, ReadOnlySocket, SocketMessage, WebSocket};
