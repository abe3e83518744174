//! Conformance of the fake: scenarios run against it and against real Asterisk servers, and the
//! responses and events must be the same.
//!
//! The test compares the status, shape and message of every response. It compares each event with
//! its set of keys and with those values that do not depend on time, addresses or chance. Events
//! must arrive in the same order, unless a real server's threads race. `conformance/allowed_differences.rs` lists the
//! allowed differences with their reasons.
//!
//! `CONFORMANCE=keys` runs only the scenarios with that text in their name, and `CONFORMANCE_SHOW=1` prints
//! all responses and events.

#![cfg(target_os = "linux")]

#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
mod asterisk;
#[cfg(test)]
#[path = "support/points.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod points;
#[cfg(test)]
mod conformance {
    mod administration;
    mod allowed_differences;
    mod applications;
    mod bridges;
    mod call_broadcasts;
    mod calls;
    mod channel_states;
    mod channels;
    mod check_order;
    mod compare;
    mod connected_lines;
    mod details;
    mod dialling;
    mod differences;
    mod endpoints;
    mod errors;
    mod hangups;
    mod importer;
    mod media;
    mod observed;
    mod params;
    mod phones;
    mod probe;
    mod queue;
    mod recording_queue;
    mod recordings;
    mod runner;
    mod scenario;
    mod snooping;
    mod sockets;
    mod subscriptions;
    mod transfers;
    mod unusual_requests;
    mod variables;
}
