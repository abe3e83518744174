//! The wire formats of the three carriers, without I/O, and the choice between them.
//!
//! A *carrier* is the protocol in which audio travels between Asterisk and a program: a WebSocket
//! of `chan_websocket`, AudioSocket, or RTP. These modules convert bytes to messages and back.
//! [`connection`](crate::connection) moves them over sockets.

pub mod audiosocket;
mod choice;
mod kind;
mod release;
pub mod rtp;
pub mod websocket;

pub use choice::{CarrierChoice, CarrierError, CarrierPreference, Offer, Server, choose};
pub use kind::Carrier;
pub use release::{AudioSocketFormats, Features, WebSocketFeatures};
