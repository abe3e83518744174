#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

#[cfg(feature = "control")]
pub mod control;
mod docs;
mod handle;
mod invalid_bytes;
mod json;
mod model;
mod operations;
mod pbx;
mod release_schema;
mod replay;
mod rest;
mod server;
mod sorted_map;
mod spec_history;
mod violation;

pub use handle::{Asterisk, Builder, FakeChannel, IncomingCall, SentMessage};
#[cfg(feature = "tls")]
pub use model::WebSocketTls;
pub use model::{CallBroadcast, PersistentWebSocket, ReceivedAudio, Record, Step, StepError};
pub use replay::{
    Difference, DifferenceKind, Remaining, Replay, ReplayBuilder, ReplayError, ReplayReport,
    ReplayTransport, Speed,
};
pub use rest::Request;
pub use server::InProcessTransport;
pub use violation::{Violation, ViolationKind};
