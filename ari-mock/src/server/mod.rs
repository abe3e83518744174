//! The HTTP and WebSocket server on a loopback port, and the transport without sockets, which give
//! access to the simulated PBX.

mod auth;
mod fault;
mod handshake;
mod http;
mod in_process;
mod listener;
mod media;
mod outbound_socket;
mod respond;
mod socket;
mod state;
mod ws_requests;

pub(crate) use handshake::{Handshake, is_upgrade};
pub use in_process::InProcessTransport;
pub(crate) use listener::{bind, listen};
pub(crate) use media::serve_network_requests;
pub(crate) use state::Server;
