//! Faults between an application and its server, over real sockets, and their reports to the
//! application. No test may hang, and none may leave a task behind.

#![cfg(test)]

#[path = "faults/breaks.rs"]
mod breaks;
#[path = "faults/calls.rs"]
mod calls;
#[path = "faults/closing.rs"]
mod closing;
#[path = "faults/connecting.rs"]
mod connecting;
#[path = "faults/downloads.rs"]
mod downloads;
#[path = "faults/fleet.rs"]
mod fleet;
#[path = "faults/hearing.rs"]
mod hearing;
#[path = "faults/losses.rs"]
mod losses;
#[path = "faults/messages.rs"]
mod messages;
#[path = "faults/outcomes.rs"]
mod outcomes;
#[path = "faults/over_socket.rs"]
mod over_socket;
#[path = "faults/reconciling.rs"]
mod reconciling;
#[path = "faults/refused.rs"]
mod refused;
#[path = "faults/release.rs"]
mod release;
#[path = "faults/replacing.rs"]
mod replacing;
#[path = "faults/sample.rs"]
mod sample;
#[path = "faults/server.rs"]
mod server;
#[path = "faults/silence.rs"]
mod silence;
#[path = "faults/streams.rs"]
mod streams;
#[path = "faults/tell.rs"]
mod tell;
#[path = "faults/wording.rs"]
mod wording;
