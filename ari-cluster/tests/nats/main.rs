//! Clusters over a real NATS server, with fake Asterisk servers.
//!
//! NATS is Debian's package `nats-server`. Without it these tests report that they are skipped, unless
//! `ARI_LIVE=required` is set.
#![cfg(test)]

mod adopt;
mod bus;
mod calls;
mod history;
mod large;
mod logins;
mod logs;
mod operations;
mod permissions;
mod support;
mod trace_context;
