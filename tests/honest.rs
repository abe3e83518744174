//! The fake Asterisk is honest: scenarios run against it and against real servers, and what is
//! answered and told must be the same.
//!
//! Compared are the status, the shape and the message of every answer; and for each object the
//! sequence of events, each with its set of keys and with those values that do not depend on time,
//! addresses or chance.

#![cfg(target_os = "linux")]

#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
mod asterisk;
#[cfg(test)]
mod honest {
    mod errors;
    mod probe;
    mod scenarios;
}
