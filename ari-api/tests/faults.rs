//! Faults between an application and its server, over real sockets, and their reports to the
//! application. No test may hang, and none may leave a task behind.

#![cfg(test)]

#[path = "faults/calls.rs"]
mod calls;
#[path = "faults/closing.rs"]
mod closing;
#[path = "faults/connecting.rs"]
mod connecting;
#[path = "faults/disconnects.rs"]
mod disconnects;
#[path = "faults/downloads.rs"]
mod downloads;
#[path = "faults/error_subjects.rs"]
mod error_subjects;
#[path = "faults/error_texts.rs"]
mod error_texts;
#[path = "faults/fleet.rs"]
mod fleet;
#[path = "faults/http_connections.rs"]
mod http_connections;
#[path = "faults/keepalive.rs"]
mod keepalive;
#[path = "faults/media.rs"]
mod media;
#[path = "faults/messages.rs"]
mod messages;
#[path = "faults/orphaned_streams.rs"]
mod orphaned_streams;
#[path = "faults/outcomes.rs"]
mod outcomes;
#[path = "faults/over_socket.rs"]
mod over_socket;
#[path = "faults/placement.rs"]
mod placement;
#[path = "faults/release.rs"]
mod release;
#[path = "faults/resync.rs"]
mod resync;
#[path = "faults/retries.rs"]
mod retries;
#[path = "faults/sample.rs"]
mod sample;
#[path = "faults/server.rs"]
mod server;
#[path = "faults/streams.rs"]
mod streams;
#[path = "faults/takeover.rs"]
mod takeover;
#[path = "faults/trace_context.rs"]
mod trace_context;
#[path = "faults/transcript.rs"]
mod transcript;
