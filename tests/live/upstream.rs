//! The subjects of Asterisk's own test suite for ARI, tested in our own words: one test for each,
//! named after it.

mod applications;
mod authentication;
mod bodies;
mod calls;
mod claims;
mod configuration;
mod filters;
mod media;
mod recordings;
mod rest_over_websocket;
mod variables;
