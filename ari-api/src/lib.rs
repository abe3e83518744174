//! Typed client for Asterisk's REST Interface (ARI).
//!
//! Asterisk exposes its call control as REST resources and a WebSocket of events. This crate covers
//! all of both for Asterisk 12 to 24. It is generated from Asterisk's own specs: every operation as
//! a request with typed parameters, every model, every event.
//!
//! ```no_run
//! use ari_api::{Client, Event};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("http://localhost:8088/ari")
//!     .credentials("aritest", "testme")
//!     .build()?;
//! let mut app = client.application("hello").connect().await?;
//! client.channels().originate("Local/1@testari").app("hello").app_args(["world"]).await?;
//!
//! while let Some(event) = app.next().await {
//!     match event?.as_ref() {
//!         Event::StasisStart(start) => {
//!             let channel = client.channel(&start.channel.id);
//!             channel.answer().await?;
//!             channel.play(["sound:hello-world"]).lang("en").await?;
//!         }
//!         Event::StasisEnd(_) => break,
//!         _ => {}
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The [guide] has one chapter per topic. The folder `examples` has whole programs.
//!
//! # Requests
//!
//! Required parameters are arguments, optional ones are setters, and `.await` sends the request.
//! Methods of [`Client`] return resources (`client.channels()`) and handles, which hold the id of
//! an object (`client.channel(id)`). The same requests can be created without a client, stored,
//! compared, and sent later:
//!
//! ```
//! use std::time::Duration;
//!
//! use ari_api::channels;
//! use ari_api::client::ToRequest;
//!
//! let ring = Duration::from_secs(20);
//! let request = channels::Originate::new("PJSIP/100").app("hello").timeout(ring);
//! assert_eq!(
//!     request.to_request()?.path_and_query(),
//!     "/channels?endpoint=PJSIP%2F100&app=hello&timeout=20"
//! );
//! # Ok::<(), ari_api::Error>(())
//! ```
//!
//! Lengths of time are [`Duration`](std::time::Duration)s. Asterisk counts some in seconds and some
//! in milliseconds. A request rounds up to a whole unit, and refuses a length that Asterisk cannot
//! count. Limits take `None` for no limit. Asterisk reports an unknown length as a negative number,
//! which is `None` or zero in models.
//!
//! # Availability
//!
//! The documentation of an item names the point releases that have it, unless all do. A property is
//! an `Option` if any release may omit it. One command of `ari-codegen` makes bindings for exactly
//! one release or point release, or for a customised Asterisk.
//!
//! # Features
//!
//! - `client` (default): HTTP and WebSocket over tokio. Without it the crate does no I/O, and your
//!   own [`Transport`](transport::Transport) carries the requests.
//! - `config`: [`Client::from_env`], which reads the environment variables and the configuration file
//!   of the command `ari`.
//! - `server`: a `Server` to which Asterisk connects.
//! - `tls`: https and wss through rustls, with the platform's roots and your own.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "config")]
mod from_env;
#[cfg(feature = "client")]
pub mod guide;
pub mod outcome;

#[rustfmt::skip]
mod generated;

pub use ari_runtime::{
    EventFilter, EventSource, Timestamp, VariableValue, client, error, schema, stream, transport,
};
pub use generated::*;

#[cfg(feature = "config")]
pub use ari_runtime::config;
#[cfg(feature = "server")]
pub use ari_runtime::server::{self, IncomingSession};
#[cfg(feature = "client")]
pub use ari_runtime::traffic;

/// A server for Asterisk to connect to, whose sessions are [`Client`]s of these bindings.
#[cfg(feature = "server")]
pub type Server = server::Server<Client>;

/// Compiles the examples of README.md.
#[cfg(all(doctest, feature = "server"))]
#[doc = include_str!("../../README.md")]
struct Readme;
