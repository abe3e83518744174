// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Bindings for Asterisk 12 to 24.

mod accessors;
mod client;
mod event;
pub mod models;
pub mod operations;
mod requests;
pub use client::Client;
pub use event::Event;
pub use requests::{
    asterisk, endpoints, channels, bridges, recordings, sounds, playbacks, device_states,
    mailboxes, events, applications,
};
pub use operations::OPERATIONS;
pub use ari_runtime::{Credentials, Error};
pub(crate) use ari_runtime::codegen as runtime;
