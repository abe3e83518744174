//! The bindings compared with the specs, by a reader that shares nothing with the generator: real
//! traffic over a real socket, and the models of each release.

#[path = "../support/points.rs"]
mod points;
mod requests;
mod sample;
mod server;
mod spec;

mod builder_equivalence;
mod durations;
mod dynamic;
mod failures;
mod objects;
mod operations;
mod releases;
mod request_encoding;
mod wire;
