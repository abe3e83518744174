//! Sessions: the task that owns a WebSocket, and its handle.

pub(crate) mod activity;
pub(crate) mod core;
pub(crate) mod counters;
pub(crate) mod driver;
pub(crate) mod handle;
pub(crate) mod log;
pub(crate) mod outcome;
pub(crate) mod pre_close;
pub(crate) mod read_state;
pub(crate) mod reconnect;
pub(crate) mod retry_policy;
pub(crate) mod session_state;
pub(crate) mod settings;
pub(crate) mod span;
pub(crate) mod start;
pub(crate) mod ws_requests;
pub(crate) mod ws_transport;
