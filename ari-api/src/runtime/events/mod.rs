//! Events: from the WebSocket to the streams that want them.
//!
//! A [`Session`] reads one WebSocket in a task of its own, reconnects when it is lost, and reports
//! the changes during the gap. It passes each message to its own streams by the message's kind, and
//! to the streams of objects through the `hub`, an index by id that all sessions of a client share.
//! Events that no stream wants are not decoded.

mod application_names;
mod connection_event;
mod control;
mod counters;
mod create;
mod diff;
mod driver;
mod envelope;
mod inventory;
mod lazy_event;
mod log;
mod object;
mod outcome;
mod pre_close;
mod queue;
mod reconcile;
mod reconnect;
mod reorder;
mod router;
mod session;
mod session_state;
mod settings;
mod sources;
mod stream;
mod subscribers;
mod subscriptions;
mod work_queue;
mod ws_requests;
mod ws_transport;

pub use connection_event::{ConnectionEvent, ResyncReport};
pub use counters::SessionStats;
pub use create::CreateContext;
pub(super) use create::create;
pub use object::{ObjectKind, ObjectRef, OwnedObject};
pub use outcome::{EndReport, Finished, wait_for_terminal_event};
pub(super) use queue::CloseReason;
pub use reconnect::ReconnectPolicy;
pub(super) use reconnect::is_transient;
pub(super) use router::{EventScope, Router};
pub use session::Session;
pub(super) use settings::Settings;
#[cfg(feature = "server")]
pub(super) use settings::{MAX_INTERVAL, MAX_RESPONSE_SIZE};
pub use stream::{EventStream, ObjectStream, TypedStream};
