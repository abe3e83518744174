//! Audio of the fake: external media over real sockets, with programs that speak the protocols byte
//! by byte.

#![cfg(test)]

#[path = "../raw/mod.rs"]
mod raw;

mod audiosocket;
mod formats;
mod releases;
mod routing;
mod rtp;
mod support;
mod websocket;
mod websocket_ends;
mod websocket_setup;
