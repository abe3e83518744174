//! The runtime of generated bindings for Asterisk's REST Interface (ARI): requests as data,
//! transports that send them, sessions with their event streams, and decoding.
//!
//! The runtime has no types of operations, models and events. It names only the operations that a
//! session itself needs, such as the list of channels after a gap. Generated bindings implement its
//! traits: [`client::ToRequest`] turns a request into a [`transport::Request`],
//! [`client::TypedRequest`] decodes the [`transport::Response`], and [`stream::EventType`] decodes
//! the messages of a WebSocket. A [`transport::Transport`] carries requests.
//!
//! Applications depend on the crate `ari-api`, which holds bindings of all releases and exports
//! the modules of this crate. Bindings that `ari-codegen` generates for one release, or for a
//! customised Asterisk, depend on this crate alone.
//!
//! # Features
//!
//! - `client` (default): HTTP and WebSocket over tokio, by [`client::ClientBuilder`]. Without it
//!   the crate does no I/O.
//! - `config`: the environment variables and the configuration file of the command `ari`.
//! - `server`: a server to which Asterisk connects.
//! - `tls`: https and wss through rustls.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod client;
#[doc(hidden)]
pub mod codegen;
#[cfg(feature = "config")]
pub mod config;
pub mod error;
mod event;
mod fleet;
mod json;
mod protocol;
mod reconcile;
mod request;
mod response;
mod routing;
pub mod schema;
#[cfg(feature = "server")]
pub mod server;
mod session;
mod state;
pub mod stream;
#[cfg(feature = "client")]
pub mod traffic;
pub mod transport;
mod values;

pub use client::credentials::Credentials;
pub use error::Error;
pub use values::body::{EventFilter, EventSource, VariableValue};
pub use values::timestamp::Timestamp;
