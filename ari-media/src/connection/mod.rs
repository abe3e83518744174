//! Connections that carry audio: the wire formats of [`carrier`](crate::carrier) over sockets.
//!
//! A connection has no task of its own. Its owner polls [`Connection::next`], which also writes
//! pending data, and sends between two polls:
//!
//! - `send_…` methods never wait. Data that the system does not accept immediately is kept, up to a
//!   limit.
//! - [`Connection::next`] can be cancelled without loss, as `tokio::select!` does.
//! - After [`Received::Closed`] or an error, `next` returns `None`.
//!
//! A connection whose peer does not read, or sends a message that never ends, ends in an error that
//! names the carrier, the step and the cause.

mod any;
mod audiosocket;
mod audiosocket_listener;
mod error;
mod expected;
mod received;
mod rtp;
mod rtp_ports;
mod websocket;
#[cfg(feature = "server")]
mod websocket_acceptor;

pub use any::Connection;
pub use audiosocket::AudioSocketConnection;
pub use audiosocket_listener::{AudioSocketListener, ExpectedAudioSocket};
pub use error::{Cause, ConnectionError, Step};
pub use expected::ExpectedConnection;
pub use received::{AudioPacket, CloseReason, Received};
pub use rtp::{RtpConnection, RtpStats};
pub use rtp_ports::{RtpPorts, RtpSocket};
pub use websocket::{WebSocketConnection, WebSocketSettings};
#[cfg(feature = "server")]
pub use websocket_acceptor::{CHANNEL_ID_PARAMETER, WebSocketAcceptor};
