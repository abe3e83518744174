//! The HTTP and WebSocket server on a port, and the transport without sockets, which give
//! access to the simulated PBX.

mod arrival;
mod auth;
#[cfg(feature = "control")]
mod control;
mod fault;
mod handshake;
mod http;
mod in_process;
mod listener;
mod media;
mod outbound_socket;
mod real_time;
mod respond;
mod socket;
mod state;
#[cfg(feature = "tls")]
mod tls;
#[cfg(feature = "tls")]
mod tls_client;
pub(crate) mod websocket;
mod ws_requests;

#[cfg(feature = "control")]
pub(crate) use control::apply_effect;
pub(crate) use handshake::{Handshake, is_upgrade};
pub use in_process::InProcessTransport;
pub(crate) use listener::{Listener, bind};
pub(crate) use media::serve_network_requests;
pub(crate) use outbound_socket::connect_to_program;
pub(crate) use real_time::real_sleep;
pub(crate) use state::Server;
