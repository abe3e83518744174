//! Conformance of the fake: scenarios run against it and against real Asterisk servers, and the
//! responses and events must be the same.
//!
//! The test compares the status, shape and message of every response. It compares each event with
//! its set of keys and with those values that do not depend on time, addresses or chance. Events
//! must arrive in the same order, unless a real server's threads race. `honest/known.rs` lists the
//! allowed differences with their reasons.
//!
//! `HONEST=keys` runs only the scenarios with that text in their name, and `HONEST_SHOW=1` prints
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
mod honest {
    mod administration;
    mod applications;
    mod bridges;
    mod calls;
    mod channels;
    mod claims;
    mod compare;
    mod details;
    mod dialling;
    mod differences;
    mod errors;
    mod hangups;
    mod importer;
    mod known;
    mod listening;
    mod media;
    mod oddities;
    mod order;
    mod params;
    mod phones;
    mod probe;
    mod queue;
    mod recording_turns;
    mod recordings;
    mod run;
    mod scenario;
    mod seen;
    mod sockets;
    mod states;
    mod subscriptions;
    mod variables;
}
