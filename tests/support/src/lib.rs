//! Servers, clients and waits that the tests of several crates share.
//!
//! - [`Server`] is a scripted HTTP and WebSocket server: it records requests, and a function of the
//!   test returns the reply to each of them. It can be reached over TLS, too.
//! - [`RawClient`] and [`send_request`] send requests byte by byte, including those that a library
//!   would prevent. [`connect_websocket`] opens a WebSocket.
//! - [`signal`] has audio signals, and their analysis.
//! - [`SpanRecorder`] keeps the spans of `tracing`.
//! - [`LIMIT`] is the limit of every wait: [`within_limit`] for futures, [`wait_until`] and
//!   [`block_until`] for conditions.
//!
//! All functions panic on failure, because a failure is the failure of a test.

mod client;
pub mod frame;
mod nats;
mod peer;
mod request;
mod server;
pub mod signal;
mod spans;
mod tls;
mod wait;

pub use client::{
    AUTHORIZATION, CREDENTIALS, RawClient, RawResponse, connect_websocket, send_request,
};
pub use nats::NatsServer;
pub use peer::Peer;
pub use request::ReceivedRequest;
pub use server::{Reply, Server};
pub use spans::{RecordedSpan, SpanRecorder};
pub use wait::{LIMIT, block_until, wait_until, within_limit};
