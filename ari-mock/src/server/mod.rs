//! The HTTP and WebSocket server on a loopback port, which gives access to the simulated PBX.

mod auth;
mod fault;
mod http;
mod listener;
mod respond;
mod socket;
mod state;
mod ws_requests;

pub(crate) use listener::{bind, listen};
pub(crate) use state::Server;
