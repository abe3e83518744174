//! The fake Asterisk is honest: scenarios run against it and against real servers, and what is
//! answered and told must be the same.
//!
//! Compared are the status, the shape and the message of every answer; and the events, each with
//! its set of keys and with those values that do not depend on time, addresses or chance, in the
//! order in which they come, but where a real server's threads race with each other.
//! `honest/known.rs` says what may differ, and why.
//!
//! `HONEST=keys` runs the scenarios with that in their name, and `HONEST_SHOW=1` shows all that is
//! answered and told.

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
