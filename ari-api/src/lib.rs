//! Typed client for Asterisk's REST Interface (ARI).
//!
//! Asterisk exposes its call control as REST resources and a WebSocket of events. This crate has
//! all of it, for Asterisk 12 to 24, generated from Asterisk's own specs: every operation as a
//! request with typed parameters, every model, every event.
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
//! The [guide] leads through all of it, a chapter a subject; the folder `examples` has whole
//! programs.
//!
//! # Requests
//!
//! Required parameters are arguments, optional ones are setters, `.await` sends. Resources are
//! methods of [`Client`] (`client.channels()`), and so are objects whose id is given once
//! (`client.channel(id)`). The same requests can be made without a client, kept, compared, and
//! sent later:
//!
//! ```
//! use ari_api::channels;
//! use ari_api::runtime::Encode;
//!
//! let request = channels::Originate::new("PJSIP/100").app("hello").timeout(20);
//! assert_eq!(
//!     request.call()?.target(),
//!     "/channels?endpoint=PJSIP%2F100&app=hello&timeout=20"
//! );
//! # Ok::<(), ari_api::Error>(())
//! ```
//!
//! # Availability
//!
//! Documentation says which point releases have an item, where that is not all of them. A property
//! is an `Option` when any of them may leave it out. Bindings for exactly one release or point
//! release, or for a customised Asterisk, are a matter of one command: see `ari-codegen`.
//!
//! # Features
//!
//! - `bindings` (default): requests, models and events of Asterisk 12 to 24.
//! - `client` (default): HTTP and WebSocket over tokio. Without it there is no I/O, and a
//!   [`Transport`](runtime::Transport) of one's own carries the calls.
//! - `server`: a `Server` for Asterisk to connect to, instead of being connected to.
//! - `tls`: https and wss by rustls, with the platform's roots and one's own.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod runtime;

#[cfg(all(feature = "bindings", feature = "client"))]
pub mod guide;
#[cfg(feature = "bindings")]
pub mod outcome;

#[cfg(feature = "bindings")]
#[rustfmt::skip]
mod generated;

#[cfg(feature = "bindings")]
pub use generated::*;
#[cfg(not(feature = "bindings"))]
pub use runtime::{Credentials, Error};

#[cfg(feature = "server")]
pub use runtime::Incoming;

/// A server for Asterisk to connect to, whose sessions are [`Client`]s of these bindings.
#[cfg(all(feature = "bindings", feature = "server"))]
pub type Server = runtime::Server<Client>;

/// The examples of README.md compile.
#[cfg(all(doctest, feature = "bindings", feature = "server"))]
#[doc = include_str!("../../README.md")]
struct Readme;
