#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

mod asterisk;
mod broken;
mod builder;
mod docs;
mod faults;
mod frozen;
mod history;
mod json;
mod look;
mod operations;
mod outside;
mod pbx;
mod script;
mod server;
mod shape;
mod violation;
mod waiting;

pub use asterisk::Asterisk;
pub use builder::Builder;
pub use look::SentMessage;
pub use pbx::{Offer, Step};
pub use script::{ArrivingCall, FakeChannel};
pub use server::Request;
pub use violation::{Violation, ViolationKind};
