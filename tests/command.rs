//! The `ari` command as a program, against the fake Asterisk and real ones: every test runs with
//! each server from one list.

#![cfg(target_os = "linux")]

#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
mod asterisk;
#[cfg(test)]
mod command {
    mod audio;
    mod calls;
    mod doctor;
    mod events;
    mod media;
    mod phones;
    mod readme;
    mod support;
    mod terminal;
    mod terminal_output;
    mod top;
    mod traffic;
    mod tutorial;
}
