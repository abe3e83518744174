#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

// Imports point from the lower lines to the upper ones, never back.
mod ask;
#[cfg(feature = "media")]
mod audio;
mod bridge_watch;
mod call;
pub mod call_queue;
mod claim;
pub mod collect;
pub mod conference;
pub mod conversation;
mod deadline;
pub mod detect;
pub mod dial;
mod error;
pub mod guide;
mod hangup_guard;
mod input;
mod key;
mod let_go;
mod media;
pub mod menu;
mod own_bridge;
pub mod parking;
mod pattern;
mod phone_transfer;
pub mod play;
pub mod play_queue;
pub mod record;
mod retry;
pub mod review;
mod running;
mod span;
pub mod speech;
pub mod supervise;
mod talk_events;
mod task;
pub mod transfer;
mod transfer_request;

pub use call::Call;
pub use error::{CallEnd, CallError};
pub use key::{InvalidKey, Key, Keys};
pub use media::{Media, Prompt};
