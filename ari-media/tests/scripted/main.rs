//! Whole sessions against a scripted Asterisk on real sockets, which misbehaves in every way that
//! the guide lists, and on a simulated clock.

#![cfg(test)]

mod ari;
mod asterisk;
mod clear;
mod drift;
mod faults;
mod program;
mod simulation;
mod table;
mod wire;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Waits for the other tests, which would disturb the timing of this one.
fn wait_for_turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}
