//! Events: from the WebSocket to the streams that want them.
//!
//! A [`Session`] reads one WebSocket in a task of its own, reconnects when it is lost, and reports
//! the changes during the gap. It passes each message to its own streams by the message's kind, and
//! to the streams of objects through the `hub`, an index by id that all sessions of a client share.
//! Events that no stream wants are not decoded.

mod ask;
mod compare;
mod connection_event;
mod counters;
mod doubt;
mod hearing;
mod held;
mod hub;
mod leave;
mod listeners;
mod log;
mod making;
mod memory;
mod names;
mod object;
mod outcome;
mod over_socket;
mod queue;
mod raw;
mod reconcile;
mod reconnect;
mod rest;
mod session;
mod settings;
mod shared;
mod stream;
mod task;
mod text;
mod wishes;

pub use connection_event::{ConnectionEvent, Reconciliation};
pub use counters::SessionStats;
pub(super) use hub::{Hearing, Hub};
pub use making::Making;
pub(super) use making::make;
pub use object::{Class, Object, OwnedObject};
pub use outcome::{EndReport, Finished, last_of};
pub(super) use queue::Ending;
pub use reconnect::Reconnect;
pub(super) use reconnect::is_passing;
pub use session::Session;
pub(super) use settings::Settings;
#[cfg(feature = "server")]
pub(super) use settings::{ANSWER_LIMIT, LONGEST};
pub use stream::{EventStream, ObjectStream, TypedStream};
