//! Steps of calls against a fake Asterisk, on one frozen clock.

#![cfg(test)]

mod call_queue;
mod claims;
mod collect;
mod conference;
mod conversation;
mod detect;
mod dial;
mod ends;
mod limits;
mod menu;
mod parking;
mod play;
mod queue;
mod record;
mod repetition;
mod requirements;
mod review;
mod screening;
mod separation;
mod spans;
mod speech;
mod steps;
mod supervise;
mod support;
mod transfer;
