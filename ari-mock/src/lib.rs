#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

mod asterisk;
mod builder;
mod caller;
mod docs;
mod environment;
mod faults;
mod frozen_clock;
mod inspect;
mod invalid_bytes;
mod json;
mod operations;
mod pbx;
mod release_schema;
mod server;
mod spec_history;
mod violation;
mod waiting;

pub use asterisk::Asterisk;
pub use builder::Builder;
pub use caller::{FakeChannel, IncomingCall};
pub use inspect::SentMessage;
pub use pbx::{CallBroadcast, Step};
pub use server::Request;
pub use violation::{Violation, ViolationKind};
